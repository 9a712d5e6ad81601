"""Rows of a table as entries of an indicator: by the headings over them, or by their order."""

from __future__ import annotations

import re
from typing import Final

from ...domain.numerals import FiscalYear, is_no_value
from .. import sheets
from ..book import BookCell
from ..figures import read_printed
from .source import joined
from .table_headings import Head, Heads

Cells = dict[str, BookCell]
_DAMAGED: Final = re.compile(r"(?<=[0-9])[□�]")
_FEWEST: Final = 3
"""Texts of a row that is read by their order: a name and two figures."""


def by_columns(heads: Heads, row: tuple[str, ...]) -> Cells | None:
    """Return the entries of a row by its headings; None where they do not fit.

    What stands under headings of goals and 施策 is left to whoever reads the outline.
    """
    cells: Cells = {}
    figures: list[tuple[Head, str]] = []
    for head, written in zip(heads.columns, row, strict=False):
        text = written.strip()
        if not text or head.holds in ("goal", "measure"):
            continue
        if head.holds in ("baseline", "target") or (not head.holds and head.year):
            figures.append((head, text))
        elif head.holds == "name":
            before = cells["name"].value if "name" in cells else ""
            cells["name"] = BookCell(joined(f"{before or ''}{text}"))
        elif head.holds == "kind":
            cells["kind"] = BookCell(sheets.KINDS["headline" if "目標" in text else "kpi"])
        elif head.holds and not is_no_value(text):
            cells[head.holds] = BookCell(" ".join(text.split()))
    if len(row) < 2 or "name" not in cells or not figures:
        return None
    unit = str(cells["unit"].value) if "unit" in cells else ""
    if any(read_printed(_plain(text), unit).problem for _, text in figures):
        return None
    return cells | _figures(figures)


def by_order(heads: Heads, row: tuple[str, ...]) -> Cells | None:
    """Return the entries of a row whose headings do not stand over it.

    Its last two texts are the figures, and those before the name.
    """
    filled = [text.strip() for text in row if text.strip()]
    if len(filled) < _FEWEST:
        return None
    *names, base, target = filled
    if any(read_printed(_plain(text)).problem for text in (base, target)):
        return None
    if any(read_printed(_plain(name)).value for name in names):
        return None
    shown = f"表の列がずれているため、並び順で読みました: {' | '.join(filled)}"
    cells = {"name": BookCell(joined("".join(names)), hint=shown if len(names) > 1 else "")}
    for key, head, text in (
        ("baseline", heads.head("baseline"), base),
        ("target", heads.head("target"), target),
    ):
        cells |= {key: _figure(text), **_year(key, head)}
    return cells


def why_not(heads: Heads, row: tuple[str, ...]) -> str:
    """Return why a row is no indicator: the figure that cannot be read, else what is missing."""
    over = zip(heads.columns, row, strict=False)
    printed = [text.strip() for head, text in over if head.holds in ("baseline", "target")]
    problems = (read_printed(_plain(text)).problem for text in printed if text)
    return next(filter(None, problems), "基準値と目標値の欄がわかりません")


def _figures(figures: list[tuple[Head, str]]) -> Cells:
    """Return entries of printed figures: base and final value, others as targets by round."""
    bases = [each for each in figures if each[0].holds == "baseline"]
    others = [each for each in figures if each[0].holds != "baseline"]
    chosen = {
        "baseline": [each for each in bases if "基準" in each[0].text] or bases,
        "target": [each for each in others if each[0].holds == "target"] or others,
    }
    cells: Cells = {}
    for key, known in chosen.items():
        if known:
            head, text = max(known, key=lambda each: _place(each[0]))
            cells |= {key: _figure(text), **_year(key, head)}
            others = [each for each in others if each[0] is not head]
    yearly = {sheets.TARGET_OF + head.year: _figure(text) for head, text in others if head.year}
    return cells | yearly


def _figure(text: str) -> BookCell:
    plain = _plain(text)
    return BookCell(plain, hint="" if plain == text else f"元の文字: {text}")


def _year(key: str, head: Head) -> Cells:
    cells: Cells = {f"{key}_year": BookCell(head.year)} if head.year else {}
    if head.lag:
        cells["lag"] = BookCell(head.lag, hint=f"見出し「{head.text}」による")
    return cells


def _place(head: Head) -> int:
    return FiscalYear.parse(head.year).year if head.year else 9999


def _plain(text: str) -> str:
    """Return a printed figure on one line, without a letter that could not be read."""
    return _DAMAGED.sub("", " ".join(text.split()))
