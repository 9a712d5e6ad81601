"""The small plan's definition as a revision changes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from exchange_tools import PLAN

Definition = Callable[..., Path]
"""What writes the definition with some texts replaced, each given as (old, new)."""
TEXT = PLAN.read_text(encoding="utf-8")
TEXT = TEXT[: TEXT.index("[entries.settings]")]
RENUMBERED = (
    ('id = "1-01-2", name = "割合"', 'id = "1-01-3", was = ["1-01-2"], name = "割合"'),
    (
        'unit = "人", baseline = "1000", target = "2000"',
        'unit = "千人", factor = "0.001", baseline = "1.0", target = "2.0"',
    ),
)
LONGER = ('rounds = ["R8", "R9"]', 'rounds = ["R8", "R9", "R10"]')


def writer(folder: Path) -> Definition:
    """Return what writes it into a folder."""

    def write(*changes: tuple[str, str]) -> Path:
        text = TEXT
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = folder / "改訂.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
