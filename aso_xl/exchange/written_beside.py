"""What a department wrote beside our tables: mentioned with its cell, and never taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..domain.fields import STANDARD, is_round
from ..domain.ledger import Ledger, Remark
from ..domain.settings import ROUND_KEY, keys
from ..domain.text import one_line
from ..office.addresses import address_of
from ..strategies.definition import Definition
from ..strategies.entries import DEPARTMENTS_KEY
from ..workbook.build.goal_sheet import HELP, LEGEND, TO_MEASURES, TO_SUMMARY
from ..workbook.build.request_items import figure_word
from ..workbook.build.template import build
from ..workbook.handout import Handout
from ..workbook.layout import GUIDE, REQUEST, SUMMARY
from ..workbook.read.book import Sheet
from ..workbook.read.file.package import Package
from ..workbook.read.file.workbook_file import sheets_of
from ..workbook.read.tables import clean
from . import questions
from .cell_values import Key
from .shares import entries_of

MOST: Final = 20
"""Places mentioned one by one for a file."""

LONGEST: Final = 40

_SHOWN: Final = (*keys("contact"), *keys("send_to"))
"""Settings that stand in お願い."""

OF_EARLIER: Final = frozenset(
    clean(text)
    for text in (HELP, *LEGEND, TO_MEASURES, TO_SUMMARY, *(field.head for field in STANDARD))
)
"""Words of ours that workbooks of earlier versions have elsewhere, or where there is none now."""


def sentences(ledger: Ledger, handout: Handout) -> Iterator[str]:
    """Yield a sentence for each comment and each cell filled beside the tables of a workbook.

    What stood there when it was sent is known by its text, on whatever sheet and row it is now.
    """
    remarks = list(_written(ledger, handout))
    for remark in remarks[:MOST]:
        place, text = f"{remark.sheet} {remark.address}", _cut(remark.text)
        if remark.is_comment:
            yield f"{place} にコメントがあります:「{text}」"
        else:
            yield f"{place} に表の外の記入があります:「{text}」。取り込みません。"
    if len(remarks) > MOST:
        yield f"このほか {len(remarks) - MOST} か所に、表の外の記入やコメントがあります。"


def _written(ledger: Ledger, handout: Handout) -> Iterator[Remark]:
    if not ledger.beside:
        return
    places = _sent(ledger, handout)
    sent = {sheet: frozenset(texts.values()) for sheet, texts in places.items()}
    ours = {text for texts in sent.values() for text in texts} | OF_EARLIER
    ours |= {clean(line) for line in questions.lines(handout.deadline)}
    # a late figure that has come since is no longer asked for, but what was sent leads to it
    ours |= {clean(figure_word(round_)) for round_ in ledger.plan.rounds}
    there: dict[str, set[str]] = {}
    for remark in ledger.beside:
        there.setdefault(remark.sheet, set()).add(clean(remark.text))
    # a sheet on which most of our own words differ was built by another version: nobody typed them
    other = {
        sheet
        for sheet, texts in sent.items()
        if sheet in there and 2 * len(texts & there[sheet]) < len(texts)
    }
    if REQUEST not in ledger.sheets:  # built before there was the sheet: its words stood in 使い方
        other.add(GUIDE)
    if SUMMARY not in sent:  # built before a department without indicators went without it
        other.add(SUMMARY)
    for remark in ledger.beside:
        is_ours = (
            remark.sheet in other
            or clean(remark.text) in ours
            # words of ours in that very cell: another version had others there
            or remark.address in places.get(remark.sheet, ())
        )
        if remark.is_comment or not is_ours:
            yield remark


def _sent(ledger: Ledger, handout: Handout) -> dict[str, dict[str, str]]:
    """Return the texts outside the tables of the workbook as it was sent, by sheet and address."""
    shown = {key: text for key, text in handout.settings.items() if key in _SHOWN and text}
    departments = list(ledger.settings.departments)
    figures = {
        Key(id_, key): value
        for id_, fields in handout.values.items()
        for key, value in fields.items()
        if is_round(key)
    }
    entries = {
        **entries_of(ledger.plan, figures),  # by them お願い leads to years that are still to come
        "settings": {**shown, ROUND_KEY: handout.round, DEPARTMENTS_KEY: departments},
    }
    made = Definition(ledger.plan, ledger.record["definition"], entries)
    return texts_outside(build(made, sample=ledger.settings.sample, handout=handout))


def texts_outside(workbook: bytes) -> dict[str, dict[str, str]]:
    """Return the texts outside the tables of a workbook that we built, by sheet and address."""
    package = Package(workbook, "")
    return {sheet.title: dict(_outside(sheet)) for sheet in sheets_of(package)}


def _outside(sheet: Sheet) -> Iterator[tuple[str, str]]:
    tables = [table.corners for table in sheet.tables()]
    for row, values in sheet.filled_rows():
        for column, value in values.items():
            if isinstance(value, str) and not any(
                t.left <= column <= t.right and t.top <= row <= t.bottom for t in tables
            ):
                yield address_of(row, column), clean(value)


def _cut(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
