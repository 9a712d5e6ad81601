"""会議資料: what the members of a council look at, goal by goal, with room to write opinions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....domain.achievement import Achievement
from ....domain.ledger import Ledger
from ....domain.plan import Plan
from ....domain.summary import GoalSummary, Summary
from ..blocks import (
    Block,
    DataTable,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    TableCell,
    TableColumn,
)
from .by_rule import has_targets_by_year, standing_word
from .evaluation import evaluation_of
from .listing import Listing, Years, list_notes, reading_notes, row_keys
from .lists import ListColumn, list_table
from .trends import progress_charts, uncharted
from .wording import unnumbered

_LEAD: Final = "基本目標ごとに、数値目標とKPIの評価を示します。ご意見を、それぞれの終わりの欄にお書きください。"
_LINES, _OVERALL_LINES, _LINE_HEIGHT = 8, 6, 9
"""Rows to write in, and how high they are in millimetres."""


def meeting(heading: str, ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield, a goal a page, its evaluation, its KPIs, their charts and lines to write on."""
    years = Years(ledger.plan)
    yield Heading(unnumbered(heading))
    yield Paragraph(f"{_LEAD}{_send_to(ledger)}")
    yield _member()
    yield reading_notes(ledger.plan, years, ledger.settings)
    for number, goal in enumerate(summary.goals):
        yield from (PageBreak(),) * bool(number)
        yield from evaluation_of(ledger, summary, goal)
        yield from _kpis(ledger, summary, years, goal)
        charts = tuple(progress_charts(ledger.plan, goal))
        yield from charts
        yield from (uncharted(ledger.plan, goal),) * bool(charts)
        yield _lines(goal.goal.printed_number, f"opinions_{goal.goal.number}", _LINES)
    yield _lines("全体", "opinions_all", _OVERALL_LINES)


def _send_to(ledger: Ledger) -> str:
    contact = ledger.settings.contact
    return f"ご提出とお問い合わせは、{contact}へお願いします。" if contact else ""


def _member() -> DataTable:
    """Return the table in which a member writes who it is."""
    return DataTable(
        "委員",
        (TableColumn("所属", 60), TableColumn("氏名", 60)),
        ((TableCell(""), TableCell("")),),
        "委員が所属と氏名を書く欄。",
        "member",
        row_height=_LINE_HEIGHT + 3,
    )


def _kpis(ledger: Ledger, summary: Summary, years: Years, goal: GoalSummary) -> Iterator[Block]:
    """Yield the list of a goal's KPIs with its footnotes; nothing where only counts are known."""
    if not goal.kpis:
        return
    listing, called = Listing(ledger, years, summary), goal.goal.printed_number
    rows = listing.rows(goal.kpis)
    number = goal.goal.number
    yield list_table(
        f"{called} KPIの達成状況({summary.round.label})",
        _columns(ledger.plan, listing),
        rows,
        f"{called}のKPI{len(goal.kpis)}件の目標値、実績値、達成状況、進捗率、{standing_word(ledger.plan)}。",
        f"meeting_{number}",
        row_keys(rows),
    )
    yield Notes(list_notes(ledger, listing, goal.kpis), f"meetingnotes_{number}")


def _columns(plan: Plan, listing: Listing) -> tuple[ListColumn[Achievement], ...]:
    has_two = has_targets_by_year(plan)
    return (
        ListColumn("番号", 14, "center", listing.number),
        ListColumn("指標", 42 if has_two else 48, "left", listing.name),
        ListColumn("目標値", 30, "right", listing.target),
        *(ListColumn("評価年度\nの目標", 26, "right", listing.round_target),) * has_two,
        ListColumn("実績値", 24, "right", listing.actual),
        ListColumn("達成状況", 23, "center", listing.result),
        ListColumn("進捗率", 19, "right", listing.progress),
        ListColumn(standing_word(plan), 17, "center", listing.pace),
    )


def _lines(about: str, name: str, count: int) -> DataTable:
    """Return a table of empty rows to be written on, by hand or in Word."""
    return DataTable(
        f"{about}へのご意見",
        (TableColumn("ご意見", 1),),
        ((TableCell(""),),) * count,
        f"{about}への意見を書く欄。空の行が{count}あります。",
        name,
        row_height=_LINE_HEIGHT,
    )
