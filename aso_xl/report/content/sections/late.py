"""遅れ: the indicators that are late, with the words of their departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from ....domain.achievement import Achievement
from ....domain.cells import Row
from ....domain.fields import DIRECTION, REMARK
from ....domain.ledger import Ledger
from ....domain.outlook import late, once, without_pace
from ....domain.plan import Plan
from ....domain.summary import Summary
from ....domain.words import NONE
from ..blocks import Block, Figure, Heading, NoteLine, Notes, Paragraph, Reference, TableCell
from ..origins import Aspect, OfCells, OfCount, OfIndicators, of
from .by_part import by_part
from .by_rule import GRADE_WORD, PACE_WORD, aim_word, behind_words, is_paced, standing_word
from .counting import chosen
from .lists import ListColumn, list_table, more_for_two, number_width
from .names import row_key
from .wording import (
    UNWRITTEN,
    actual_cell,
    actual_of,
    kept_notes,
    numbers_of,
    progress_of,
    target_notes,
    targets_cell,
    targets_line,
    year_note,
    year_of,
)

_FIGURES: Final = ("say_late", "say_slow")


def reaching(plan: Plan) -> str:
    """Return the sentence on what 100% means; just at a strict target it is not 達成 yet."""
    has_progress = plan.judging.has_progress
    strict_ones = (i for i in plan.indicators() if has_progress(i) and i.rule.is_strict)
    words = dict.fromkeys(f"「{i.rule_label}」" for i in strict_ones)
    strict = f"({'・'.join(words)}の目標は、100%を超えると達成です)" if words else ""
    return f"100%で{aim_word(plan)}に届きます{strict}。"


def lateness(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the section; nothing for a plan whose indicators have no pace."""
    if not is_paced(ledger.plan):
        return
    plan, found = ledger.plan, late(summary)
    yield Heading("遅れている指標")
    if found:
        yield from _counted(ledger, summary, found)
    else:
        words = "".join(f"「{word}」" for word in behind_words(plan, ledger.settings))
        yield Paragraph(f"{_what(plan)}が{words}の指標はありません。")
    yield Notes(_others(ledger.plan, summary), "late_others")


def _counted(
    ledger: Ledger, summary: Summary, achievements: tuple[Achievement, ...]
) -> Iterator[Block]:
    standing = standing_word(ledger.plan)
    yield Paragraph(
        (
            f"{_what(ledger.plan)}が",
            *counted_behind(ledger, summary, achievements, "の指標"),
            "です。要因と今後の方向は、担当課が記入したとおりに",
            Reference("late"),
            "に示します",
            Figure(
                "say_unwritten",
                _unwritten(ledger, achievements),
                OfCells(tuple(_texts_of(achievements))),
            ),
            "。",
        )
    )
    yield list_table(
        "遅れている指標の要因と今後の方向",
        _columns(ledger, achievements),
        achievements,
        f"目標値と実績値、{standing}、担当課が記入した要因、その指標が属する施策の今後の方向。",
        "late",
        tuple(map(row_key, achievements)),
    )
    yield Notes(
        (
            "※今後の方向は、その指標が属する施策について書かれたものです。"
            f"{_without_measure(ledger.plan)}は施策に属さないため、「－」で示します。",
            *year_note(achievements),
            *target_notes(achievements),
        )
    )


def counted_behind(
    ledger: Ledger, summary: Summary, behind: Sequence[Achievement], what: str = ""
) -> Iterator[str | Figure]:
    """Yield how many go late and how many slow: 「遅れ」の指標は3件、「やや遅れ」の指標は1件."""
    numbers = Counter(each.standing for each in behind)
    for at, word in enumerate(behind_words(ledger.plan, ledger.settings)):
        yield f"{'、' if at else ''}「{word}」{what}は"
        name = _FIGURES[at] if at < len(_FIGURES) else f"say_behind_{at}"
        items = partial(chosen, lambda: behind, partial(_stands, word))
        origin = OfCount("items", items, among=partial(once, summary))
        yield Figure(name, f"{numbers[word]}件", origin)


def _stands(word: str, achievement: Achievement) -> bool:
    return achievement.standing == word


def _what(plan: Plan) -> str:
    """Return what is said of those that are late: with grades, that they are 未達成 as well."""
    return f"未達成で{GRADE_WORD}" if plan.grades else PACE_WORD


def _without_measure(plan: Plan) -> str:
    """Return which kinds of indicators belong to no 施策."""
    has_own = any(goal.own_kpis for goal in plan.goals)
    return "数値目標と基本目標のKPI" if has_own else "数値目標"


