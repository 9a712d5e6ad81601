"""追加の欄 in documents: what the plan prints, where something is written, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from paths import TESTS
from plan_ledgers import ledger_of_plan
from test_plan_numbers import column, made, table

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import DataTable, Document
from aso_xl.report.content.documents import report
from aso_xl.report.content.sections.heights import cell_width
from aso_xl.workbook.read.reading import read


def titles(table: DataTable) -> list[str]:
    return [column.title for column in table.columns]


def tables(document: Document) -> dict[str, DataTable]:
    return {b.name: b for b in document.blocks() if isinstance(b, DataTable)}


def without(ledger: Ledger, field: str) -> Ledger:
    """Return the ledger with the field empty in every 施策."""
    measures = {
        id_: replace(row, cells={k: c for k, c in row.cells.items() if k != field})
        for id_, row in ledger.measures.items()
    }
    return replace(ledger, measures=measures)


def test_measures_have_a_column_for_each_field_with_unit_and_wide_pages() -> None:
    document = made(ledger_of_plan("midori"), ReportKind.ANNUAL)
    found = table(document, "measures_1")
    assert titles(found)[-4:] == ["今後の方向", "決算額", "今後の方向性", "担当課"]
    assert column(found, "決算額") == ["18,250千円", "9,400千円"]
    assert column(found, "今後の方向性") == ["拡充", "継続"]
    assert [s.landscape for s in document.sections if s.name == "施策"] == [True]


def test_a_field_that_nobody_filled_in_has_no_column() -> None:
    document = made(without(ledger_of_plan("midori"), "budget"), ReportKind.ANNUAL)
    assert "決算額" not in titles(table(document, "measures_1"))
    assert "今後の方向性" in titles(table(document, "measures_2"))


def test_a_blank_among_filled_ones_is_said_to_be_unwritten() -> None:
    document = made(ledger_of_plan("kawabe"), ReportKind.ANNUAL)
    assert column(table(document, "measures_1"), "外部評価の意見") == [
        "延べ人数だけでなく、就職した人の数も示してほしい。",
        "（未記入）",
    ]


def test_indicators_have_a_table_of_what_is_written_beside_them() -> None:
    for kind in (ReportKind.VERIFICATION, ReportKind.ANNUAL):
        found = table(made(ledger_of_plan("midori"), kind), "own_1")
        assert found.caption == "政策目標Ⅰ 指標の算出の方法"
        assert titles(found) == ["番号", "指標", "算出の方法"]
        assert column(found, "指標") == ["社会増減", "移住した人の数"]
        assert column(found, "算出の方法")[1] == "県と市町村の窓口を通じて移住した人"


def test_the_verification_has_what_is_written_beside_measures() -> None:
    found = table(made(ledger_of_plan("midori"), ReportKind.VERIFICATION), "ownmeasures_2")
    assert found.caption == "政策目標Ⅱ 施策の決算額・今後の方向性"
    assert [cell.text for cell in found.rows[0]] == ["(1) 農林業の振興", "64,210千円", "継続"]
    assert len(found.rows) == 1, "施策(2) has nothing written"


def test_departments_have_what_is_written_beside_their_own() -> None:
    found = tables(made(ledger_of_plan("midori"), ReportKind.DEPARTMENTS))
    captions = [table.caption for table in found.values()]
    assert "企画課 指標の算出の方法" in captions
    assert "未割当 施策の決算額・今後の方向性" in captions


def test_what_is_not_printed_stands_in_no_document() -> None:
    ledger = ledger_of_plan("midori")
    row = ledger.rows["1-H1"]
    memo = {**row.cells, "memo": replace(row.cells["memo"], value="内々の話")}
    ledger = replace(ledger, rows={**ledger.rows, "1-H1": replace(row, cells=memo)})
    assert not any("内々の話" in str(made(ledger, kind).sections) for kind in ReportKind)
    fields = tuple(
        replace(f, is_printed=f.is_printed or f.key == "memo") for f in ledger.plan.fields
    )
    shown = replace(ledger, plan=replace(ledger.plan, fields=fields))
    assert "内々の話" in str(made(shown, ReportKind.ANNUAL).sections)


def test_a_plan_without_fields_has_none_of_it() -> None:
    ledger = read(TESTS / "data" / "shapes" / "sample.xlsx")
    assert ledger.plan.fields == ()
    for kind in ReportKind:
        document = made(ledger, kind)
        assert not [n for n in tables(document) if n.startswith(("own", "deptown", "deptmeasures"))]
        assert not [s for s in document.sections if s.name == "施策" and s.landscape]


@pytest.mark.parametrize(
    ("kind", "name", "title", "page"),
    [
        (ReportKind.DEPARTMENTS, "deptmeasures_", "決算額", 247),
        (ReportKind.ANNUAL, "goaltexts_", "項目", 163),
    ],
)
def test_figures_and_names_of_fields_stand_on_one_line(
    sample_path: Path, kind: ReportKind, name: str, title: str, page: int
) -> None:
    """On a page of so many millimetres, however many columns of prose stand beside them."""
    ledger = read(sample_path)
    found = [t for n, t in tables(report(ledger, ledger.settings.round, kind)).items() if name in n]
    assert len(found) > 3
    for each in found:
        own = each.columns[titles(each).index(title)]
        share = page / sum(c.width for c in each.columns)
        assert own.width * share >= max(map(cell_width, column(each, title))), each.caption
