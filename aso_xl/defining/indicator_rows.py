"""The rows of the sheet 指標 as tables of indicators: figures as printed, ids that go on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from ..domain.rule import Rule
from ..domain.text import bare, narrow
from . import sheets
from .book import Book, BookCell, BookRow
from .cell_values import text_of
from .figure_words import DONE, NEW, TARGET_WORDS
from .figures import Printed, read_printed
from .sheets import TARGET_OF, Column

_ID: Final = re.compile(r"([0-9]{1,9})-(?:([HK])|([0-9]{1,9})-)([0-9]{1,5})")
_FIGURES: Final = ("baseline", "target")
QUALITATIVE: Final = Rule.QUALITATIVE.label
_HEADING: Final = re.compile("(?:基準|現状|現況|当初|実績|目標|目安)(?:値|年)")
_PLACED: Final = ("goal", "measure", "kind")

Said = Callable[[str, BookRow, tuple[Column, ...]], dict[str, Any]]
Say = Callable[[str, BookCell, str, str], None]


class IndicatorGroup(NamedTuple):
    """Where indicators belong: a goal's 数値目標, its own KPIs, or the KPIs of a 施策."""

    goal: int
    measure: int | None
    kind: str

    @property
    def prefix(self) -> str:
        """Return how the ids of the group begin."""
        if self.measure is not None:
            return f"{self.goal}-{self.measure:02d}-"
        return f"{self.goal}-{'H' if self.kind == 'headline' else 'K'}"