def _columns(
    ledger: Ledger, achievements: tuple[Achievement, ...]
) -> tuple[ListColumn[Achievement], ...]:
    def figure(a: Achievement, field: str, text: str, *aspects: Aspect) -> TableCell:
        return TableCell(text, figure=f"late_{row_key(a)}_{field}", origin=of(a, *aspects))

    def cause(a: Achievement) -> TableCell:
        return TableCell(cause_of(ledger, a) or UNWRITTEN, origin=of_cause(a))

    def direction(a: Achievement) -> TableCell:
        return TableCell(_direction(ledger, a), origin=OfCells(tuple(_directions_of(a))))

    def numbers(achievement: Achievement) -> TableCell:
        return TableCell(numbers_of(ledger.plan, achievement))

    more = more_for_two(ledger.plan)
    return (
        ListColumn("番号", number_width(achievements), "center", numbers),
        ListColumn("指標", 40, "left", lambda a: TableCell(a.indicator.name)),
        ListColumn(
            *("目標値と実績値", 30 + more, "right"),
            lambda a: figure(a, "actual", _values(a), "target", "actual"),
        ),
        ListColumn(
            f"{standing_word(ledger.plan)}\n(進捗率)",
            22,
            "center",
            lambda a: figure(a, "pace", _pace(a), "standing", "progress"),
        ),
        ListColumn("要因", 44 - more, "left", cause),
        ListColumn("今後の方向", 40, "left", direction),
    )


def _pace(achievement: Achievement) -> str:
    return f"{achievement.standing}\n({by_part(achievement, progress_of, '、')})"


def _values(achievement: Achievement) -> str:
    return f"{targets_cell(achievement)}\n{actual_cell(achievement)}"


def cause_of(ledger: Ledger, achievement: Achievement) -> str:
    """Return the 備考 of a figure, of each of its numbers; "" for nothing."""
    rows = (ledger.rows.get(indicator.id) for indicator in achievement.indicators)
    return _texts(rows, REMARK)


def of_cause(achievement: Achievement) -> OfCells:
    """Return the origin of the 備考 of a figure."""
    return OfCells(tuple((each.id, REMARK) for each in achievement.indicators))


def _directions_of(achievement: Achievement) -> Iterator[tuple[str, str]]:
    """Yield the cells in which the 今後の方向 of a figure is written."""
    measures = (i.measure_id for i in achievement.indicators if i.measure is not None)
    return ((id_, DIRECTION) for id_ in measures)


def _texts_of(achievements: Iterable[Achievement]) -> Iterator[tuple[str, str]]:
    """Yield the cells of the texts that are asked for figures that are late."""
    for each in achievements:
        yield from of_cause(each).cells
        yield from _directions_of(each)


def _direction(ledger: Ledger, achievement: Achievement) -> str:
    """Return what is written for the 施策 of a figure; 「－」 for one that belongs to none."""
    measures = [i for i in achievement.indicators if i.measure is not None]
    rows = (ledger.measures.get(each.measure_id) for each in measures)
    return _texts(rows, DIRECTION) or (UNWRITTEN if measures else NONE)


def _texts(rows: Iterable[Row | None], field: str) -> str:
    """Return what is written in a column of some rows, each text once, a line each."""
    texts = (row.cells[field].text for row in rows if row and field in row.cells)
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _unwritten(ledger: Ledger, achievements: tuple[Achievement, ...]) -> str:
    """Return in brackets how much the departments have still to write; "" for nothing."""
    causes = sum(not cause_of(ledger, each) for each in achievements)
    directions = sum(_direction(ledger, each) == UNWRITTEN for each in achievements)
    parts = [
        f"{what}が未記入の指標{number}件"
        for what, number in (("要因", causes), ("今後の方向", directions))
        if number
    ]
    return f"({'、'.join(parts)})" if parts else ""


def _others(plan: Plan, summary: Summary) -> tuple[str, ...]:
    """Return the notes on what has no pace, so that none goes unsaid: missed indicators, and targets
    that are kept as yet but will not be, as it goes.
    """
    found = tuple(without_pace(summary))
    named = "、".join(f"{_named(plan, a)}{_missed(a)}" for a in found)
    missing = "区分を決める値" if plan.grades else "進捗率や経過割合"
    line = f"※未達成で、{missing}を定義できないため{standing_word(plan)}のない指標: "
    origin = OfIndicators(found, ("target", "actual"))
    lines = (NoteLine(f"{line}{named}", origin),) if found else ()
    return (*lines, *kept_notes(a for a in once(summary) if a.fall))


def _named(plan: Plan, achievement: Achievement) -> str:
    return f"{''.join(numbers_of(plan, achievement).split())} {achievement.indicator.name}"


def _missed(achievement: Achievement) -> str:
    """Return target and actual in brackets; of a 定性 indicator there is neither."""
    if achievement.indicator.rule.is_typed:
        return ""
    year = year_of(achievement)
    actual = f"{year}の実績値" if year else "実績値"
    target = targets_line(achievement)
    gap = " " if achievement.members else ""
    return f"(目標値{target}、{actual}{gap}{by_part(achievement, actual_of, '、')})"
