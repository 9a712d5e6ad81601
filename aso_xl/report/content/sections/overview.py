"""概要: overall and per goal, and what changed since the round before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from ....domain.ledger import Ledger
from ....domain.outlook import Changes, CountChange
from ....domain.plan import KIND_LABELS
from ....domain.summary import Count, GoalSummary, Summary
from ....domain.words import NONE, TOTAL
from ..blocks import (
    Block,
    DataTable,
    Figure,
    Heading,
    NoteLine,
    Notes,
    Paragraph,
    Reference,
    TableCell,
)
from ..origins import OF_ROUND, Difference, Number, OfChange, Origin
from .by_rule import GRADE_WORD
from .changed import changed, compared
from .chart_blocks import charted_goals, counts_chart
from .counting import Test, of_count, of_result, of_those
from .grades import counted_kinds, grade_words, grades
from .lists import ListColumn, list_table
from .wording import (
    count_notes,
    counted_in,
    other_rate,
    percent,
    short_title,
    show_points,
    waiting_words,
)


class _CountsRow(NamedTuple):
    """A goal, or the whole: its title, its part of the names of figures, and its counts."""

    title: str
    name: str
    counts: Count
    change: CountChange | None
    goals: tuple[GoalSummary, ...]


class GoalColumn(NamedTuple):
    """A column of the table of goals: a goal's ``number``, of which the whole has the sum, is how
    many KPIs there are for which ``is_one`` holds.
    """

    field: str
    heading: str
    width: int
    number: Callable[[GoalSummary], int]
    is_one: Test


_Named: TypeAlias = tuple[str, ListColumn[_CountsRow]]
"""A column with the field of its figures."""


def overview(ledger: Ledger, summary: Summary, changes: Changes | None) -> Iterator[Block]:
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
    yield from grades(ledger.plan, summary)
    if changes:
        yield from changed(ledger, changes)


def overall(summary: Summary) -> Iterator[tuple[str | Figure, ...]]:
    """Yield what was achieved overall: of the KPIs and of the 数値目標."""
    head = f"{summary.round.label}の評価では、"
    kpi, headline, goals = summary.kpi, summary.headline, summary.goals
    if charted_goals(summary) and not kpi.total:
        yield (f"{head}{_nothing('重要業績評価指標(KPI)')}",)
        head = ""
    elif charted_goals(summary):
        yield (
            f"{head}重要業績評価指標(KPI)",
            Figure("say_total", f"{kpi.total}項目", of_count("total", goals, kpi)),
            Figure(
                "say_blank",
                f"(未入力{kpi.blank}項目を含む)" if kpi.blank else "",
                of_result("blank", goals, kpi),
            ),
            "のうち",
            Figure("say_achieved", f"{kpi.achieved}項目", of_result("achieved", goals, kpi)),
            "が目標を達成し、達成率は",
            Figure("say_rate", percent(kpi.rate), of_count("rate", goals, kpi)),
            Figure("say_other", _other(kpi), of_count("other_rate", goals, kpi)),
            "でした。",
        )
        head = ""
    if any(goal.headlines for goal in summary.goals):
        said = _headlines(head, summary) if headline.total else (f"{head}{_nothing('数値目標')}",)
        yield said
    if summary.how.grades:
        yield tuple(_graded(summary))


def _graded(summary: Summary) -> Iterator[str | Figure]:
    """Yield how many of each kind have which grade."""
    counted = [(kind, count) for kind, count in counted_kinds(summary) if count.total]
    yield f"{GRADE_WORD}は、" if counted else ""
    for at, (kind, count) in enumerate(counted):
        yield f"{'、' if at else ''}{KIND_LABELS[kind]}では"
        origin = of_count("total", summary.goals, count, kind)
        yield Figure(f"say_grades_{kind}", grade_words(count), origin)
    yield "でした。" if counted else ""


def _headlines(head: str, summary: Summary) -> tuple[str | Figure, ...]:
    count, goals = summary.headline, summary.goals
    earlier: tuple[str | Figure, ...] = ()
    whole = of_count("total", goals, count, "headline")
    if count.earlier:
        origin = of_those(goals, lambda a: a.is_earlier, kind="headline")
        number = Figure("say_headline_earlier", f"{count.earlier}項目", origin)
        earlier = ("数値目標のうち", number, "は、未公表のため直近の公表値で判定しています。")
    return (
        f"{head}数値目標は、",
        Figure("say_headline_total", f"{count.total}項目", whole),
        Figure("say_headline_blank", counted_in(count), whole),
        "のうち",
        Figure(
            "say_headline_achieved",
            f"{count.achieved}項目",
            of_result("achieved", goals, count, "headline"),
        ),
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


def goals_table(
    summary: Summary,
    changes: Changes | None,
    *,
    leave_out: Collection[str] = (),
    title_width: int = 52,
    after_achieved: Sequence[GoalColumn] = (),
) -> DataTable:
    """Return the counts per goal and in all, beside how what was judged in both rounds moved.

    ``leave_out`` are fields of figures whose columns are left out. ``after_achieved`` are columns
    behind 達成.
    """
    goals = charted_goals(summary)
    by_goal = changes.goals if changes else {}
    rows = [
        _CountsRow(short_title(goal.goal), str(number), goal.kpi, by_goal.get(number), (goal,))
        for goal in goals
        for number in (goal.goal.number,)
    ]
    rows.append(
        _CountsRow(TOTAL, "all", summary.kpi, changes.kpi if changes else None, tuple(goals))
    )
    figures = (
        *_count_columns(after_achieved),
        *(_change_columns(changes, summary) if changes else ()),
    )
    return list_table(
        f"基本目標ごとのKPIの達成状況({summary.round.label})",
        (
            ListColumn("基本目標", title_width, "left", _title),
            *(column for field, column in figures if field not in leave_out),
        ),
        rows,
        f"基本目標{len(goals)}つと合計の、KPIの項目数、達成状況別の項目数、達成率。",
        "over",
        tuple(row.name for row in rows),
    )


def _title(row: _CountsRow) -> TableCell:
    return TableCell(row.title, bold=row.name == "all")


def _count_columns(more: Sequence[GoalColumn]) -> Iterator[_Named]:
    def result(field: str, heading: str, width: int) -> _Named:
        def origin(row: _CountsRow) -> Origin:
            return of_result(field, row.goals, row.counts)

        return _named(field, heading, width, lambda row: str(getattr(row.counts, field)), origin)

    yield _named("total", "項目数", 15, lambda row: str(row.counts.total), partial(_whole, "total"))
    yield result("achieved", "達成", 12)
    for each in more:
        yield _named(
            each.field,
            each.heading,
            each.width,
            partial(_added, each.number),
            partial(_those, each.is_one),
        )
    yield result("missed", "未達成", 15)
    yield result("blank", "未入力", 15)
    yield result("unpublished", "未公表等", 19)
    yield _named(
        "rate", "達成率", 16, lambda row: percent(row.counts.rate), partial(_whole, "rate")
    )


def _change_columns(changes: Changes, summary: Summary) -> Iterator[_Named]:
    """Yield of what was judged in both rounds how many, how many were and are achieved, and the
    difference in points.
    """
    moved = f"うち達成\n{changes.round}→{summary.round}"
    both = partial(_change, "items"), partial(_change, "achieved"), partial(_change, "points")
    yield _named("both", "比べた\n項目数", 15, partial(_of, _total), both[0])
    yield _named("moved", moved, 19, partial(_of, _moved), both[1])
    yield _named("points", "増減\n(ポイント)", 24, partial(_of, _points), both[2])


def _whole(number: Number, row: _CountsRow) -> Origin:
    return of_count(number, row.goals, row.counts)


def _those(is_one: Test, row: _CountsRow) -> Origin:
    return of_those(row.goals, is_one, row.counts)


def _change(difference: Difference, row: _CountsRow) -> Origin | None:
    return OfChange(difference, row.change) if row.change else None


def _added(number: Callable[[GoalSummary], int], row: _CountsRow) -> str:
    return str(sum(map(number, row.goals)))


def _named(
    field: str,
    heading: str,
    width: int,
    text: Callable[[_CountsRow], str],
    origin: Callable[[_CountsRow], Origin | None],
) -> _Named:
    """Return the column of a figure with its part of the names of figures."""

    def cell(row: _CountsRow) -> TableCell:
        return TableCell(text(row), figure=f"over_{row.name}_{field}", origin=origin(row))

    return field, ListColumn(heading, width, "right", cell)


def _of(text: Callable[[CountChange], str], row: _CountsRow) -> str:
    return NONE if row.change is None else text(row.change)


def _total(change: CountChange) -> str:
    return str(change.total)


def _moved(change: CountChange) -> str:
    return f"{change.before.achieved}→{change.now.achieved}"


def _points(change: CountChange) -> str:
    return show_points(change.points)


def both_note(changes: Changes | None) -> tuple[str, ...]:
    """Return the note on what is compared with the round before."""
    note = "※「比べた項目数」は、前回({})と今回の両方で判定した項目の数です。増減は、その中での達成率の差です。"
    return (NoteLine(note.format(changes.round.label), OF_ROUND),) if changes else ()


def goal_notes(summary: Summary) -> tuple[str, ...]:
    """Return the notes of the table: of the whole, then the other rate of each goal."""
    others = (
        NoteLine(
            f"※{goal.goal.printed_number}の達成率は、{text}です。",
            of_count("other_rate", (goal,), goal.kpi),
        )
        for goal in summary.goals
        if (text := other_rate(goal.kpi))
    )
    whole = of_count("total", summary.goals, summary.kpi)
    return (*count_notes(summary.kpi, whole), *others)
