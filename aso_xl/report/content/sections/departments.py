"""担当課別: which 担当課 has how many indicators of what result, and which they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ....domain.achievement import Achievement
from ....domain.departments import (
    Department,
    all_departments,
    asked,
    departments,
    measure_owners,
    repeated,
    shared,
)
from ....domain.fields import DEPARTMENT
from ....domain.ledger import Ledger
from ....domain.plan import KIND_LABELS, Plan
from ....domain.summary import Count, Summary
from ....domain.words import NONE, TOTAL, UNASSIGNED
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
from ..origins import Number, OfCells, OfCount, OfRules, Origin
from .by_rule import GRADE_WORD, grade_notes, has_targets_by_year, standing_word
from .counting import Test, chosen, has_grade, has_result
from .listing import Listing, Years, list_notes, reading_notes, row_keys
from .lists import ListColumn, list_table
from .names import key_of_text
from .near import is_measured
from .own_fields import of_indicators, of_measures
from .wording import count_notes, goals_named, percent


class _Counted(NamedTuple):
    """A row of the counts: its part of the names of figures, and what is counted."""

    name: str
    department: Department


def by_department(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the cross-tables of departments with results and with goals."""
    listed = departments(ledger, summary)
    yield Heading("担当課別の状況")
    if not listed:
        yield Paragraph("指標ごとの実績がないため、担当課別には示せません。")
        return
    whole = all_departments(summary)
    yield Paragraph(_lead(ledger, listed, whole))
    yield _counts_table(ledger.plan, listed, summary)
    yield Notes(
        (
            *grade_notes(ledger.plan),
            *count_notes(whole.count, _of(whole, "total")),
            *_caveats(ledger, _of(whole, "total")),
        ),
        "dept_notes",
    )
    if len(ledger.plan.goals) > 1:
        yield _goals_table(ledger, listed, summary)


