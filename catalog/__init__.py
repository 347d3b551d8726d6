"""The catalogue: products, the revisions that propose them, reference data of the trade, and search."""
