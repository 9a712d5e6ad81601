"""What Excel says beside a cell when it is chosen: the prompt of its input rule, for single cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ...office.addresses import Corners, corners_of, place_of
from ..build.prompts import LONGEST_PROMPT, cut
from ..escapes import decoded, encoded
from .own_sheet import place_child
from .sheet_cells import MAIN

_BETWEEN: Final = "\n――\n"


@dataclass(frozen=True)
class CellPrompt:
    """The prompt of a cell; title and text are of at most 32 and 255 characters.

    Where it ``is_above``, what was said there so far follows, as far as there is room; what an
    earlier one of these said does not.
    """

    sheet: str
    address: str
    title: str
    text: str
    is_above: bool = False


def put_prompts(root: etree._Element, prompts: Iterable[CellPrompt]) -> None:
    """Give cells of a worksheet prompts of their own; what may be typed there stays as it was."""
    wanted = {place_of(each.address): each for each in prompts}
    rules = root.find(f"{MAIN}dataValidations")
    if rules is None:
        rules = etree.Element(f"{MAIN}dataValidations")
        place_child(root, rules)
    made: list[etree._Element] = []
    for rule in list(rules):
        areas = [corners_of(area) for area in str(rule.get("sqref", "")).split()]
        here = {place: each for place, each in wanted.items() if _holds(areas, place)}
        if not here:
            continue
        made += (_told(deepcopy(rule), each) for each in here.values())
        wanted = {place: each for place, each in wanted.items() if place not in here}
        left = [part.address for area in areas for part in _without(area, here)]
        if left:
            rule.set("sqref", " ".join(left))
        else:
            rules.remove(rule)
    made += (
        _told(etree.Element(f"{MAIN}dataValidation", allowBlank="1"), each)
        for each in wanted.values()
    )
    rules.extend(made)
    rules.set("count", str(len(rules)))


def _told(rule: etree._Element, prompt: CellPrompt) -> etree._Element:
    text = prompt.text
    if prompt.is_above and (before := decoded(rule.get("prompt", "")).rpartition(_BETWEEN)[2]):
        text = cut(f"{text}{_BETWEEN}{before}", LONGEST_PROMPT)
    rule.set("showInputMessage", "1")
    rule.set("promptTitle", encoded(prompt.title))
    rule.set("prompt", encoded(text))
    rule.set("sqref", prompt.address)
    return rule


def _holds(areas: Iterable[Corners], place: tuple[int, int]) -> bool:
    row, column = place
    return any(a.left <= column <= a.right and a.top <= row <= a.bottom for a in areas)


def _without(area: Corners, places: Mapping[tuple[int, int], CellPrompt]) -> Iterator[Corners]:
    """Yield what is left of an area without single cells, in pieces of one column each."""
    if not any(_holds([area], place) for place in places):
        yield area
        return
    for column in range(area.left, area.right + 1):
        top = area.top
        for row in sorted(row for row, at in places if at == column and row <= area.bottom):
            if row < area.top:
                continue
            if row > top:
                yield Corners(column, top, column, row - 1)
            top = row + 1
        if top <= area.bottom:
            yield Corners(column, top, column, area.bottom)
