"""遅れ: the indicators that are late, with the words of their departments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....domain.achievement import Achievement
from ....domain.cells import Row
from ....domain.fields import DIRECTION, REMARK
from ....domain.ledger import Ledger
from ....domain.outlook import late, once, paced, without_pace
from ....domain.plan import Plan
from ....domain.settings import PaceLevel
from ....domain.summary import Summary
from ....domain.words import NONE
from ..blocks import Block, Figure, Heading, Notes, Paragraph, Reference, TableCell
from .lists import ListColumn, list_table, number_width
from .names import row_key
from .wording import (
    UNWRITTEN,
    actual_cell,
    actual_of,
    folded,
    kept_notes,
    numbers_of,
    show_progress,
    target_of,
    year_note,
    year_of,
)


def is_paced(plan: Plan) -> bool:
    """Return whether the plan has indicators whose progress is defined."""
    return any(indicator.has_progress for indicator in plan.indicators())


def reaching(plan: Plan) -> str:
    """Return the sentence on what 100% means; just at a strict target it is not 達成 yet."""
    strict_ones = (i for i in plan.indicators() if i.has_progress and i.rule.is_strict)
    words = dict.fromkeys(f"「{i.rule_label}」" for i in strict_ones)
    strict = f"({'・'.join(words)}の目標は、100%を超えると達成です)" if words else ""
    return f"100%で目標値に届きます{strict}。"


def lateness(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the section; nothing for a plan whose indicators have no pace."""
    if not is_paced(ledger.plan):
        return
    found, pace = late(summary), ledger.settings.pace
    yield Heading("遅れている指標")
    if found:
        yield from _counted(ledger, found)
    else:
        words = f"進み具合が「{pace.late}」「{pace.slow}」の指標はありません。"
        yield Paragraph(words)
    yield Notes(_others(ledger.plan, summary), "late_others")


def _counted(ledger: Ledger, achievements: tuple[Achievement, ...]) -> Iterator[Block]:
    pace = ledger.settings.pace
    yield Paragraph(
        (
            f"進み具合が「{pace.late}」の指標は",
            Figure("say_late", f"{paced(achievements, PaceLevel.LATE)}件"),
            f"、「{pace.slow}」の指標は",
            Figure("say_slow", f"{paced(achievements, PaceLevel.SLOW)}件"),
            "です。要因と今後の方向は、担当課が記入したとおりに",
            Reference("late"),
            "に示します",
            Figure("say_unwritten", _unwritten(ledger, achievements)),
            "。",
        )
    )
    yield list_table(
        "遅れている指標の要因と今後の方向",
        _columns(ledger, achievements),
        achievements,
        "目標値と実績値、進み具合、担当課が記入した要因、その指標が属する施策の今後の方向。",
        "late",
        tuple(map(row_key, achievements)),
    )
    yield Notes(
        (
            "※今後の方向は、その指標が属する施策について書かれたものです。"
            "数値目標は施策に属さないため、「－」で示します。",
            *year_note(achievements),
        )
    )


def _columns(
    ledger: Ledger, achievements: tuple[Achievement, ...]
) -> tuple[ListColumn[Achievement], ...]:
    def figure(a: Achievement, field: str, text: str) -> TableCell:
        return TableCell(text, figure=f"late_{row_key(a)}_{field}")

    def numbers(achievement: Achievement) -> TableCell:
        return TableCell(numbers_of(ledger.plan, achievement))

    return (
        ListColumn("番号", number_width(achievements), "center", numbers),
        ListColumn("指標", 36, "left", lambda a: TableCell(a.indicator.name)),
        ListColumn("目標値と実績値", 31, "right", lambda a: figure(a, "actual", _values(a))),
        ListColumn("進み具合\n(進捗率)", 23, "center", lambda a: figure(a, "pace", _pace(a))),
        ListColumn("要因", 45, "left", lambda a: TableCell(cause_of(ledger, a) or UNWRITTEN)),
        ListColumn("今後の方向", 42, "left", lambda a: TableCell(_direction(ledger, a))),
    )


def _pace(achievement: Achievement) -> str:
    return f"{achievement.standing}\n({show_progress(achievement.progress)})"


def _values(achievement: Achievement) -> str:
    return f"{folded(target_of(achievement.indicator))}\n{actual_cell(achievement)}"


def cause_of(ledger: Ledger, achievement: Achievement) -> str:
    """Return the 備考 of a figure, of each of its numbers; "" for nothing."""
    rows = (ledger.rows.get(indicator.id) for indicator in achievement.indicators)
    return _texts(rows, REMARK)


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
    found = [f"{_named(plan, a)}{_missed(a)}" for a in without_pace(summary)]
    line = "※未達成で、進捗率や経過割合を定義できないため進み具合のない指標: "
    lines = (f"{line}{'、'.join(found)}",) if found else ()
    return (*lines, *kept_notes(a for a in once(summary) if a.fall))


def _named(plan: Plan, achievement: Achievement) -> str:
    return f"{''.join(numbers_of(plan, achievement).split())} {achievement.indicator.name}"


def _missed(achievement: Achievement) -> str:
    """Return target and actual in brackets; of a 定性 indicator there is neither."""
    if achievement.value is None:
        return ""
    year = year_of(achievement)
    actual = f"{year}の実績値" if year else "実績値"
    return f"(目標値{target_of(achievement.indicator)}、{actual}{actual_of(achievement)})"
