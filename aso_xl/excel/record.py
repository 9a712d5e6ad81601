"""What an installation put where, so that uninstalling removes that and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from .. import __version__


def digest(content: bytes) -> str:
    """Return the SHA-256 of the content as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Record:
    """The files an installation owns: path → digests it may have; none: whatever it holds.

    A shortcut has none because Windows itself rewrites shortcuts.
    """

    files: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Record:
        """Return the record at ``path``; an empty one if there is none or it is damaged."""
        try:
            files = json.loads(path.read_text(encoding="utf-8"))["files"]
            return cls({str(p): [str(d) for d in digests] for p, digests in files.items()})
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls()

    def save(self, path: Path) -> None:
        """Write the record."""
        payload = {"version": __version__, "files": self.files}
        text = json.dumps(payload, ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")

    def adding(self, path: Path, content: bytes | None) -> Record:
        """Return the record with one more file, known also by what stood there before."""
        if content is None:
            return Record({**self.files, str(path): []})
        known = self.files.get(str(path), [])
        return Record({**self.files, str(path): sorted({*known, digest(content)})})

    def owns(self, path: Path) -> bool:
        """Return whether the file at ``path`` is one that was installed, unchanged since."""
        digests = self.files.get(str(path))
        if digests is None:
            return False
        return not digests or digest(path.read_bytes()) in digests

    def paths(self) -> list[Path]:
        return [Path(path) for path in self.files]
