"""What a browser may send about importers and what they ask for, a file per subject."""
