"""What an installation put where, so that uninstalling removes that and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ... import __version__


def digest(content: bytes) -> str:
    """Return the SHA-256 of the content as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Record:
    """The files an installation owns: path → digests it may have; none: whatever it holds.

    A shortcut has none because Windows itself rewrites shortcuts. ``folders`` are those that had
    to be made, the innermost first.
    """

    files: dict[str, list[str]] = field(default_factory=dict)
    folders: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Record:
        """Return the record at ``path``; an empty one if there is none or it is damaged."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            files = {str(p): [str(d) for d in digests] for p, digests in content["files"].items()}
            return cls(files, tuple(map(str, content["folders"])))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls()

    def content(self) -> bytes:
        """Return the record as it is kept in its file."""
        payload = {"version": __version__, "files": self.files, "folders": self.folders}
        return json.dumps(payload, ensure_ascii=False, indent=2).encode() + b"\n"

    def adding(self, path: Path, content: bytes | None, made: Iterable[Path] = ()) -> Record:
        """Return the record with one more file, known also by what it held before.

        ``made`` are the folders that have to be made for it.
        """
        known = self.files.get(str(path), [])
        digests = [] if content is None else sorted({*known, digest(content)})
        folders = dict.fromkeys([*map(str, made), *self.folders])
        return Record({**self.files, str(path): digests}, tuple(folders))

    def owns(self, path: Path) -> bool:
        """Return whether the file at ``path`` is one that was installed, unchanged since."""
        digests = self.files.get(str(path))
        if digests is None:
            return False
        return not digests or digest(path.read_bytes()) in digests

    def paths(self) -> list[Path]:
        return [Path(path) for path in self.files]
