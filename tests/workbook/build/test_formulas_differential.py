"""The live formulas against Python: filled at random, recalculated by LibreOffice, every cell.

The filled workbooks carry the cached values of the empty ones, so a program that trusted them
would fail; the values compared are those that LibreOffice computes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils.cell import (
    column_index_from_string,
    coordinate_from_string,
    get_column_letter,
)
from paths import MADE_UP
from random_fillings import fill, name_place
from workbook_tools import Error, Value, Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.achievement import JUDGED, Achievement
from aso_xl.domain.checks import values
from aso_xl.domain.figures import EnteredFigure
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Goal, Indicator, Kind
from aso_xl.domain.summary import Count, Summary, rate, summarize
from aso_xl.strategies import definition
from aso_xl.workbook.build import template
from aso_xl.workbook.build.course_block import CHOSEN
from aso_xl.workbook.layout import SUMMARY
from aso_xl.workbook.read import reading

pytestmark = [pytest.mark.libreoffice, needs_libreoffice]

FILLINGS = {"third": 8, "second": 2, str(MADE_UP): 16}
BUILT = ("template", "second_term", "sample", "made_up")
FORBIDDEN = {"percent-fraction", "negative", "fractional-count", "over-100"}
Place = tuple[str, str]


@dataclass(frozen=True)
class Filled:
    """A workbook as filled, with the caches of the empty one, and as LibreOffice computes it."""

    source: Path
    computed: Path


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory,
    template_path: Path,
    second_path: Path,
    sample_path: Path,
) -> dict[str, Filled]:
    folder = tmp_path_factory.mktemp("differential")
    files = {"template": template_path, "second_term": second_path, "sample": sample_path}
    for name, count in FILLINGS.items():
        plan = definition.load(name)
        empty = folder / f"{Path(name).stem}.xlsx"
        empty.write_bytes(template.build(plan))
        files.setdefault(empty.stem, empty)
        for seed in range(count):
            key = f"{empty.stem}-{seed:02d}"
            files[key] = fill(empty, plan.plan, seed, folder / f"{key}.xlsx")
    files["slips"] = _slips(template_path, folder / "slips.xlsx")
    saved = recalculated(files, folder)
    return {key: Filled(files[key], saved[key]) for key in files}


KEYS = [
    f"{Path(name).stem}-{seed:02d}" for name, count in FILLINGS.items() for seed in range(count)
]


@pytest.mark.parametrize("key", KEYS)
def test_every_formula_cell_shows_what_python_computes(filled: dict[str, Filled], key: str) -> None:
    source, computed = Xlsx(filled[key].source), Xlsx(filled[key].computed)
    expected = dict(_expected(reading.read(filled[key].source), source))
    formulas = {(sheet, at) for sheet in source.sheet_parts for at in source.formulas(sheet)}
    assert expected.keys() == formulas
    shown = {place: computed.value(*place) for place in expected}
    assert {p: (v, expected[p]) for p, v in shown.items() if v != expected[p]} == {}


@pytest.mark.parametrize("key", BUILT)
def test_cached_values_are_what_libreoffice_computes(filled: dict[str, Filled], key: str) -> None:
    source, computed = Xlsx(filled[key].source), Xlsx(filled[key].computed)
    places = [(sheet, at) for sheet in source.sheet_parts for at in source.formulas(sheet)]
    assert len(places) > 20
    assert {p: source.value(*p) for p in places} == {p: computed.value(*p) for p in places}


def test_fillings_were_really_recalculated_and_show_every_case(filled: dict[str, Filled]) -> None:
    stale, words = 0, Counter[Value]()
    for key in KEYS:
        source, computed = Xlsx(filled[key].source), Xlsx(filled[key].computed)
        for sheet in source.sheet_parts:
            for at in source.formulas(sheet):
                stale += source.value(sheet, at) != computed.value(sheet, at)
                words[computed.value(sheet, at)] += 1
    assert stale > 4500
    wanted = ("達成", "未達成", "未入力", "要確認", "未公表", "集計中", "対象外", "－")
    assert [
        word for word in (*wanted, "順調", "やや遅れ", "遅れ", "要改善") if words[word] < 20
    ] == []


SLIPS: tuple[tuple[str, Value, Value, str], ...] = (
    ("1-01-1", "１２０人", "要確認", "achieved"),
    ("1-01-2", "　未公表 ", "要確認", "unpublished"),
    ("1-01-3", " ", "要確認", "blank"),
    ("1-01-5", Error("#N/A"), "要確認", "blank"),
    ("1-02-1", Error("#DIV/0!"), "要確認", "blank"),
)


def test_slips_that_the_sheet_leaves_to_the_check(filled: dict[str, Filled]) -> None:
    """Only pasting brings these into a cell: the sheet says 要確認 where Python reads on."""
    ledger, computed = reading.read(filled["slips"].source), Xlsx(filled["slips"].computed)
    found = summarize(
        ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings
    ).achievements
    for id_, typed, shown, result in SLIPS:
        cell = ledger.rows[id_].cells["result"]
        assert (typed, computed.value(cell.sheet, cell.address)) == (typed, shown)
        assert (typed, found[id_].result.value) == (typed, result)
    table = computed.tables["集計_KPI"]
    row = {head: computed.value(table.sheet, table.address(head, table.top + 1)) for head in HEADS}
    assert row == {"項目数": 16, "達成": 0, "未達成": 0, "未入力": 11, "要確認": 5}


HEADS = ("項目数", "達成", "未達成", "未入力", "要確認")


def _slips(source: Path, to: Path) -> Path:
    book = Xlsx(source)
    for id_, typed, _, _ in SLIPS:
        book.put(book.find(id_, "R8"), typed)
    return book.save(to)


def _expected(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    settings = ledger.settings
    summary = summarize(ledger.plan, ledger.actuals, settings.round, settings)
    for id_, achievement in summary.achievements.items():
        cells = ledger.rows[id_].cells
        for field, value in _row(ledger, achievement).items():
            if cells[field].is_formula:
                yield (cells[field].sheet, cells[field].address), value
    for figure in ledger.every_figure():
        remark = ledger.rows[figure.indicator.id].cells["remark"]
        if figure.round == ledger.plan.rounds[0] and remark.is_formula:
            yield (remark.sheet, remark.address), _may_be_typed(figure)
    for sheet in book.sheet_parts:
        for at, formula in book.formulas(sheet).items():
            if formula.startswith('"評価年度: "'):
                yield (sheet, at), f"評価年度: {settings.round}"
    yield ("_aso_xl", "G1"), Decimal(ledger.plan.rounds.index(settings.round) + 1)
    yield ("_aso_xl", "G2"), Decimal(settings.round.year)
    yield from _assignments(ledger, book)
    yield from _counts(ledger, book)
    yield from _course(ledger, book)
    yield from _progress(ledger, book, summary)
    for kind, name in (("kpi", "集計_KPI"), ("headline", "集計_数値目標")):
        yield from _summary(ledger, book, summary, "kpi" if kind == "kpi" else "headline", name)


def _assignments(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    """Yield what 担当割 says is missing, and what the goals' sheets show of it."""
    table, marks = book.tables["担当割表"], Counter[str]()
    for row in table.rows:
        at = {head: (table.sheet, table.address(head, row)) for head in table.columns}
        id_, text = str(book.value(*at["番号"])), str(book.value(*at["担当課"]) or "")
        shown = ledger.shown_departments[id_]
        yield (shown.sheet, shown.address), text
        unlisted = {*text.split("、")} - {*ledger.settings.departments}
        mark = "一覧にない課" if unlisted else ""
        if not text:
            measure = ledger.plan.measures.get(id_)
            mark = "KPIと同じ" if measure and measure.kpis else "未設定"
        marks[mark] += 1
        yield at["確認"], mark
    words = "、".join(f"{word} {marks[word]}件" for word in ("未設定", "一覧にない課"))
    yield (table.sheet, f"A{table.top - 2}"), words


