"""The pages about producers; one file per subject."""
