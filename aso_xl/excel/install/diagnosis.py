"""One thing that is there or missing on this PC."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnosis:
    """What was looked at, whether it is there (None: cannot be told), and the remedy."""

    name: str
    ok: bool | None
    finding: str
    remedy: str = ""

    def to_json(self) -> dict[str, str | bool | None]:
        """Return the shape in the JSON of ``doctor``; no remedy is null."""
        return {
            "name": self.name,
            "ok": self.ok,
            "finding": self.finding,
            "remedy": self.remedy or None,
        }