def _may_be_typed(figure: EnteredFigure) -> bool:
    """Return what the input rule of a cell must say: a mark, or a number without an error."""
    if figure.value is None:
        return figure.actual.mark is not None
    return not FORBIDDEN & {issue.code for issue in values.check(figure)}


def _row(ledger: Ledger, achievement: Achievement) -> Mapping[str, Value]:
    """Return what the formula columns of one indicator's row must show."""
    own = ledger.rows[achievement.indicator.id].cells[str(achievement.round)]
    if achievement.result in JUDGED:
        used: Value = achievement.value
        if used is None:
            used = achievement.label
        progress: Value = achievement.progress
        return {
            "used": used,
            "result": achievement.label,
            "progress": "" if progress is None else progress,
            "pace": achievement.pace or "－",
        }
    if _doubtful(ledger, achievement):
        typed = own.value if isinstance(own.value, str | bool) else Decimal(str(own.value))
        return {"used": typed, "result": "要確認", "progress": "", "pace": ""}
    used = achievement.mark.value if achievement.mark else ""
    return {"used": used, "result": achievement.label, "progress": "", "pace": ""}


def _doubtful(ledger: Ledger, achievement: Achievement) -> bool:
    """Return True if something was typed that is no value: the sheet says 要確認, Python blank."""
    own = ledger.rows[achievement.indicator.id].cells[str(achievement.round)]
    return achievement.result.value == "blank" and not own.is_blank


