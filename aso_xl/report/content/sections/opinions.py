"""意見と対応の一覧: what a council said of goals, 施策 and indicators, and what is answered to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ....domain.cells import Row
from ....domain.field_declaration import Field, Role
from ....domain.ledger import Ledger
from ....domain.plan import FieldPlace, Goal, Plan
from ....domain.summary import Summary
from ....domain.words import NONE
from ..blocks import Block, Heading, NoteLine, Notes, Paragraph, Reference, TableCell
from ..origins import OfCells, of_cell
from .lists import ListColumn, list_table
from .measures import texts_left_out
from .names import key
from .own_fields import own_fields, text_of
from .wording import UNWRITTEN, short_title

_TABLE = "opinions"


@dataclass(frozen=True)
class _Opinion:
    """What was said of a goal (``about`` is 全体), a 施策 or an indicator, and where it is typed."""

    id: str
    key: str
    goal: Goal
    about: str
    opinion: Field
    answer: Field | None
    row: Row


def takes_opinions(plan: Plan) -> bool:
    """Return whether the plan has a field for opinions that documents print."""
    return any(_opinion_and_answer(plan, field.at) for field in plan.fields)


def opinions(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the table of what was said and answered; a sentence where nothing was."""
    yield Heading("意見と対応")
    yield Notes(texts_left_out(ledger, summary), "measures_left_out")
    found = [each for goal in ledger.plan.goals for each in _of_goal(ledger, goal)]
    if not found:
        yield Paragraph(f"{summary.round.label}の評価に対する意見は、記入されていません。")
        return
    yield Paragraph(
        (
            f"{summary.round.label}の評価に対する意見と、その対応は、",
            Reference(_TABLE),
            "のとおりです。",
        )
    )
    yield list_table(
        f"意見と対応({summary.round.label})",
        (
            ListColumn("基本目標", 30, "left", lambda each: TableCell(short_title(each.goal))),
            ListColumn("施策・指標", 34, "left", lambda each: TableCell(each.about)),
            ListColumn("意見", 52, "left", lambda each: _cell(each, each.opinion, NONE)),
            ListColumn("対応", 52, "left", lambda each: _cell(each, each.answer, UNWRITTEN)),
        ),
        found,
        "基本目標、施策、指標についての意見と、それへの対応。",
        _TABLE,
        tuple(each.key for each in found),
    )
    yield Notes(tuple(_unanswered(found)), "opinion_notes")


def _of_goal(ledger: Ledger, goal: Goal) -> Iterator[_Opinion]:
    """Yield what was said of a goal, then of what stands in it, in the order of the plan."""
    numbers = ledger.plan.printed_numbers
    indicators = [(i.id, f"{numbers[i.id]} {i.name}") for i in (*goal.headlines, *goal.kpis)]
    places: tuple[tuple[FieldPlace, list[tuple[str, str]], Mapping[str, Row]], ...] = (
        ("goal", [(goal.id, "全体")], ledger.goals),
        ("measure", [(m.id, m.printed_name) for m in goal.measures], ledger.measures),
        ("indicator", indicators, ledger.rows),
    )
    for at, items, rows in places:
        fields = _opinion_and_answer(ledger.plan, at)
        if fields is None:
            continue
        for id_, about in items:
            row = rows.get(id_)
            if row and any(text_of(row, field) for field in fields if field):
                key_ = f"goal_{goal.number}" if at == "goal" else key(id_)
                yield _Opinion(id_, key_, goal, about, *fields, row)


def _opinion_and_answer(plan: Plan, at: FieldPlace) -> tuple[Field, Field | None] | None:
    """Return the fields of opinions and of answers at a place; None where none is for opinions."""
    by_role = {field.role: field for field in own_fields(plan, at)}
    opinion = by_role.get(Role.OPINION)
    return (opinion, by_role.get(Role.ANSWER)) if opinion else None


def _cell(each: _Opinion, field: Field | None, blank: str) -> TableCell:
    if field is None:
        return TableCell(NONE)
    return TableCell(text_of(each.row, field) or blank, origin=of_cell(each.id, field.key))


def _unanswered(found: list[_Opinion]) -> Iterator[str]:
    """Yield the note on opinions without an answer."""
    waiting = [e for e in found if e.answer and not text_of(e.row, e.answer)]
    if waiting:
        names = "、".join(_named(each) for each in waiting)
        origin = OfCells(tuple((e.id, e.answer.key) for e in waiting if e.answer))
        yield NoteLine(f"※対応が未記入の意見({len(waiting)}件): {names}", origin)


def _named(each: _Opinion) -> str:
    return each.goal.printed_number if each.id == each.goal.id else each.about
