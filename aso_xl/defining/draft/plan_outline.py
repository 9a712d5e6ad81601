"""The goals and 施策 of a strategy, as they are met from its top to its end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ...domain.text import bare
from ..book import BookCell, BookRow
from ..numbering import number_of
from .plan_headings import PlanHeading, goal_of, in_cell, measure_of
from .source import joined

_NUMBER: Final = re.compile(r"[0-9]{1,3}|[①-⑳]")
_COUNTED: Final = "番号は、書かれた順に付けました"


def is_number(text: str) -> bool:
    """Return whether a cell holds a number of a 施策 or goal and nothing else."""
    return _NUMBER.fullmatch(bare(text)) is not None


@dataclass
class GoalMet:
    """A goal as it was headed; it is ``used`` once a 施策 or an indicator was found in it."""

    title: str = ""
    label: str = ""
    is_used: bool = False
    hint: str = ""
    measures: dict[int, BookRow] = field(default_factory=dict)


class PlanOutline:
    """Knows in which goal and 施策 one is; ``word`` is what the strategy calls its goals."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.goals: dict[int, GoalMet] = {}
        self.number: int | None = None
        self.measure: int | None = None

    @property
    def goal(self) -> GoalMet | None:
        """Return the goal one is in."""
        return None if self.number is None else self.goals[self.number]

    def heading(self, text: str) -> PlanHeading | None:
        """Return the goal that a text heads."""
        return goal_of(text, self.word)

    def enter(self, heading: PlanHeading) -> None:
        """Enter a goal; one that is headed again keeps its name unless nothing was found under it."""
        goal = self.goals.setdefault(heading.number, GoalMet())
        if heading.name and not (goal.is_used and goal.title):
            goal.title, goal.label = heading.name, heading.label
        elif heading.name and heading.name != goal.title:
            goal.hint = f"ほかの所では「{heading.name}」"
        self.number, self.measure = heading.number, None

    def begin(self, heading: PlanHeading, hint: str = "") -> None:
        """Begin a 施策 of the goal; one without a number has the next one."""
        goal = self.goal
        if goal is None or self.number is None:
            return
        goal.is_used = True
        number = heading.number or max(goal.measures, default=0) + 1
        self.measure = number
        known = goal.measures.get(number)
        if known is not None and known["name"].value:
            return
        hint = "、".join(filter(None, (hint, "" if heading.number else _COUNTED)))
        cells = {
            "goal": BookCell(self.number),
            "measure": BookCell(number, hint=hint),
            "name": BookCell(heading.name or None),
        }
        if heading.label:
            cells["label"] = BookCell(heading.label)
        goal.measures[number] = BookRow(cells)

    def name(self, texts: list[str]) -> None:
        """Name the 施策 just numbered; one that is cut in two is put together as a guess."""
        if self.goal is None:
            return
        name = joined("".join(texts))
        if self.measure is None or self.goal.measures[self.measure]["name"].value:
            self.begin(PlanHeading(0, "", name))
        elif len(texts) > 1:
            hint = f"分かれた欄をつなぎました: {' | '.join(texts)}"
            self.goal.measures[self.measure].cells["name"] = BookCell(name, hint=hint)
        else:
            self.goal.measures[self.measure].cells["name"] = BookCell(name)

    def goal_cell(self, text: str) -> bool:
        """Enter the goal that a cell of a column of goals names; return whether it is another."""
        heading = self.heading(text) or in_cell(text)
        if heading is None and is_number(text):
            heading = PlanHeading(number_of(bare(text)), "", "")
        if heading is None or heading.number == self.number:
            return False
        self.enter(heading)
        return True

    def measure_cell(self, text: str) -> None:
        """Begin the 施策 that a cell of a column of 施策 names."""
        if heading := in_cell(text) or measure_of(text):
            if self.measure != heading.number or heading.label:
                self.begin(heading)
            return
        name, measures = joined(text), self.goal.measures if self.goal else {}
        same = (number for number, known in measures.items() if known["name"].value == name)
        if (number := next(same, None)) is not None:
            self.measure = number
        else:
            self.begin(PlanHeading(0, "", name))

    def rows(self) -> list[BookRow]:
        """Return the rows of 基本目標と施策."""
        rows = []
        for number, goal in sorted(self.goals.items()):
            if not goal.is_used:
                continue
            cells = {"goal": BookCell(number), "name": BookCell(goal.title or None, hint=goal.hint)}
            if goal.label:
                cells["label"] = BookCell(goal.label)
            rows.append(BookRow(cells))
            rows += [goal.measures[each] for each in sorted(goal.measures)]
        return rows
