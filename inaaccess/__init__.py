"""INA Access: joins the apps; the only package that may import all of them."""
