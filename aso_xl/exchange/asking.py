"""Which open question of the master's 照会 goes to whom, and under which number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..domain.cells import Row
from ..domain.ledger import Ledger
from ..domain.questions import ABOUT, TEXT, is_open, numbered, numbers_in, said
from .note_sheets import texts_of_changes
from .questions import Question
from .shares import Share


@dataclass(frozen=True)
class Asking:
    """The open questions of a master: by row of 照会, with their number, and by department.

    ``notes`` are sentences on those that cannot be asked.
    """

    numbers: Mapping[int, str]
    by_department: Mapping[str, tuple[Question, ...]]
    notes: tuple[str, ...]


def asking(ledger: Ledger, shares: Iterable[Share]) -> Asking:
    """Return which open question goes to whom; one that was sent before goes again."""
    owners: dict[str, list[str]] = {}
    for share in shares:
        for id_ in (*share.indicators, *share.measures, *share.goals):
            owners.setdefault(id_, []).append(share.department)
    free = 1 + max(_known_numbers(ledger), default=0)
    numbers: dict[int, str] = {}
    by_department: dict[str, list[Question]] = {}
    notes_: list[str] = []
    for row in filter(is_open, ledger.questions):
        about = _about(row)
        if about not in owners:
            notes_.append(_not_asked(ledger, row))
            continue
        if not row.id:
            free += 1
        numbers[row.number] = row.id or numbered(free - 1)
        question = Question(numbers[row.number], about, said(row, TEXT))
        for name in owners[about]:
            by_department.setdefault(name, []).append(question)
    return Asking(numbers, {n: tuple(own) for n, own in by_department.items()}, tuple(notes_))


def _about(row: Row) -> str:
    return "".join(said(row, ABOUT).split())


def _known_numbers(ledger: Ledger) -> set[int]:
    """Return every number that was given, also to questions whose row is gone by now."""
    return numbers_in((*ledger.sent_questions, *texts_of_changes(ledger)))


def _not_asked(ledger: Ledger, row: Row) -> str:
    about = _about(row)
    place = f"{row.sheet} {row.number}行目"
    if not about:
        return f"{place}: 番号がないため、照会できません。指標か施策の番号を書いてください。"
    if not ledger.plan.name_of(about):
        return (
            f"{place}: {about} は総合戦略にない番号のため、照会できません。番号を直してください。"
        )
    return (
        f"{place}: {about} {ledger.plan.name_of(about)} は、{ledger.settings.round.label}に課へ"
        "尋ねていないため、照会できません。電話などで聞き、「回答」に書いてください。"
    )
