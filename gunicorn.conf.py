"""How gunicorn serves INA Access, in production and under `make run`. It reads this file by itself."""

import os
from pathlib import Path

wsgi_app = "inaaccess.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"

timeout = 60  # a photo of 52 megapixels on a slow machine fits in
graceful_timeout = 20
keepalive = 5
max_requests = 5000  # a worker that met big photos gives the memory back
max_requests_jitter = 500
limit_request_line = 8190
limit_request_fields = 60

control_socket_disable = True
errorlog = "-"
if Path("/dev/shm").is_dir():  # noqa: S108 (a heartbeat file on a disk can block)
    worker_tmp_dir = "/dev/shm"  # noqa: S108

# While somebody works on the code, workers start again when a Python file or a template changes;
# otherwise the code is loaded once and shared, which saves memory.
reload = os.environ.get("RELOAD") == "1"
reload_extra_files = ["templates/**/*.html", "locale/*/LC_MESSAGES/*.mo"]
preload_app = not reload
loglevel = "error" if reload else "warning"
