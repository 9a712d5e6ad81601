"""The same counts everywhere: evaluate, its CSV, the document and the sheet 集計 as it is calculated.

Workbooks are filled at random with figures, 未公表, 集計中, 対象外, blanks and slips; departments are
written as people write them, several in one cell too.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

import pytest
from cli_tools import Command
from paths import MADE_UP
from random_fillings import fill
from workbook_tools import Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.departments import SEPARATOR, label, names_in, repeated
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import ReportKind
from aso_xl.domain.words import UNASSIGNED
from aso_xl.report.content.blocks import DataTable
from aso_xl.report.content.documents import report
from aso_xl.strategies import definition
from aso_xl.workbook.build import template
from aso_xl.workbook.layout import COUNTS_TABLE
from aso_xl.workbook.read.reading import read

SEEDS = range(6)
WRITTEN = (
    "観光課",
    "観光課、農政課",
    "観光課，農政課",
    "農政課\u200b",
    "農政課／観光課",
    "未設定",
    "未割当",
    "",
    " ",
)
RESULTS = ("達成", "未達成", "未公表", "集計中", "未入力", "対象外")
Counts = dict[str, int]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("alike")
    files: dict[str, Path] = {}
    for name in ("third", str(MADE_UP)):
        plan = definition.load(name)
        empty = folder / f"{Path(name).stem}.xlsx"
        empty.write_bytes(template.build(plan))
        for seed in SEEDS:
            key = f"{empty.stem}-{seed}"
            path = fill(empty, plan.plan, seed, folder / f"{key}.xlsx")
            random, book = Random(seed), Xlsx(path)
            for indicator in plan.plan.indicators():
                book.put(book.find(indicator.id, "担当課"), random.choice(WRITTEN))
            files[key] = book.save(path)
    return files


KEYS = [f"{stem}-{seed}" for stem in ("third", MADE_UP.stem) for seed in SEEDS]


@pytest.fixture
def ledger(filled: dict[str, Path], key: str) -> Ledger:
    return read(filled[key])


@pytest.fixture
def rows(aso: Command, filled: dict[str, Path], key: str, tmp_path: Path) -> list[dict[str, str]]:
    """Return the indicators of the CSV, a figure that stands twice in a goal and kind only once."""
    aso("export", filled[key], "--csv", tmp_path / "csv")
    again = repeated(read(filled[key]))
    with (tmp_path / "csv" / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = [row for row in csv.DictReader(stream) if row["番号"] not in again]
    return [{**row, "担当課": row["担当課"] or UNASSIGNED} for row in found]


def tally(rows: Iterable[Mapping[str, str]], *, without_unpublished: bool) -> Counts:
    """Return how many rows have which result, and how many are counted."""
    found = Counter(row["判定"] for row in rows)
    assert set(found) <= set(RESULTS)
    waiting = found["未公表"] + found["集計中"]
    counted = found["達成"] + found["未達成"] + found["未入力"]
    return {
        "total": counted + (0 if without_unpublished else waiting),
        "achieved": found["達成"],
        "missed": found["未達成"],
        "unpublished": waiting,
        "blank": found["未入力"],
        "excluded": found["対象外"],
    }


def printed(ledger: Ledger, kind: ReportKind, name: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table of the document by what stands first, and the cells by field."""
    made = report(ledger, ledger.settings.round, kind)
    (table,) = (b for b in made.blocks() if isinstance(b, DataTable) and b.name == name)
    return {
        row[0].text: {cell.figure.rpartition("_")[2]: cell.text for cell in row if cell.figure}
        for row in table.rows
    }


def assert_alike(shown: Mapping[str, str], counted: Counts) -> None:
    assert {k: int(v) for k, v in shown.items() if k in counted} == {
        k: v for k, v in counted.items() if k in shown
    }


@pytest.mark.parametrize("key", KEYS)
def test_evaluate_csv_and_document_count_alike(
    aso: Command, filled: dict[str, Path], key: str, rows: list[dict[str, str]], ledger: Ledger
) -> None:
    evaluation = aso("evaluate", filled[key], "--json").json
    without = ledger.settings.exclude_unpublished
    overview = printed(ledger, ReportKind.ANNUAL, "over")
    published = {str(g.number): g.kpi_counts for g in ledger.plan.goals if g.kpi_counts}
    kpis = [row for row in rows if row["区分"] == "KPI"]
    for goal in evaluation["goals"]:
        own = [row for row in kpis if row["基本目標"] == str(goal["number"])]
        counted = tally(own, without_unpublished=without)
        if known := published.get(str(goal["number"])):  # counts are all that is known of it
            assert not own
            counted |= {"total": known.total, "achieved": known.achieved}
            counted["missed"] = known.total - known.achieved
        assert {k: goal["kpi"][k] for k in counted} == counted
        if any(counted.values()):
            assert_alike(overview[f"{goal['number']} {goal['title']}"], counted)
    whole = tally(kpis, without_unpublished=without)
    whole["total"] += sum(each.total for each in published.values())
    whole["achieved"] += sum(each.achieved for each in published.values())
    whole["missed"] += sum(each.total - each.achieved for each in published.values())
    assert {k: evaluation["overall"][k] for k in whole} == whole
    assert_alike(overview["合計"], whole)


@pytest.mark.parametrize("key", KEYS)
def test_departments_count_alike(key: str, rows: list[dict[str, str]], ledger: Ledger) -> None:
    without = ledger.settings.exclude_unpublished
    written_down, known = {row["担当課"] for row in rows}, ledger.settings.departments
    assert written_down == {label(names_in(each, known)) for each in WRITTEN} & written_down
    names = {name for each in written_down for name in each.split(SEPARATOR)}
    table = printed(ledger, ReportKind.DEPARTMENTS, "dept")
    assert set(table) == {*names, "合計"}
    for name in names:
        own = [row for row in rows if name in row["担当課"].split(SEPARATOR)]
        assert_alike(table[name], tally(own, without_unpublished=without))
    assert_alike(table["合計"], tally(rows, without_unpublished=without))


@pytest.mark.libreoffice
@needs_libreoffice
def test_the_sheet_as_calculated_counts_alike(
    aso: Command, filled: dict[str, Path], tmp_path: Path
) -> None:
    saved = recalculated(filled, tmp_path)
    for key, path in filled.items():
        book = Xlsx(saved[key])
        table = book.tables[COUNTS_TABLE]

        def shown(head: str, row: int, book: Xlsx = book, table: object = table) -> int:
            return int(str(book.value(table.sheet, table.address(head, row))))  # type: ignore[attr-defined]

        evaluation = aso("evaluate", path, "--json").json
        for row, goal in zip(table.rows, evaluation["goals"], strict=False):
            assert {
                "total": shown("項目数", row),
                "achieved": shown("達成", row),
                "missed": shown("未達成", row),
                "unpublished": shown("未公表", row) + shown("集計中", row),
                "blank": shown("未入力", row) + shown("要確認", row),
                "excluded": shown("対象外", row),
            } == {k: v for k, v in goal["kpi"].items() if k not in ("rate", "grades")}, key
