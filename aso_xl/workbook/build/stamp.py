"""Writing the hidden record that makes a workbook readable without its definition file."""

from __future__ import annotations

from typing import Any

from ..handout import RECORD
from ..layout import SCHEMA, SLIP, STAMP
from ..packed_record import chunks
from .content import Contents


def write(book: Any, contents: Contents) -> None:
    """Write the hidden record: schema, definition and fingerprint, and helpers of the formulas."""
    sheet, plan = book.add_worksheet(STAMP), contents.plan
    text = contents.definition.text
    handout = contents.handout.packed() if contents.handout else ""
    record = [
        ("schema", str(SCHEMA)),
        ("plan", plan.id),
        ("fingerprint", plan.fingerprint),
        ("sample", "1" if contents.sample else "0"),
        *(("definition", part) for part in chunks(text)),
        *((RECORD, part) for part in chunks(handout)),
        *([(SLIP, "1")] if contents.handout else []),
    ]
    for row, (key, value) in enumerate(record):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    for row, year in enumerate(plan.rounds):
        sheet.write_string(row, 3, str(year))
        sheet.write_number(row, 4, year.year)
    years = f"'{STAMP}'!$D$1:$D${len(plan.rounds)}"
    west = f"'{STAMP}'!$E$1:$E${len(plan.rounds)}"
    at = plan.rounds.index(contents.round)
    sheet.write_formula(0, 6, f"=MATCH(評価年度,{years},0)", None, at + 1)
    sheet.write_formula(1, 6, f"=INDEX({west},評価列)", None, contents.round.year)
    book.define_name("評価列", f"='{STAMP}'!$G$1")
    book.define_name("評価西暦", f"='{STAMP}'!$G$2")
    sheet.protect()
    sheet.very_hidden()