class IndicatorRows:
    """Reads the rows of 指標; ``places`` are the rows by id, ``indicators`` their tables."""

    def __init__(self, book: Book, said: Said, say: Say) -> None:
        self.book, self._said_of, self._say = book, said, say
        self.places: dict[str, tuple[str, BookRow]] = {}
        self.indicators: dict[str, dict[str, Any]] = {}

    def groups(self) -> dict[IndicatorGroup, list[tuple[BookRow, dict[str, Any]]]]:
        """Return the indicators with their rows, by where they belong; every one has an id."""
        grouped: dict[IndicatorGroup, list[tuple[BookRow, dict[str, Any]]]] = defaultdict(list)
        for row in self.book.of(sheets.INDICATORS):
            if row.is_blank:
                continue
            if all(_HEADING.match(bare(text_of(row[key]))) for key in _FIGURES):
                message = "表の見出しのようです。この行の内容を消してください"
                self._tell(row, "name", text_of(row["name"]), message)
                continue
            said = self._said_of(sheets.INDICATORS, row, sheets.INDICATOR_COLUMNS)
            if group := self._group(row, said):
                made = {key: value for key, value in said.items() if key not in _PLACED}
                self._figures(row, made)
                grouped[group].append((row, made))
        for group, indicators in grouped.items():
            self._number(group, indicators)
        return grouped

    def _tell(self, row: BookRow, key: str, about: str, message: str) -> None:
        self._say(sheets.INDICATORS, row[key], about, message)

    def _group(self, row: BookRow, said: dict[str, Any]) -> IndicatorGroup | None:
        """Return where a row belongs, by its id and by goal, 施策 and kind, which must agree."""
        if any(row[key].flaw for key in _PLACED):
            return None
        by_id = _group_of(said.get("id", ""))
        about = said.get("id") or said.get("name", "")
        goal, measure = said.get("goal"), said.get("measure")
        kind = said.get("kind") or ("kpi" if measure is not None else None)
        if by_id:
            for key, own in (
                ("goal", by_id.goal),
                ("measure", by_id.measure),
                ("kind", by_id.kind),
            ):
                if key in said and said[key] != own:
                    self._tell(
                        row, key, about, f"番号 {said['id']} と合いません。どちらかを直してください"
                    )
            return by_id
        if goal is None:
            if row["goal"].is_blank:
                self._tell(row, "goal", about, "基本目標の番号を書いてください")
            return None
        if kind is None:
            if row["kind"].is_blank:
                self._tell(row, "kind", about, "数値目標か KPI かを選んでください")
            return None
        if kind == "headline" and measure is not None:
            self._tell(
                row, "measure", about, "数値目標は基本目標に付きます。施策を空欄にしてください"
            )
            return None
        return IndicatorGroup(goal, measure, kind)

    def _number(
        self, group: IndicatorGroup, indicators: list[tuple[BookRow, dict[str, Any]]]
    ) -> None:
        """Give ids to those that have none: numbers that none of the group has, in order."""
        used = {own["id"] for _, own in indicators if "id" in own}
        free = (id_ for n in range(1, 10**5) if (id_ := f"{group.prefix}{n}") not in used)
        seen: set[str] = set()
        for row, own in indicators:
            id_ = own.pop("id", None) or next(free)
            if id_ in seen:
                self._tell(row, "id", id_, f"番号 {id_} が 2 回あります。1 つにしてください")
            seen.add(id_)
            rest = dict(own)
            own.clear()
            own.update({"id": id_, **rest})
            self.places[id_] = (sheets.INDICATORS, row)
            self.indicators[id_] = own

    def _figures(self, row: BookRow, own: dict[str, Any]) -> None:
        """Put printed figures as numbers, with the unit, rule, year and words they bring."""
        read = {}
        keys = [*_FIGURES, *(key for key, _ in self.book.target_keys())]
        for key in keys:
            own.pop(key, None)
            if (figure := self._figure(row, key, own)) is not None:
                read[key] = figure
        baseline, target = read.get("baseline"), read.get("target")
        self._unit(row, own, read)
        self._years(row, own, read)
        if any(figure.is_money for figure in read.values()):
            own.setdefault("money", True)
        if baseline:
            _set(own, "baseline", baseline.value)
            _set(own, "printed_baseline", own.get("printed_baseline") or baseline.word)
        if target:
            self._target(row, own, target)
        rule = next((figure.rule for figure in read.values() if figure.rule), "")
        self._rule(row, own, rule)
        targets = {
            round_: figure.value
            for key, round_ in self.book.target_keys()
            if (figure := read.get(key)) and figure.value is not None
        }
        if targets:
            own["targets"] = targets

    def _figure(self, row: BookRow, key: str, own: dict[str, Any]) -> Printed | None:
        """Return what is printed in a cell; None for a blank one, or one that is complained of."""
        entry = row[key]
        if entry.is_blank and not entry.flaw:
            return None
        message = entry.flaw
        if not message:
            text = text_of(entry)
            figure = read_printed(text, own.get("unit", ""))
            if figure.problem and own.get("rule") == QUALITATIVE and key in _FIGURES:
                figure = Printed(word=text)
            message = figure.problem
            if not message and key.startswith(TARGET_OF) and figure.word:
                message = f"年度の目標「{figure.word}」は数値で書いてください"
            if not message:
                return figure
        elif not key.startswith(TARGET_OF):
            return None  # said already with the other flaws of the row
        self._tell(row, key, own.get("name", ""), message)
        return None

    def _unit(self, row: BookRow, own: dict[str, Any], read: dict[str, Printed]) -> None:
        """Take the unit that is printed, where none is given; two units are complained of."""
        for key, figure in read.items():
            if figure.unit and figure.unit != narrow(own.setdefault("unit", figure.unit)):
                message = (
                    f"単位「{figure.unit}」が「{own['unit']}」と違います。どちらかを直してください"
                )
                self._tell(row, key, own.get("name", ""), message)

    def _years(self, row: BookRow, own: dict[str, Any], read: dict[str, Printed]) -> None:
        for key in _FIGURES:
            if (figure := read.get(key)) and figure.year:
                own.setdefault(f"{key}_year", figure.year)

    def _target(self, row: BookRow, own: dict[str, Any], target: Printed) -> None:
        """Put the target; a word stands for the baseline, to be passed or kept."""
        if not target.word:
            _set(own, "target", target.value)
            return
        if target.word in DONE or own.get("rule") == QUALITATIVE:
            own.setdefault("rule", QUALITATIVE)
            own.setdefault("printed_target", target.word)
            return
        about = own.get("name", "")
        if (rule := TARGET_WORDS.get(target.word)) is None:
            self._tell(
                row,
                "target",
                about,
                f"目標値「{target.word}」では判定できません。数値で書いてください",
            )
            return
        own.setdefault("printed_target", target.word)
        if "baseline" not in own:
            message = f"「{target.word}」を判定するには、基準値の数値が要ります"
            self._tell(row, "target", about, message)
            return
        own["target"] = own["baseline"]
        if "rule" not in own and not row["rule"].flaw:
            if not rule:
                message = f"「{target.word}」は、以上か以下かなどを選んでください"
                self._tell(row, "rule", about, message)
                return
            own["rule"] = rule

    def _rule(self, row: BookRow, own: dict[str, Any], printed: str) -> None:
        """Take the rule that is printed; without one, it goes by target and baseline."""
        given = own.get("rule")
        if given and printed and given != printed and given != QUALITATIVE:
            message = (
                f"印字の「{printed}」と、選ばれた「{given}」が違います。どちらかを直してください"
            )
            self._tell(row, "rule", own.get("name", ""), message)
        if given or (not printed and TARGET_WORDS.get(own.get("printed_target", "")) == ""):
            return
        if printed:
            own["rule"] = printed
        elif (rule := _usual(own)) is not None:
            own["rule"] = rule


def _usual(own: dict[str, Any]) -> str | None:
    """Return the rule where none is printed: which way the target lies from the baseline.

    What is printed as new (新規) starts at nothing.
    """
    if "baseline" not in own and own.get("printed_baseline") in NEW and "target" in own:
        return "以上"
    try:
        baseline, target = Decimal(own["baseline"]), Decimal(own["target"])
    except (KeyError, InvalidOperation):
        return None
    if baseline == target or not (baseline.is_finite() and target.is_finite()):
        return None
    return "以上" if target > baseline else "以下"


def _set(own: dict[str, Any], key: str, value: str | None) -> None:
    if value:
        own[key] = value


def _group_of(id_: str) -> IndicatorGroup | None:
    found = _ID.fullmatch(id_)
    if not found:
        return None
    measure = int(found[3]) if found[3] else None
    return IndicatorGroup(int(found[1]), measure, "headline" if found[2] == "H" else "kpi")
