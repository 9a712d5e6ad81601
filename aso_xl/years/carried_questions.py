"""照会 in a master made by a revision: the questions of the one before, about the numbers of now."""

from __future__ import annotations

from ..domain.cells import Row
from ..domain.ledger import Ledger
from ..domain.lineage import Lineage
from ..domain.questions import ABOUT, FIELDS, said
from ..workbook.layout import ASSIGNMENTS_TABLE, QUESTIONS_TABLE
from ..workbook.question_formulas import ROWS, formulas
from ..workbook.write.own_sheet import Row as Values
from ..workbook.write.sheet_cells import Formula
from ..workbook.write.table_body import TableBody


def carried_questions(ledger: Ledger, new: Ledger, onward: Lineage) -> TableBody | None:
    """Return the rows of 照会 in the new master; None where there is nothing to carry over."""
    area = new.areas.get(QUESTIONS_TABLE)
    if area is None or not ledger.questions:
        return None
    is_assigned = ASSIGNMENTS_TABLE in new.areas
    questions: list[Row | None] = [*ledger.questions]
    questions += [None] * (ROWS - len(questions))
    rows = (
        _values(question, onward, formulas(number, is_assigned=is_assigned))
        for number, question in enumerate(questions, start=area.first_row + 1)
    )
    return TableBody(area, tuple(rows))


def _values(question: Row | None, onward: Lineage, given: dict[str, str]) -> Values:
    texts = {} if question is None else {field.key: said(question, field.key) for field in FIELDS}
    if link := onward.alone(texts.get(ABOUT, "")):
        texts[ABOUT] = link.after
    return tuple(
        Formula(given[field.key], texts.get(field.key, ""))
        if field.key in given
        else texts.get(field.key) or None
        for field in FIELDS
    )
