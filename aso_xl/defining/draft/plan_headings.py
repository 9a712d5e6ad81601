"""What lines and cells head: goals and 施策, however their numbers are printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ...domain.text import narrow
from ..numbering import KANA, NUMERAL, number_of
from .source import joined

USUAL: Final = "基本目標"
_GOAL_WORD: Final = re.compile(
    r"\W*((?!数値|成果|総合)[^\W\d_]{0,6}?(?:目標|方針|柱|戦略|プロジェクト|テーマ|分野))"
    rf"\s*({NUMERAL})(?:[^\w\s]\s*|\s+)\S.*"
)
"""What a goal is called where it is no 基本目標, its number, a mark or blank, and its name."""
_MEASURE: Final = re.compile(
    rf"[【\[<〈《「■◆●○]?\s*((?:具体的な?|基本|個別|主要)?施策(?:No\.?)?\s*[(]?\s*(?:[0-9]{{1,2}}\s*[-－.．]\s*)*[(]?({NUMERAL})\s*[)]?)"
    r"(?![0-9\-－ー.])\s*[:：.．、)】」\]>〉》\s]*(.+)"
)
_NUMBERED: Final = tuple(
    (shape, re.compile(pattern))
    for shape, pattern in (
        ("(1)", rf"([(]\s*({NUMERAL})\s*[)])\s*(.+)"),
        ("①", r"(([①-⑳]))\s*(.+)"),
        (
            "1-1",
            r"([0-9]{1,2}(?:\s*[-－.．]\s*[0-9]{1,2})*\s*[-－.．]\s*(?:[(]\s*)?([0-9]{1,2})(?:\)|(?=[.．、\s])))[.．、\s]*(\D.*)",
        ),
        ("ア", rf"[(]?(([{KANA}]))[)]?[.．、\s]\s*(.+)"),
        ("1", r"(([0-9]{1,2}))[.．、\s]\s*(\D.+)"),
    )
)
_WORDED: Final = re.compile(
    rf"(([^\W\d_]{{2,8}}?)\s*({NUMERAL}))(?:[^\w\s]\s*|\s+)([^\W\d_]{{2}}.*)"
)
_CELL: Final = re.compile(
    r"((?:施策)?\s*[(]?\s*(?:[0-9]{1,2}\s*[-－]\s*)*[(]?([0-9]{1,3})[)]?|([①-⑳]))\s*[.．:：、]?\s*(\D.*)"
)
_NO_MEASURE: Final = re.compile(
    r"数値目標|KPI|重要業績|評価指標|方向|現状|課題|体系|一覧|計画期間|位置づけ|概要|背景|はじめに|目的|推進|"
    r"^(?:具体的な?|主な|基本|今後の)?(?:施策|取組|取り組み|事業)(?:内容)?$"
)
"""What chapters and parts are called: no 施策."""
_PROSE: Final = re.compile(
    r"(?:[のはをにがとで、。]|については?|における?|に対).*"
    r"|.*(?:。.+|、|ます|ました|です|でした|である|いく|おり|など)"
)
"""Names that begin or end within a sentence: no heading."""
_LONGEST: Final = 120
_LETTERS: Final = 2
"""Fewest letters of a name."""


@dataclass(frozen=True)
class PlanHeading:
    """A goal or 施策 as headed: its number (0: none printed), how that is printed, and its name.

    ``shape`` tells apart the ways of numbering: (1), ①, 1-1, ア, 1.
    """

    number: int
    label: str
    name: str
    shape: str = ""


@lru_cache(maxsize=32)
def _goal(word: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:[0-9]{{1,2}}\s*[.．、)]?\s*)?[(【\[<〈《「■◆●○]?\s*({word}\s*({NUMERAL}))(?![0-9\-－])"
        r"\s*[)】\]>〉》」:：.．、\s]*(.*)"
    )


def goal_of(text: str, word: str = USUAL) -> PlanHeading | None:
    """Return the goal that a line heads (「(基本目標1) …」「基本目標Ⅱ …」)."""
    plain = narrow(text.replace("\n", " ")).strip()
    found = _goal(word).fullmatch(plain)
    if not found or len(plain) > _LONGEST:
        return None
    name = re.sub(r"\s*\t\s*[0-9]*$|\s*[.…・]{3,}\s*[0-9]*$", "", found[3])
    if re.match(r"[のはをにがと、]|に対", name) or name.endswith("。"):
        return None
    label = "".join(found[1].split())
    is_usual = word == USUAL and found[2].isdecimal()
    return PlanHeading(number_of(found[2]), "" if is_usual else label, joined(name))


def goal_word(texts: Iterable[str]) -> str:
    """Return what a strategy calls its goals, by the texts that may head one.

    Where none is a 基本目標, it is the word that most numbers follow.
    """
    held = [narrow(text).strip() for text in texts if len(text) < _LONGEST]
    if any(map(goal_of, held)):
        return USUAL
    numbers: dict[str, set[str]] = defaultdict(set)
    for text in held:
        if (found := _GOAL_WORD.fullmatch(text)) and not text.endswith("。"):
            numbers[found[1]].add(found[2])
    return max(numbers, key=lambda word: len(numbers[word]), default=USUAL)


def measure_of(text: str) -> PlanHeading | None:
    """Return the 施策 that a line heads (「施策3 …」「具体的施策(1) …」)."""
    plain = narrow(text.replace("\n", " ")).strip()
    found = _MEASURE.fullmatch(plain)
    if not found or len(plain) > 100 or plain.endswith("。") or _PROSE.fullmatch(found[3]):
        return None
    label = "".join(found[1].split())
    is_plain = re.fullmatch(r"施策(?:No\.?)?[0-9]+", label)
    return PlanHeading(number_of(found[2]), "" if is_plain else label, joined(found[3]))


def numbered(text: str) -> PlanHeading | None:
    """Return a numbered heading that may be a 施策 (「(1) …」「1-2 …」「ア …」「取組の柱1 …」)."""
    plain = narrow(text.replace("\n", " ")).strip().lstrip("-・ ")
    if len(plain) > 60 or plain.endswith("。"):
        return None
    for shape, pattern in _NUMBERED:
        if (found := pattern.fullmatch(plain)) and not _NO_MEASURE.search(found[3]):
            if _PROSE.fullmatch(found[3]):
                return None
            if len(re.findall(r"[^\W\d_]", found[3])) < _LETTERS:
                continue
            label = "".join(found[1].split())
            number = KANA.index(label) + 1 if label in KANA else number_of(found[2])
            return PlanHeading(number, label, joined(found[3]), shape)
    found = _WORDED.fullmatch(plain)
    if found and not _NO_MEASURE.search(found[4]) and not _PROSE.fullmatch(found[4]):
        label = "".join(found[1].split())
        return PlanHeading(number_of(found[3]), label, joined(found[4]), found[2])
    return None


def unnumbered(text: str) -> PlanHeading | None:
    """Return a heading without a number that may be a 施策."""
    plain = narrow(text.replace("\n", " ")).strip().lstrip("■◆●○・- ")
    is_text = not plain or len(plain) > 60 or plain.endswith("。") or _PROSE.fullmatch(plain)
    if is_text or _NO_MEASURE.search(plain):
        return None
    return PlanHeading(0, "", joined(plain))


def in_cell(text: str) -> PlanHeading | None:
    """Return the 施策 in a cell of a column of 施策 (「1 農業」「(2)林業」「1-(3) 観光」)."""
    found = _CELL.fullmatch(narrow(text.replace("\n", "")).strip())
    if not found:
        return None
    label = "".join(found[1].split())
    plain = label.removeprefix("施策")
    number = number_of(found[2] or found[3])
    return PlanHeading(number, "" if plain.isdecimal() else label, joined(found[4]))
