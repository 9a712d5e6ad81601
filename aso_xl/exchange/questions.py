"""照会 in a department's workbook: in a sheet of its own, in 検証結果, and beside the cells that it is
about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..domain import words
from ..domain.cells import Cell, Row
from ..domain.fields import fields_of, notes
from ..domain.ledger import Ledger
from ..domain.plan import Plan
from ..domain.questions import (
    ABOUT,
    ANSWER,
    BY_KEY,
    NAME,
    NUMBER,
    TEXT,
    WORD,
    is_question,
    said,
)
from ..workbook.build.prompts import LONGEST_PROMPT, cut
from ..workbook.findings_rows import Jump, key_of
from ..workbook.findings_rows import Row as FindingRow
from ..workbook.layout import QUESTIONS, QUESTIONS_TABLE
from ..workbook.write.cell_prompts import CellPrompt
from ..workbook.write.own_sheet import Open, OwnSheet, placed
from ..workbook.write.sheet_cells import Formula, Value

PLACE_HEAD: Final = "場所"
_SHOWN: Final = (NUMBER, ABOUT, NAME, TEXT, ANSWER)
HEADS: Final = (
    *(BY_KEY[key].head for key in _SHOWN[:3]),
    *(PLACE_HEAD, BY_KEY[TEXT].head, BY_KEY[ANSWER].head),
)
_WIDTHS: Final = (10, 10, 30, 18, 46, 46)
_TITLE: Final = "事務局からの照会"
_HOW: Final = f"{_TITLE}です。「{BY_KEY[ANSWER].head}」に書き、直すところは「{PLACE_HEAD}」から移って直してください。"
_LEFT: Final = "まだ回答していないもの: {open}件"
_OPEN: Final = f'({{{BY_KEY[NUMBER].head}}}<>"")*({{{BY_KEY[ANSWER].head}}}="")'
_TO_DO: Final = f"「{QUESTIONS}」シートの「{BY_KEY[ANSWER].head}」に書いてください。"


@dataclass(frozen=True)
class Question:
    """A question as a department sees it: its number, the id it is about, its text, the answer."""

    number: str
    about: str
    text: str
    answer: str = ""


def standing_in(ledger: Ledger) -> tuple[Question, ...]:
    """Return the questions that a department's workbook has already, with what is answered."""
    return tuple(
        Question(row.id, said(row, ABOUT), said(row, TEXT), said(row, ANSWER))
        for row in ledger.sent_questions.values()
    )


def joined(before: Iterable[Question], now: Iterable[Question]) -> tuple[Question, ...]:
    """Return earlier questions and those of now; what was answered stays beside its question."""
    found = {question.number: question for question in before}
    for question in now:
        answer = found[question.number].answer if question.number in found else ""
        found[question.number] = Question(question.number, question.about, question.text, answer)
    return tuple(found.values())


def lines(deadline: str) -> tuple[str, ...]:
    """Return what stands above the questions in a department's workbook."""
    until = (f"返送の期限: {deadline}",) if deadline else ()
    return (_HOW, *until, _LEFT)


def sheet(ledger: Ledger, questions: Sequence[Question], deadline: str) -> OwnSheet:
    """Return the sheet 照会 of a department's workbook."""
    rows = tuple(_row(ledger, question) for question in questions)
    left = sum(not question.answer for question in questions)
    made = OwnSheet(
        *(QUESTIONS, QUESTIONS_TABLE, HEADS, rows, _WIDTHS),
        inputs=(BY_KEY[ANSWER].head,),
        links=(PLACE_HEAD,),
        lines=lines(deadline),
        open=Open(_OPEN, BY_KEY[ANSWER].head, left),
    )
    return placed(made, ledger.areas.get(QUESTIONS_TABLE))


def _row(ledger: Ledger, question: Question) -> tuple[Value | Formula, ...]:
    jump = _jump(ledger, question)
    return (
        *(question.number, question.about, ledger.plan.name_of(question.about) or None),
        Formula(jump.formula, jump.shown) if jump else None,
        *(question.text, question.answer or None),
    )


def _jump(ledger: Ledger, question: Question) -> Jump | None:
    cell = cell_asked(ledger, question.about)
    return Jump(cell.sheet, cell.address, f"{cell.sheet} {cell.address}") if cell else None


def cell_asked(ledger: Ledger, id_: str) -> Cell | None:
    """Return the cell to which a question leads: the figure of the round, or the first text."""
    row = ledger.row(id_)
    if row is None or is_question(id_):
        return None
    keys = (str(ledger.settings.round), *(f.key for f in notes(fields_of(ledger.plan, id_))))
    return next((row.cells[key] for key in keys if key in row.cells), None)


def finding_rows(ledger: Ledger, questions: Iterable[Question]) -> Iterator[FindingRow]:
    """Yield the open questions as rows of 検証結果, from where their cells take a colour."""
    for question in questions:
        about = " ".join(filter(None, (question.about, ledger.plan.name_of(question.about))))
        jump = _jump(ledger, question)
        head = _head(ledger.plan, ledger.row(question.about), cell_asked(ledger, question.about))
        key = f"{words.WARNING}{key_of(question.about, head)}" if head else ""
        yield (WORD, jump or QUESTIONS, about, question.text, _TO_DO, key)


def _head(plan: Plan, row: Row | None, cell: Cell | None) -> str:
    """Return the heading of the cell's column; "" where there is no cell."""
    if row is None or cell is None:
        return ""
    heads = {field.key: field.head for field in fields_of(plan, row.id)}
    return next((heads[key] for key, own in row.cells.items() if own is cell), "")


def prompts(ledger: Ledger, questions: Iterable[Question]) -> Iterator[CellPrompt]:
    """Yield what Excel is to say beside the cells that are asked about, one for each cell."""
    texts: dict[tuple[str, str], list[str]] = {}
    for question in questions:
        if cell := cell_asked(ledger, question.about):
            texts.setdefault((cell.sheet, cell.address), []).append(question.text)
    for (name, address), asked in texts.items():
        text = cut("\n".join(asked), LONGEST_PROMPT)
        yield CellPrompt(name, address, _TITLE, text, is_above=True)
