"""Layouts of other shapes made usual: moves (「10人(R6) → 15人(R11)」), tables laid over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...domain.text import narrow
from ..figures import read_printed
from .table_headings import heads_of

_ARROW: Final = re.compile(r"\s*(?:[→⇒➡➔➜⇨▶]|[-=]>)\s*")
_LEADING: Final = re.compile(
    r"^\W*(?:(?:重要業績評価指標(?:\(KPI\))?|KPI|指標|数値目標|成果目標)\s*[0-9]{0,2}\s*[:：]\s*)?"
)
_BASE: Final = ("現状値", "目標値")
"""Headings of a column of moves that has one of its own."""
Rows = Sequence[tuple[str, ...]]


def move_of(text: str) -> tuple[str, str, str] | None:
    """Return name, base and goal value of a line that says all three; None for any other."""
    plain = _LEADING.sub("", narrow(text).strip())
    parts = _ARROW.split(plain)
    if len(parts) != 2 or not _is_figure(parts[1]):
        return None
    for gap in reversed([*re.finditer(r"\s*[:：]\s*|\s+", parts[0])]):
        name, base = parts[0][: gap.start()].strip(), parts[0][gap.end() :]
        if name and _is_figure(base) and not _is_figure(name):
            return name, base, parts[1]
    return None


def spread(rows: Rows) -> Rows:
    """Return the rows of a table with every column of moves as two: base and goal value."""
    moving = {
        number
        for row in rows
        for number, text in enumerate(row)
        if len(parts := _ARROW.split(text)) == 2 and all(map(_is_figure, parts))
    }
    if not moving:
        return rows
    return [
        tuple(
            cell
            for number, text in enumerate(row)
            for cell in (_in_two(text) if number in moving else (text,))
        )
        for row in rows
    ]


def _in_two(text: str) -> tuple[str, str]:
    parts = _ARROW.split(text)
    if len(parts) == 2:
        return parts[0], parts[1]
    if not text.strip() or _is_figure(text):
        return "", text
    return _BASE


def _is_figure(text: str) -> bool:
    """Return whether a figure stands there, or a word or dash in its place."""
    return bool(text.strip()) and not read_printed(" ".join(text.split())).problem


def lying(rows: Rows) -> Rows:
    """Return the rows of a table; one with its headings in the first column is laid over."""
    if any(map(heads_of, rows)):
        return rows
    width = max(map(len, rows), default=0)
    columns = [tuple(row[n] if n < len(row) else "" for row in rows) for n in range(width)]
    heads = heads_of(columns[0]) if columns else None
    is_whole = heads and None not in (heads.first("baseline"), heads.first("target"))
    return columns if is_whole else rows
