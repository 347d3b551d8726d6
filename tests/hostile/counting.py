"""What was tried and how it was answered, for the figures at the end of a run."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

IS_FULL = os.environ.get("HOSTILE", "") == "full"
"""Everything is tried, for `manage.py bench --hostile`; the tests of every day try a part, the same each time."""


@dataclass
class Tally:
    """Bad inputs by kind, and those that were answered with a fault of ours."""

    tried: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    measured: dict[str, float] = field(default_factory=dict)

    def note(self, kind: str, what: str, status: int) -> None:
        """One answer."""
        self.tried[kind] += 1
        if status >= 500:
            self.faults.append(f"{kind}: {status} {what}"[:400])

    def figures(self) -> dict[str, Any]:
        """Numbers by kind, the sum, and the faults."""
        total = {f"bad_{kind}": number for kind, number in sorted(self.tried.items())}
        return {**total, **self.measured, "bad_inputs": self.tried.total(), "server_errors": len(self.faults)}

    def write(self, file: Path) -> None:
        """For the command that reads them."""
        file.write_text(json.dumps({"figures": self.figures(), "faults": self.faults}))


TALLY = Tally()