def lists(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the indicators of each department; nothing for a plan without any."""
    listed = departments(ledger, summary)
    if not listed:
        return
    yield Heading("担当課ごとの指標")
    years = Years(ledger.plan)
    if is_measured(ledger.plan):
        yield reading_notes(ledger.plan, years, ledger.settings)
    times: Counter[str] = Counter()
    for department in listed:
        yield from _list(ledger, department, Listing(ledger, years, summary, dict(times)))
        times.update(each.indicator.id for each in department.achievements)


def _lead(
    ledger: Ledger, listed: Sequence[Department], whole: Department
) -> tuple[str | Figure | Reference, ...]:
    return (
        _counted(ledger),
        Figure("say_dept_total", f"{whole.count.total}項目", _of(whole, "total")),
        "のうち",
        Figure(
            "say_dept_achieved",
            f"{whole.count.achieved}項目",
            _of_those(whole, partial(has_result, "achieved")),
        ),
        "が目標を達成しました。",
        Figure("say_dept_none", _unassigned(listed), OfCells(tuple(_cells_of(listed)))),
        "担当課ごとの状況は、",
        Reference("dept"),
        "のとおりです。",
    )


def _counted(ledger: Ledger) -> str:
    """Return what kinds of indicators are counted."""
    kinds = {indicator.kind for indicator in ledger.plan.indicators()}
    return "数値目標とKPIを合わせた" if len(kinds) > 1 else KIND_LABELS[kinds.pop()]


def _of(department: Department, number: Number, goal: int | None = None) -> OfCount:
    """Return the origin of a number of all the indicators of a department, or those of a goal."""
    count = department.count if goal is None else department.goals.get(goal)
    items = partial(_items, department, goal)
    return OfCount(number, items, count, among=lambda: department.achievements)


def _of_those(department: Department, is_one: Test) -> OfCount:
    items = partial(chosen, lambda: department.items, is_one)
    return OfCount("items", items, among=lambda: department.achievements)


def _items(department: Department, goal: int | None) -> list[Achievement]:
    return [a for a in department.items if goal in (None, a.indicator.goal)]


def _cells_of(listed: Sequence[Department]) -> Iterator[tuple[str, str]]:
    """Yield the cells of 担当課 in which nobody is named."""
    for each in listed:
        if each.name == UNASSIGNED:
            yield from ((a.indicator.id, DEPARTMENT) for a in each.achievements)


def _unassigned(listed: Sequence[Department]) -> str:
    number = sum(len(each.achievements) for each in listed if each.name == UNASSIGNED)
    return (
        f"担当課の決まっていない指標が{number}件あり、「{UNASSIGNED}」に示します。"
        if number
        else ""
    )


def _caveats(ledger: Ledger, whole: Origin) -> Iterator[NoteLine]:
    """Yield what a reader must know to add the numbers up, of which the ``whole`` is counted."""
    numbers = ledger.plan.printed_numbers
    if ids := shared(ledger):
        names = "、".join(numbers[id_] for id_ in ids)
        yield NoteLine(
            f"※いくつかの課が受け持つ指標({names})は、それぞれの課で数え、合計では1項目と数えています。",
            OfCells(tuple((id_, DEPARTMENT) for id_ in ids)),
        )
    again = repeated(ledger)
    joint = {id_ for relation in ledger.plan.together for id_ in relation.ids}
    if twice := again - joint:
        names = "、".join(number for id_, number in numbers.items() if id_ in twice)
        yield NoteLine(
            f"※同じ基本目標に同じ数値が2度ある指標は、1項目と数えています({names}は数えていません)。",
            whole,
        )
    for group in ledger.plan.same_figures():
        counted = [numbers[id_] for id_ in group if id_ not in again]
        if len(counted) > 1:
            line = f"※{'と'.join(counted)}は同じ数値です。それぞれの番号で1項目と数えています。"
            yield NoteLine(line, whole)
    for relation in ledger.plan.together:
        own = "と".join(numbers[id_] for id_ in relation.ids if id_ in numbers)
        yield NoteLine(f"※{own}は、あわせて1項目(「{relation.name}」)と数えています。", whole)
    published = [goal for goal in ledger.plan.goals if goal.kpi_counts]
    if published:
        words = "のKPIは項目数だけが公表されているため、この表に含めていません。"
        yield NoteLine(f"※{goals_named(published)}{words}", OfRules())


def _graded(grade: str, count: Count) -> str:
    return str(count.grades.get(grade, 0))


def _counts_table(plan: Plan, listed: Sequence[Department], summary: Summary) -> DataTable:
    graded = f"、{GRADE_WORD}ごとの項目数" if plan.grades else ""

    width = 20 if plan.grades else 26

    def column(
        heading: str,
        field: str,
        text: Callable[[Count], str],
        origin: Callable[[Department], Origin],
    ) -> ListColumn[_Counted]:
        def cell(row: _Counted) -> TableCell:
            of = row.department
            return TableCell(text(of.count), figure=f"dept_{row.name}_{field}", origin=origin(of))

        return ListColumn(heading, width, "right", cell)

    def result(heading: str, field: str) -> ListColumn[_Counted]:
        def origin(of: Department) -> Origin:
            return _of_those(of, partial(has_result, field))

        return column(heading, field, lambda count: str(getattr(count, field)), origin)

    return list_table(
        f"担当課別の達成状況({summary.round.label})",
        (
            ListColumn("担当課", 60, "left", _title),
            column("項目数", "total", lambda count: str(count.total), lambda of: _of(of, "total")),
            result("達成", "achieved"),
            result("未達成", "missed"),
            result("未入力", "blank"),
            result("未公表等", "unpublished"),
            result("対象外", "excluded"),
            column("達成率", "rate", lambda count: percent(count.rate), lambda of: _of(of, "rate")),
            *(
                column(
                    grade.name,
                    f"grade{rank}",
                    partial(_graded, grade.name),
                    partial(_of_those, is_one=partial(has_grade, grade.name)),
                )
                for rank, grade in enumerate(plan.grades, start=1)
            ),
        ),
        rows := _rows(listed, summary),
        f"担当課{len(listed)}件と合計の、項目数、達成状況別の項目数、達成率{graded}。",
        "dept",
        tuple(row.name for row in rows),
    )


def _goals_table(ledger: Ledger, listed: Sequence[Department], summary: Summary) -> DataTable:
    def column(heading: str, field: str, goal: int | None) -> ListColumn[_Counted]:
        def cell(row: _Counted) -> TableCell:
            of = row.department
            count = of.count if goal is None else of.goals.get(goal)
            name = f"deptgoal_{row.name}_{field}"
            return TableCell(_part(count), figure=name, origin=_of(of, "rate", goal))

        return ListColumn(heading, 30, "right", cell)

    return list_table(
        f"担当課別・基本目標別の達成項目数/項目数({summary.round.label})",
        (
            ListColumn("担当課", 60, "left", _title),
            *(column(g.printed_number, str(g.number), g.number) for g in ledger.plan.goals),
            column(TOTAL, "all", None),
        ),
        rows := _rows(listed, summary),
        f"担当課{len(listed)}件と合計の、基本目標ごとの達成した項目数と項目数。",
        "deptgoal",
        tuple(row.name for row in rows),
    )


def _rows(listed: Sequence[Department], summary: Summary) -> tuple[_Counted, ...]:
    rows = (_Counted(key_of_text(each.name), each) for each in listed)
    return (*rows, _Counted("all", all_departments(summary)))


def _title(row: _Counted) -> TableCell:
    return TableCell(row.department.name, bold=row.name == "all")


def _part(count: Count | None) -> str:
    return f"{count.achieved}/{count.total}" if count else NONE


def _list(ledger: Ledger, department: Department, listing: Listing) -> Iterator[Block]:
    name = key_of_text(department.name)
    achievements = department.achievements
    rows, has_two = listing.rows(achievements), has_targets_by_year(ledger.plan)
    standing = standing_word(ledger.plan)
    yield Heading(department.name, 2)
    yield list_table(
        f"{department.name}の指標({listing.round.label})",
        (
            ListColumn("番号", 16, "center", listing.number),
            ListColumn("指標", 86, "left", listing.name),
            ListColumn("目標値", 34, "right", listing.target),
            *(ListColumn("評価年度\nの目標", 34, "right", listing.round_target),) * has_two,
            ListColumn("実績値", 34, "right", listing.actual),
            ListColumn("達成状況", 32 if has_two else 28, "center", listing.result),
            ListColumn("進捗率", 20, "right", listing.progress),
            ListColumn(standing, 22, "center", listing.pace),
        ),
        rows,
        f"{department.name}の指標{len(achievements)}件の"
        f"目標値、{'評価年度の目標、' * has_two}実績値、達成状況、進捗率、{standing}。",
        f"deptlist_{name}",
        row_keys(rows),
    )
    yield Notes(list_notes(ledger, listing, achievements), f"deptnotes_{name}")
    indicators = (a.indicator for a in achievements)
    yield from of_indicators(ledger, indicators, department.name, f"deptown_{name}")
    measures = (
        measure
        for id_, measure in ledger.plan.measures.items()
        if department.name in asked(measure_owners(ledger, id_))
    )
    yield from of_measures(ledger, measures, department.name, f"deptmeasures_{name}")
