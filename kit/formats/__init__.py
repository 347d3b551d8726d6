"""How days and times are written in each language: short, and so that no day can be read as another."""