def _counts(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    for goal in ledger.plan.goals:
        if goal.kpi_counts:
            table = book.tables[f"KPI件数_{goal.number}"]
            shown = rate(goal.kpi_counts.achieved, goal.kpi_counts.total)
            yield (table.sheet, table.address("達成率", table.top + 1)), _or_dash(shown)


def _course(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    """Yield what the block 指標の推移 must show for the indicator that is chosen in it."""
    place = name_place(book, CHOSEN)
    if place is None:
        return
    sheet, (column, row) = place[0], coordinate_from_string(place[1])
    id_ = str(book.value(*place)).partition("　")[0]
    row_of, indicator = ledger.rows[id_], ledger.plan.by_id[id_]
    words = (*indicator.course_words, "縦軸は0からとは限らない")
    title = f"{indicator.id}　{indicator.name}の推移({'、'.join(words)})"
    for offset, text in enumerate((id_, title, indicator.unit), start=1):
        yield (sheet, f"{column}{row + offset}"), text
    for index, round_ in enumerate(ledger.plan.rounds, start=column_index_from_string(column) + 2):
        yield (sheet, f"{get_column_letter(index)}{row}"), str(round_ + -indicator.lag)
        for offset, field in enumerate((str(round_), "baseline", "target"), start=1):
            value = row_of.cells[field].value if field in row_of.cells else None
            shown = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            number = Decimal(f"{float(value):.15g}") if shown else Error("#N/A")  # type: ignore[arg-type]
            yield (sheet, f"{get_column_letter(index)}{row + offset}"), number


def _progress(ledger: Ledger, book: Xlsx, summary: Summary) -> Iterator[tuple[Place, Value]]:
    """Yield what the charts of progress are drawn from: bars within the scale, and those cut."""
    shown = re.compile(r"ISNUMBER\(INDEX\(KPI_(\d+)\[進捗率\],(\d+)\)\),(NOT)?")
    for at, formula in book.formulas(SUMMARY).items():
        if found := shown.search(formula):
            kpi = ledger.plan.goals[int(found[1]) - 1].kpis[int(found[2]) - 1]
            achievement = summary.achievements[kpi.id]
            progress = achievement.progress if achievement.result in JUDGED else None
            is_drawn = progress is not None and (-100 <= progress <= 150) is (found[3] is None)
            yield (SUMMARY, at), progress if is_drawn else ""


def _or_dash(value: Decimal | None) -> Value:
    return "－" if value is None else value


def _summary(
    ledger: Ledger, book: Xlsx, summary: Summary, kind: Kind, name: str
) -> Iterator[tuple[Place, Value]]:
    table = book.tables[name]
    total, doubtful = Count(), 0
    for row, goal in zip(table.rows, summary.goals, strict=False):
        count = goal.kpi if kind == "kpi" else goal.headline
        odd = sum(
            _doubtful(ledger, summary.achievements[i.id]) for i in _once(ledger, goal.goal, kind)
        )
        total, doubtful = total + count, doubtful + odd
        for head, value in _line(count, odd).items():
            place = table.sheet, table.address(head, row)
            if place[1] in book.formulas(table.sheet):
                yield place, value
    for head, value in _line(total, doubtful).items():
        yield (table.sheet, table.address(head, table.bottom)), value


def _once(ledger: Ledger, goal: Goal, kind: Kind) -> list[Indicator]:
    own = goal.kpis if kind == "kpi" else goal.headlines
    return [i for i in own if i.id not in ledger.plan.repeats(goal, kind)]


def _line(count: Count, doubtful: int) -> dict[str, Value]:
    numbers = {
        "項目数": count.total,
        "達成": count.achieved,
        "未達成": count.missed,
        "未入力": count.blank - doubtful,
        "要確認": doubtful,
        "未公表": count.unpublished - count.pending,
        "集計中": count.pending,
        "対象外": count.excluded,
    }
    return {**{k: Decimal(v) for k, v in numbers.items()}, "達成率": _or_dash(count.rate)}
