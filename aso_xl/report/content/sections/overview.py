"""概要: overall and per goal, and what changed since the round before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....domain.outlook import Changes
from ....domain.summary import Count, Summary
from ..blocks import Block, Cell, Column, DataTable, Figure, Heading, Notes, Paragraph, Reference
from .changed import changed, compared
from .charts import charted_goals, counts_chart
from .wording import NONE, count_notes, counted_in, other_rate, percent, show_points, waiting_words

_FIELDS: Final = (
    *("total", "achieved", "missed", "blank", "unpublished"),
    *("rate", "both", "moved", "points"),
)


def overview(summary: Summary, changes: Changes | None) -> Iterator[Block]:
    """Yield the overview; without ``changes`` nothing is said of a round before."""
    yield Heading("概要")
    yield Heading("全体の状況", 2)
    yield from (Paragraph(text) for text in overall(summary))
    if changes:
        yield Paragraph(tuple(compared(changes)))
    if charted_goals(summary):
        yield Heading("基本目標ごとの状況", 2)
        where = (Reference("over"), "と", Reference("chart_counts"))
        yield Paragraph(("基本目標ごとのKPIの達成状況は、", *where, "のとおりです。"))
        yield goals_table(summary, changes)
        yield Notes((*goal_notes(summary), *both_note(changes)), "over_notes")
        yield counts_chart(summary)
    if changes:
        yield from changed(changes)


def overall(summary: Summary) -> Iterator[tuple[str | Figure, ...]]:
    """Yield what was achieved overall: of the KPIs and of the 数値目標."""
    head = f"{summary.round.label}の評価では、"
    kpi, headline = summary.kpi, summary.headline
    if charted_goals(summary) and not kpi.total:
        yield (f"{head}{_nothing('重要業績評価指標(KPI)')}",)
        head = ""
    elif charted_goals(summary):
        yield (
            f"{head}重要業績評価指標(KPI)",
            Figure("say_total", f"{kpi.total}項目"),
            Figure("say_blank", f"(未入力{kpi.blank}項目を含む)" if kpi.blank else ""),
            "のうち",
            Figure("say_achieved", f"{kpi.achieved}項目"),
            "が目標を達成し、達成率は",
            Figure("say_rate", percent(kpi.rate)),
            Figure("say_other", _other(kpi)),
            "でした。",
        )
        head = ""
    if any(goal.headlines for goal in summary.goals):
        yield _headlines(head, headline) if headline.total else (f"{head}{_nothing('数値目標')}",)


def _headlines(head: str, count: Count) -> tuple[str | Figure, ...]:
    earlier: tuple[str | Figure, ...] = ()
    if count.earlier:
        number = Figure("say_headline_earlier", f"{count.earlier}項目")
        earlier = ("数値目標のうち", number, "は、未公表のため直近の公表値で判定しています。")
    return (
        f"{head}数値目標は、",
        Figure("say_headline_total", f"{count.total}項目"),
        Figure("say_headline_blank", counted_in(count)),
        "のうち",
        Figure("say_headline_achieved", f"{count.achieved}項目"),
        "が目標を達成しました。",
        *earlier,
    )


def _nothing(what: str) -> str:
    return f"{what}に、判定の対象となる項目はありませんでした。"


def _other(count: Count) -> str:
    """Return in brackets the rate with the other denominator, or why there is none."""
    if rate := other_rate(count):
        return f"({rate})"
    words, number = waiting_words(count), count.unpublished
    return f"({words}の{number}項目のほかに、数えた項目はありません)" if number else ""


def goals_table(summary: Summary, changes: Changes | None) -> DataTable:
    """Return the counts per goal and in all, beside how what was judged in both rounds moved."""
    columns = (
        Column("基本目標", 52),
        *(Column(head, 14, "right") for head in ("項目数", "達成", "未達成", "未入力")),
        Column("未公表等", 18, "right"),
        Column("達成率", 16, "right"),
    )
    if changes:
        columns += (
            Column("比べた\n項目数", 17, "right"),
            Column(f"うち達成\n{changes.round}→{summary.round}", 21, "right"),
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
    """Return of what was judged in both rounds how many, how many were and are achieved, and the
    difference in points; nothing without a round before.
    """
    if changes is None:
        return ()
    change = changes.kpi if goal is None else changes.goals.get(goal)
    if change is None:
        return (NONE, NONE, NONE)
    moved = f"{change.before.achieved}→{change.now.achieved}"
    return (str(change.total), moved, show_points(change.points))


def both_note(changes: Changes | None) -> tuple[str, ...]:
    """Return the note on what is compared with the round before."""
    note = "※「比べた項目数」は、前回({})と今回の両方で判定した項目の数です。増減は、その中での達成率の差です。"
    return (note.format(changes.round.label),) if changes else ()


def goal_notes(summary: Summary) -> tuple[str, ...]:
    """Return the notes of the table: of the whole, then the other rate of each goal."""
    others = (
        f"※基本目標{goal.goal.number}の達成率は、{text}です。"
        for goal in summary.goals
        if (text := other_rate(goal.kpi))
    )
    return (*count_notes(summary.kpi), *others)
