"""概要版: everything that matters on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple, assert_never

from ....domain.achievement import Achievement, Result
from ....domain.ledger import Ledger
from ....domain.outlook import Changes, Near, late, near, paced
from ....domain.plan import Grade, Plan
from ....domain.settings import PaceLevel, Settings
from ....domain.summary import GoalSummary, Summary
from ....domain.words import UNGRADED
from ..blocks import (
    Block,
    DataTable,
    Figure,
    Heading,
    NoteLine,
    Notes,
    Paragraph,
    TableCell,
    Text,
)
from ..origins import Aspect, of
from .by_part import by_part
from .by_rule import grade_notes, is_paced
from .changed import shifted
from .chart_blocks import charted_goals, counts_chart
from .counting import has_grade, of_count
from .evaluation import headlines_of
from .grades import ungraded
from .heights import height_of
from .late import counted_behind
from .lists import ListColumn, list_table, more_for_two, number_width
from .names import key, row_key
from .near import is_measured, of_near
from .overview import GoalColumn, goals_table, overall
from .own_fields import of_goals
from .wording import (
    actual_cell,
    actual_line,
    count_notes,
    cut,
    lacking,
    numbers_of,
    other_verdict,
    targets_cell,
    unnumbered,
)

PAGE: Final = 249.0
"""Millimetres of text on an A4 page in the packaged looks, some kept in reserve."""

_BANNER: Final = 8.5, 6.5
"""Around the box of the banner, and each of its lines."""

_PLOT, _BAR = 13, 5
"""Millimetres around the bars of the chart, and of each."""

_TITLE_SIZE, _NAME_SIZE = 24, 16
_TITLE_WIDTH: Final = 87
_LEAST_TITLE: Final = 45
_WIDTH_LEFT_OUT: Final = 48
_MOST_GRADES: Final = 7
_ON_THE_WAY: Final = (PaceLevel.ON_TRACK, PaceLevel.SLOW, PaceLevel.LATE)
_LEFT_OUT: Final = frozenset({"blank", "unpublished", "moved"})
"""Columns of the table of goals: 未入力, 未公表等, and the counts that the change is between."""


class _Fit(NamedTuple):
    """How much a page says: whether names are cut to a line, how much higher than it must be the
    chart is (None: left out), how many indicators are named as near and as late, whether what is
    written of the goals and the 数値目標 have room.
    """

    cut: bool
    extra: int | None
    most: int
    texts: bool = False
    headlines: bool = True


_WITH_TEXTS: Final = tuple(
    _Fit(False, extra, most, texts=True) for extra in (7, None) for most in (3, 2)
)
_FITS: Final = (
    *(_Fit(False, 7, most) for most in (5, 4, 3)),
    *(_Fit(False, None, most) for most in (5, 4, 3, 2)),
    *(_Fit(True, None, most) for most in (3, 2, 1, 0)),
    _Fit(True, None, 0, headlines=False),
)


def digest(
    ledger: Ledger,
    summary: Summary,
    heading: str,
    changes: Changes | None,
    banner: int,
    made_on: str,
) -> tuple[Block, ...]:
    """Return the blocks of a page; ``banner`` is how many lines stand boxed above.

    Where there is no room for all, the chart, some of the indicators, the ends of names and at last
    the 数値目標 are left out.
    """
    room = PAGE - (_BANNER[0] + _BANNER[1] * banner if banner else 0)
    title = f"{unnumbered(heading)} 概要版({summary.round.label})"
    blocks: tuple[Block, ...] = ()
    texts = tuple(of_goals(ledger))
    for fit in (*_WITH_TEXTS, *_FITS) if texts else _FITS:
        blocks = (
            Heading(title),
            *_head(ledger, made_on),
            Paragraph(tuple(_lead(summary, changes))),
            *(_headlines(ledger.plan, summary, fit) if fit.headlines else ()),
            *_goals(ledger, summary, changes, fit),
            *(texts if fit.texts else ()),
            *_outlook(ledger, summary, fit),
        )
        if height_of(blocks) <= room:
            break
    return blocks


def _head(ledger: Ledger, made_on: str) -> Iterator[Block]:
    """Yield who made the page, when, and whom to ask; what is not set is left out."""
    contact = ledger.settings.contact
    parts = [ledger.plan.municipality, made_on, f"問い合わせ先: {contact}" if contact else ""]
    if line := "　".join(filter(None, parts)):
        yield Paragraph(line)


def _lead(summary: Summary, changes: Changes | None) -> Iterator[str | Figure]:
    for sentence in overall(summary):
        yield from sentence
    if changes:
        yield f"前回({changes.round.label})と比べると、"
        yield from shifted(changes)


def _headlines(plan: Plan, summary: Summary, fit: _Fit) -> Iterator[Block]:
    """Yield the 数値目標 with their values; nothing for a plan without any."""
    found = [a for goal in summary.goals for a in headlines_of(goal)]
    if not found:
        return

    def figure(a: Achievement, field: str, text: str, part: Aspect) -> TableCell:
        return TableCell(text, figure=f"head_{key(a.indicator.id)}_{field}", origin=of(a, part))

    more = more_for_two(plan)
    yield list_table(
        f"数値目標の達成状況({summary.round.label})",
        (
            ListColumn("数値目標", 64, "left", lambda a: TableCell(_name_of(a, fit))),
            ListColumn(
                *("目標値", 34 + more, "right"),
                lambda a: figure(a, "target", targets_cell(a), "target"),
            ),
            ListColumn(
                *("実績値", 44 - more, "right"),
                lambda a: figure(a, "actual", _value_of(a), "actual"),
            ),
            ListColumn(
                *("達成状況", 38, "center"),
                lambda a: figure(a, "result", _standing(a), "standing"),
            ),
        ),
        found,
        "目標値、実績値、達成状況。",
        "headlines",
        tuple(key(a.indicator.id) for a in found),
    )


def _name_of(achievement: Achievement, fit: _Fit) -> str:
    return _short(achievement.indicator.name, _NAME_SIZE, fit)


def _value_of(achievement: Achievement) -> str:
    return actual_cell(achievement) if achievement.members else actual_line(achievement)


def _standing(achievement: Achievement) -> str:
    """Return the verdict with how it goes, where that says more: 「未達成(順調)」「達成(A)」."""
    if achievement.standing and not achievement.says_standing:
        standing = f"{achievement.label}({achievement.standing})"
    else:
        standing = achievement.verdict
    other = other_verdict(achievement)
    return standing + (f"\n({other})" if other else "")


def _goals(ledger: Ledger, summary: Summary, changes: Changes | None, fit: _Fit) -> Iterator[Block]:
    goals = charted_goals(summary)
    if not goals:
        return
    yield _goals_table(ledger, summary, changes, fit)
    yield Notes(_notes(ledger, summary), "digest_notes")
    if fit.extra is not None:
        yield counts_chart(summary, _PLOT + _BAR * len(goals) + fit.extra)


def _goals_table(ledger: Ledger, summary: Summary, changes: Changes | None, fit: _Fit) -> DataTable:
    """Return the table of goals without what the sentences say, so that a title has room."""
    by_pace = _pace_columns(ledger) if _has_paces(ledger, summary) else ()
    table = goals_table(
        summary,
        changes,
        leave_out={*_LEFT_OUT, *(("missed", "both") if by_pace else ())},
        title_width=max(_LEAST_TITLE, _TITLE_WIDTH - _title_given(by_pace)),
        after_achieved=by_pace,
    )
    rows = (
        (replace(title, text=_short(title.text, _TITLE_SIZE, fit)), *cells)
        for title, *cells in table.rows
    )
    return replace(table, rows=tuple(rows))


def _title_given(columns: Sequence[GoalColumn]) -> int:
    """Return how much of the width of titles the columns take that stand behind 達成."""
    added = sum(column.width for column in columns)
    return max(0, added - _WIDTH_LEFT_OUT)


def _has_paces(ledger: Ledger, summary: Summary) -> bool:
    return is_paced(ledger.plan) and any(goal.kpis for goal in summary.goals)


def _pace_columns(ledger: Ledger) -> tuple[GoalColumn, ...]:
    """Return the columns of what is on its way, by how it goes."""
    if ledger.plan.grades:
        return _grade_columns(ledger.plan)
    pace = ledger.settings.pace

    def on(field: str, heading: str, width: int, level: PaceLevel) -> GoalColumn:
        return GoalColumn(
            field,
            heading,
            width,
            lambda goal: paced(_missed(goal), level),
            lambda a: a.result is Result.MISSED and _level(a) is level,
        )

    return (
        on("on_track", pace.on_track, 14, PaceLevel.ON_TRACK),
        on("slow", pace.slow, 19, PaceLevel.SLOW),
        on("late", pace.late, 14, PaceLevel.LATE),
        GoalColumn("others", "その他", 15, _others, partial(_is_other, ledger.settings)),
    )


def _level(achievement: Achievement) -> PaceLevel | None:
    return achievement.grade.level if achievement.grade else None


def _grade_columns(plan: Plan) -> tuple[GoalColumn, ...]:
    """Return the columns of the grades; more than fit on the page are left out."""
    if len(plan.grades) > _MOST_GRADES:
        return ()

    def number(grade: Grade) -> Callable[[GoalSummary], int]:
        return lambda goal: goal.kpi.grades.get(grade.name, 0)

    return (
        *(
            GoalColumn(
                f"grade{rank}", grade.name, 13, number(grade), partial(has_grade, grade.name)
            )
            for rank, grade in enumerate(plan.grades, start=1)
        ),
        GoalColumn(
            "ungraded", UNGRADED, 19, lambda goal: ungraded(goal.kpi), partial(has_grade, None)
        ),
    )


def _missed(goal: GoalSummary) -> list[Achievement]:
    return [a for a in goal.counted(goal.kpis) if a.result is Result.MISSED]


def _others(goal: GoalSummary) -> int:
    """Return how many of the items are neither 達成 nor have a pace."""
    missed = _missed(goal)
    return goal.kpi.not_achieved - sum(paced(missed, each) for each in _ON_THE_WAY)


def _is_other(settings: Settings, achievement: Achievement) -> bool:
    """Return whether an item is neither 達成 nor has a pace."""
    match achievement.result:
        case Result.MISSED:
            return _level(achievement) not in _ON_THE_WAY
        case Result.UNPUBLISHED:
            return not settings.exclude_unpublished
        case Result.BLANK:
            return True
        case Result.ACHIEVED | Result.EXCLUDED | Result.NOT_ASKED:
            return False
        case _:
            assert_never(achievement.result)


def _short(text: str, size: int, fit: _Fit) -> str:
    return cut(text, size) if fit.cut else text


def _notes(ledger: Ledger, summary: Summary) -> tuple[str, ...]:
    """Return on one line what the sentences above have not said of the number of KPIs."""
    unsaid = replace(summary.kpi, unpublished=0, pending=0, blank=0)
    words = "※「その他」は、未公表・未入力など、進み具合のないものです。"
    if ledger.plan.grades:
        words = "".join(grade_notes(ledger.plan))
    origin = of_count("total", summary.goals, summary.kpi)
    line = (words if _has_paces(ledger, summary) else "") + "".join(count_notes(unsaid, origin))
    return (NoteLine(line, origin),) if line else ()


def _outlook(ledger: Ledger, summary: Summary, fit: _Fit) -> Iterator[Block]:
    """Yield how many are near and how many are late, and those of all goals: as many of each."""
    if not is_measured(ledger.plan):
        return
    found, behind = near(summary, ledger.settings), late(summary)
    first: Text = (
        "あと少しの指標は",
        Figure("say_near", f"{len(found)}件", of_near(found, summary)),
    )
    rest = ("、", *counted_behind(ledger, summary, behind)) if is_paced(ledger.plan) else ()
    yield Paragraph((*first, *rest, "です(数値目標を含みます)。"))
    most = min([fit.most, *(len(each) for each in (found, behind) if each)])
    nearest = sorted(found, key=lambda each: -each.closeness)[:most]
    furthest = sorted(behind, key=_behind)[:most]
    shown = (*map(_near, nearest), *map(_far, furthest))
    if shown:
        yield _outlook_table(ledger.plan, shown, fit)


class _Named(NamedTuple):
    """An indicator that is near or late, what it is called for that, and what it lacks."""

    word: str
    name: str
    achievement: Achievement
    missing: str


def _near(each: Near) -> _Named:
    return _Named("あと少し", "near", each.achievement, _lacking(each.achievement))


def _far(achievement: Achievement) -> _Named:
    return _Named("遅れている", "far", achievement, _lacking(achievement))


def _lacking(achievement: Achievement) -> str:
    return by_part(achievement, lacking, "\n")


def _behind(achievement: Achievement) -> tuple[bool, Decimal]:
    """Return by what those that are late are put in order: 遅れ first, then the least progress."""
    is_late = achievement.grade is not None and achievement.grade.level is PaceLevel.LATE
    return not is_late, min(part.progress or Decimal(0) for part in achievement.parts)


def _outlook_table(plan: Plan, shown: Sequence[_Named], fit: _Fit) -> DataTable:
    width = number_width(each.achievement for each in shown)
    more = more_for_two(plan)

    def numbers(each: _Named) -> TableCell:
        return TableCell(numbers_of(plan, each.achievement))

    def figure(each: _Named, field: Aspect, text: str) -> TableCell:
        name = f"{each.name}_{row_key(each.achievement)}_{field}"
        return TableCell(text, figure=name, origin=of(each.achievement, field))

    return list_table(
        "達成に特に近い指標と特に遅れている指標",
        (
            ListColumn("区分", 21, "center", lambda each: TableCell(each.word)),
            ListColumn("番号", width, "center", numbers),
            ListColumn(
                "指標", 50 - more, "left", lambda e: TableCell(_name_of(e.achievement, fit))
            ),
            ListColumn(
                "目標値",
                28 + more,
                "right",
                lambda e: figure(e, "target", targets_cell(e.achievement)),
            ),
            ListColumn(
                "実績値", 28, "right", lambda e: figure(e, "actual", actual_cell(e.achievement))
            ),
            ListColumn("目標までの差", 33, "right", lambda e: figure(e, "missing", e.missing)),
        ),
        shown,
        "特に近いもの、次いで特に遅れているものの、目標値、実績値、目標までの差。",
        "outlook",
        tuple(f"{each.name}_{row_key(each.achievement)}" for each in shown),
    )
