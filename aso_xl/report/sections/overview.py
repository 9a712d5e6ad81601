"""概要: overall and per goal, and what changed since the round before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...numerals import FiscalYear
from ...outlook import Change, Changes, Shift, is_blank
from ...summary import Count, Summary
from ..blocks import (
    Block,
    Cell,
    Column,
    DataTable,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Reference,
)
from .figures import charted_goals, counts_chart
from .names import key
from .rows import NO_ROW, nobody
from .wording import (
    NONE,
    count_notes,
    folded,
    other_rate,
    percent,
    said,
    show_points,
    target_of,
)

CHANGED_COLUMNS: Final = (
    Column("番号", 15, "center"),
    Column("指標", 54),
    Column("目標値", 30, "right"),
    Column("前回", 36, "right"),
    Column("今回", 36, "right"),
)

_FIELDS: Final = (
    *("total", "achieved", "missed", "blank", "unpublished"),
    *("rate", "before", "points"),
)


def overview(
    summary: Summary, changes: Changes | None, earlier: FiscalYear | None
) -> Iterator[Block]:
    """Yield the overview; ``earlier`` is the round before, if the plan has one."""
    yield Heading("概要")
    yield Heading("全体の状況", 2)
    yield from (Paragraph(text) for text in overall(summary))
    if earlier:
        yield Paragraph((Figure("say_change", change_sentence(summary, changes, earlier)),))
    if charted_goals(summary):
        yield Heading("基本目標ごとの状況", 2)
        where = (Reference("over"), "と", Reference("chart_counts"))
        yield Paragraph(("基本目標ごとのKPIの達成状況は、", *where, "のとおりです。"))
        yield goals_table(summary, changes)
        yield Notes(goal_notes(summary), "over_notes")
        yield counts_chart(summary)
    if changes:
        yield from _changed(changes)


def overall(summary: Summary) -> Iterator[tuple[str | Figure, ...]]:
    """Yield what was achieved overall, a sentence each for KPIs and 数値目標."""
    head = f"{summary.round.label}の評価では、"
    if charted_goals(summary):
        kpi = summary.kpi
        yield (
            f"{head}重要業績評価指標(KPI)",
            Figure("say_total", f"{kpi.total}項目"),
            Figure("say_blank", _blank(kpi)),
            "のうち",
            Figure("say_achieved", f"{kpi.achieved}項目"),
            "が目標を達成し、達成率は",
            Figure("say_rate", percent(kpi.rate)),
            Figure("say_other", _other(kpi)),
            "でした。",
        )
        head = ""
    if any(goal.headlines for goal in summary.goals):
        count = summary.headline
        yield (
            f"{head}数値目標は、",
            Figure("say_headline_total", f"{count.total}項目"),
            Figure("say_headline_blank", _blank(count)),
            "のうち",
            Figure("say_headline_achieved", f"{count.achieved}項目"),
            "が目標を達成しました。",
        )


def _blank(count: Count) -> str:
    return f"(未入力{count.blank}項目を含む)" if count.blank else ""


def _other(count: Count) -> str:
    rate = other_rate(count)
    return f"({rate})" if rate else ""


def change_sentence(summary: Summary, changes: Changes | None, earlier: FiscalYear) -> str:
    """Return how the counts moved since the round before, in words."""
    if changes is None:
        return not_compared(summary, earlier)
    parts = []
    if changes.kpi:
        parts.append(f"達成したKPIは{moved(changes.kpi)}。{_rate_moved(changes.kpi)}")
    if changes.headline:
        parts.append(f"達成した数値目標は{moved(changes.headline)}。")
    return f"前回({earlier.label})と比べると、{''.join(parts)}"


def not_compared(summary: Summary, earlier: FiscalYear) -> str:
    """Return why there is nothing to say about the round before."""
    if is_blank(summary):
        return f"実績値がまだ入力されていないため、前回({earlier.label})とは比べていません。"
    return f"前回({earlier.label})の実績値が入力されていないため、前回とは比べていません。"


def moved(change: Change) -> str:
    """Return how many were achieved before and are now: 「1項目から3項目に2項目増えました」."""
    before, now = change.before.achieved, change.now.achieved
    if before == now:
        return f"{now}項目のままです"
    verb = "増えました" if now > before else "減りました"
    return f"{before}項目から{now}項目に{abs(now - before)}項目{verb}"


def _rate_moved(change: Change) -> str:
    if change.points is None:
        return ""
    before, now = percent(change.before.rate), percent(change.now.rate)
    if change.points == 0:
        return f"達成率は{now}のままです。"
    verb = "上がり" if change.points > 0 else "下がり"
    return f"達成率は{before}から{now}に{abs(change.points)}ポイント{verb}ました。"


def goals_table(summary: Summary, changes: Changes | None) -> DataTable:
    """Return the counts per goal and in all, beside the rate of the round before if there is one."""
    columns = (
        Column("基本目標", 52),
        *(Column(head, 14, "right") for head in ("項目数", "達成", "未達成", "未入力")),
        Column("未公表等", 18, "right"),
        Column("達成率", 16, "right"),
    )
    if changes:
        columns += (
            Column(f"前回({changes.round})", 19, "right"),
            Column("増減\n(ポイント)", 22, "right"),
        )
    goals = charted_goals(summary)
    rows = [
        _row(f"{number} {g.goal.title}", str(number), g.kpi, _compared(changes, number))
        for g in goals
        for number in (g.goal.number,)
    ]
    rows.append(_row("合計", "all", summary.kpi, _compared(changes)))
    return DataTable(
        f"基本目標ごとのKPIの達成状況({summary.round.label})",
        columns,
        tuple(rows),
        f"基本目標{len(goals)}つと合計の、KPIの項目数、達成状況別の項目数、達成率。",
        "over",
        (*(str(goal.goal.number) for goal in goals), "all"),
    )


def _row(title: str, name: str, count: Count, compared: tuple[str, ...]) -> tuple[Cell, ...]:
    numbers = (count.total, count.achieved, count.missed, count.blank, count.unpublished)
    texts = (*map(str, numbers), percent(count.rate), *compared)
    cells = (
        Cell(text, figure=f"over_{name}_{field}")
        for field, text in zip(_FIELDS[: len(texts)], texts, strict=True)
    )
    return (Cell(title, bold=name == "all"), *cells)


def _compared(changes: Changes | None, goal: int | None = None) -> tuple[str, ...]:
    """Return the rate before and the difference; nothing without a round before."""
    if changes is None:
        return ()
    change = changes.kpi if goal is None else changes.goals.get(goal)
    return (percent(change.before.rate), show_points(change.points)) if change else (NONE, NONE)


def goal_notes(summary: Summary) -> tuple[str, ...]:
    """Return the notes of the table: of the whole, then the other rate of each goal."""
    others = (
        f"※基本目標{goal.goal.number}の達成率は、{text}です。"
        for goal in summary.goals
        if (text := other_rate(goal.kpi))
    )
    return (*count_notes(summary.kpi), *others)


def _changed(changes: Changes) -> Iterator[Block]:
    yield Heading("前回から変わった指標", 2)
    yield Paragraph(
        (
            "新たに達成となった指標は",
            Figure("say_gained", f"{len(changes.gained)}件"),
            "、達成ではなくなった指標は",
            Figure("say_lost", f"{len(changes.lost)}件"),
            Figure("say_unjudged", unjudged(changes)),
            "です。内訳は、",
            Reference("changed"),
            "のとおりです。",
        )
    )
    shifts = (*changes.gained, *changes.lost)
    yield DataTable(
        f"前回({changes.round.label})から達成状況が変わった指標",
        CHANGED_COLUMNS,
        tuple(map(_shift, shifts)) or (nobody(CHANGED_COLUMNS),),
        "新たに達成となった指標、次いで達成ではなくなった指標の、目標値と、前回と今回の実績値。",
        "changed",
        tuple(key(s.now.indicator.id) for s in shifts) or (NO_ROW,),
    )


def unjudged(changes: Changes) -> str:
    """Return how many of the lost ones are only not judged yet, in brackets; "" for none."""
    number = changes.unjudged
    return f"(うち今回の実績値がないもの{number}件)" if number else ""


def _shift(shift: Shift) -> tuple[Cell, ...]:
    indicator = shift.now.indicator
    name = f"changed_{key(indicator.id)}"
    return (
        Cell(indicator.id),
        Cell(indicator.name),
        Cell(folded(target_of(indicator)), figure=f"{name}_target"),
        Cell(said(shift.before), figure=f"{name}_before"),
        Cell(said(shift.now), figure=f"{name}_now"),
    )
