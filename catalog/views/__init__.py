"""The pages of the catalogue: the public ones in `public`, the producer's product desk in the others."""
