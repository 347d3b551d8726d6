"""The pages of importers and about what they ask for, a file per subject."""
