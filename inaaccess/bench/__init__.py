"""What `manage.py bench` is made of: an invented catalogue, the production server, clients, limits (docs/bench.md)."""
