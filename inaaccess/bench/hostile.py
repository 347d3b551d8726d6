"""`manage.py bench --hostile`: bad pictures, strings and requests in great number, by the corpora of the tests.

They run in pytest, on a test database beside the one of DATABASE_URL, with everything tried that the tests of every
day try a part of. Needs requirements-dev.txt.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from inaaccess.bench.report import Figure
from inaaccess.supervision import CannotStart

LEAST_TRIED: Final = 1500
MOST_BOMB_SECONDS, MOST_BOMB_MEGABYTES = 0.3, 60.0


@dataclass(frozen=True)
class HostileReport:
    """What the corpora counted."""

    counted: dict[str, float]
    faults: list[str]

    def figures(self) -> list[Figure]:
        """Numbers by kind, then what is promised."""
        limits = {"server_errors": 0.0, "bomb_seconds": MOST_BOMB_SECONDS, "bomb_megabytes": MOST_BOMB_MEGABYTES}
        missing = max(0, LEAST_TRIED - self.counted.get("bad_inputs", 0))
        found = [Figure(name, value, limits.get(name)) for name, value in self.counted.items()]
        return [*found, Figure("bad_inputs_missing_to_1500", missing, 0)]


def run() -> HostileReport:
    """Try everything. Raises CannotStart when the run itself broke."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "figures.json"
        environment: dict[str, Any] = {**os.environ, "HOSTILE": "full", "HOSTILE_FIGURES": str(told)}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-n", "0", "--timeout=0", "tests/hostile"]
        ran = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, stdout=sys.stderr, check=False)
        if not told.exists():
            raise CannotStart(f"The corpora did not run (pytest ended with {ran.returncode}).")
        said = json.loads(told.read_text())
    return HostileReport(said["figures"], said["faults"])
