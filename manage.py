#!/usr/bin/env python
"""Django's command line for INA Access."""

import os
import sys
from pathlib import Path


def find_database() -> None:
    """Without DATABASE_URL, use the database that `make run` has started on DATA_DIR, if it runs."""
    if not os.environ.get("DATABASE_URL"):
        from inaaccess.local_postgres import running_url

        data_dir = os.environ.get("DATA_DIR") or Path(__file__).resolve().parent / ".data"
        if url := running_url(Path(data_dir) / "postgres"):
            os.environ |= {"DATABASE_URL": url, "EMBEDDED_POSTGRES": "1"}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inaaccess.settings")
    find_database()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
