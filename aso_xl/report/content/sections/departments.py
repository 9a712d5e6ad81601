"""担当課別: which 担当課 has how many indicators of what result, and which they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ....domain.departments import UNASSIGNED, Department, departments, repeated
from ....domain.ledger import Ledger
from ....domain.plan import KIND_LABELS
from ....domain.summary import Count, Summary
from ..blocks import Block, Cell, Column, DataTable, Figure, Heading, Notes, Paragraph, Reference
from .appendix import Listing, Years, reading_notes
from .names import key, key_of_text
from .near import is_measured
from .wording import NONE, count_notes, percent

_FIELDS: Final = ("total", "achieved", "missed", "blank", "unpublished", "excluded", "rate")
_HEADS: Final = ("項目数", "達成", "未達成", "未入力", "未公表等", "対象外", "達成率")
LIST_COLUMNS: Final = (
    Column("番号", 16, "center"),
    Column("指標", 92),
    Column("目標値", 34, "right"),
    Column("実績値", 34, "right"),
    Column("達成状況", 22, "center"),
    Column("進捗率", 20, "right"),
    Column("進み具合", 22, "center"),
)
_SHOWN: Final = (0, 2, 4, 5, 6, 7, 8)
"""Which cells of the rows of the appendix these lists have."""


def by_department(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the cross-tables of departments with results and with goals."""
    found = departments(ledger, summary)
    yield Heading("担当課別の状況")
    if not found:
        yield Paragraph("指標ごとの実績がないため、担当課別には示せません。")
        return
    yield Paragraph(_lead(ledger, found))
    yield _counts_table(found, summary)
    yield Notes((*count_notes(_sum(found)), *_caveats(ledger)), "dept_notes")
    if len(ledger.plan.goals) > 1:
        yield _goals_table(ledger, found, summary)


def lists(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the indicators of each department; nothing for a plan without any."""
    found = departments(ledger, summary)
    if not found:
        return
    yield Heading("担当課ごとの指標")
    years = Years(ledger.plan)
    if is_measured(ledger.plan):
        yield reading_notes(ledger.plan, years, ledger.settings)
    for department in found:
        yield from _list(ledger, department, years, summary)


def _lead(ledger: Ledger, found: Sequence[Department]) -> tuple[str | Figure | Reference, ...]:
    whole = _sum(found)
    return (
        _counted(ledger),
        Figure("say_dept_total", f"{whole.total}項目"),
        "のうち",
        Figure("say_dept_achieved", f"{whole.achieved}項目"),
        "が目標を達成しました。",
        Figure("say_dept_none", _unassigned(found)),
        "担当課ごとの状況は、",
        Reference("dept"),
        "のとおりです。",
    )


def _counted(ledger: Ledger) -> str:
    """Return what kinds of indicators are counted."""
    kinds = {indicator.kind for indicator in ledger.plan.indicators()}
    return "数値目標とKPIを合わせた" if len(kinds) > 1 else KIND_LABELS[kinds.pop()]


def _unassigned(found: Sequence[Department]) -> str:
    number = sum(len(each.achievements) for each in found if each.name == UNASSIGNED)
    return (
        f"担当課の決まっていない指標が{number}件あり、「{UNASSIGNED}」に示します。"
        if number
        else ""
    )


def _caveats(ledger: Ledger) -> Iterator[str]:
    """Yield what a reader must know to add the numbers up."""
    if again := repeated(ledger):
        names = "、".join(id_ for id_ in ledger.plan.by_id if id_ in again)
        yield f"※同じ基本目標に同じ数値が2度ある指標は、1項目と数えています({names}は数えていません)。"
    published = [str(goal.number) for goal in ledger.plan.goals if goal.kpi_counts]
    if published:
        yield f"※基本目標{'・'.join(published)}のKPIは項目数だけが公表されているため、この表に含めていません。"


def _sum(found: Sequence[Department]) -> Count:
    return sum((each.count for each in found), Count())


def _counts_table(found: Sequence[Department], summary: Summary) -> DataTable:
    rows = [_counts_row(each.name, each.count, key_of_text(each.name)) for each in found]
    return DataTable(
        f"担当課別の達成状況({summary.round.label})",
        (Column("担当課", 60), *(Column(head, 26, "right") for head in _HEADS)),
        (*rows, _counts_row("合計", _sum(found), "all")),
        f"担当課{len(found)}件と合計の、項目数、達成状況別の項目数、達成率。",
        "dept",
        (*(key_of_text(each.name) for each in found), "all"),
    )


def _counts_row(title: str, count: Count, name: str) -> tuple[Cell, ...]:
    numbers = (count.total, count.achieved, count.missed, count.blank, count.unpublished)
    texts = (*map(str, (*numbers, count.excluded)), percent(count.rate))
    return (
        Cell(title, bold=name == "all"),
        *(
            Cell(text, figure=f"dept_{name}_{field}")
            for field, text in zip(_FIELDS, texts, strict=True)
        ),
    )


def _goals_table(ledger: Ledger, found: Sequence[Department], summary: Summary) -> DataTable:
    numbers = [goal.number for goal in ledger.plan.goals]
    columns = (
        *(Column(f"基本目標{number}", 30, "right") for number in numbers),
        Column("合計", 30, "right"),
    )
    rows = [_goals_row(each.name, [each], numbers, key_of_text(each.name)) for each in found]
    return DataTable(
        f"担当課別・基本目標別の達成項目数/項目数({summary.round.label})",
        (Column("担当課", 60), *columns),
        (*rows, _goals_row("合計", found, numbers, "all")),
        f"担当課{len(found)}件と合計の、基本目標ごとの達成した項目数と項目数。",
        "deptgoal",
        (*(key_of_text(each.name) for each in found), "all"),
    )


def _goals_row(
    title: str, found: Sequence[Department], numbers: Sequence[int], name: str
) -> tuple[Cell, ...]:
    counts = {str(goal): [d.goals[goal] for d in found if goal in d.goals] for goal in numbers}
    counts["all"] = [department.count for department in found]
    return (
        Cell(title, bold=name == "all"),
        *(Cell(_part(own), figure=f"deptgoal_{name}_{field}") for field, own in counts.items()),
    )


def _part(counts: Sequence[Count]) -> str:
    whole = sum(counts, Count())
    return f"{whole.achieved}/{whole.total}" if counts else NONE


def _list(
    ledger: Ledger, department: Department, years: Years, summary: Summary
) -> Iterator[Block]:
    name = key_of_text(department.name)
    listing = Listing(ledger.plan, years, summary.round)
    rows = [tuple(row[at] for at in _SHOWN) for row in listing.rows(department.achievements)]
    yield Heading(department.name, 2)
    yield DataTable(
        f"{department.name}の指標({summary.round.label})",
        LIST_COLUMNS,
        tuple(rows),
        f"{department.name}の指標{len(rows)}件の目標値、実績値、達成状況、進捗率、進み具合。",
        f"deptlist_{name}",
        tuple(key(a.indicator.id) for a in department.achievements),
    )
    yield Notes(tuple(listing.notes), f"deptnotes_{name}")
