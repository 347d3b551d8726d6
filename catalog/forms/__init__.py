"""What the pages of a product's revision may send, a form per step."""
