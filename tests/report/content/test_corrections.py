"""Corrected figures of confirmed rounds: under the tables, in charts, beside what has changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aso_xl.domain.cells import Cell
from aso_xl.domain.confirming import record_of
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.record_heads import ID, REASON, YEAR
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import Chart, DataTable, Document, Notes
from aso_xl.report.content.documents import report
from aso_xl.workbook.read.reading import read

R8, R9 = FiscalYear(2026), FiscalYear(2027)
NOTE = "の{0}は公表後に訂正: {1}(県の集計誤り)。"


def put(ledger: Ledger, id_: str, round_: FiscalYear, value: float) -> Ledger:
    row = ledger.rows[id_]
    cell = replace(row.cells[str(round_)], value=value)
    rows = {**ledger.rows, id_: replace(row, cells={**row.cells, str(round_): cell})}
    return replace(ledger, rows=rows)


def with_reason(ledger: Ledger, id_: str, round_: FiscalYear) -> Ledger:
    texts = {YEAR: str(round_), ID: id_, REASON: "県の集計誤り"}
    line = {head: Cell("確定記録", "A1", text) for head, text in texts.items()}
    return replace(ledger, record_lines=(line,))


@pytest.fixture
def confirmed(sample_path: Path) -> Ledger:
    """Return the sample with R8 confirmed and, since then, a figure of R8 corrected."""
    ledger = read(sample_path)
    record = record_of(ledger, R8, "2026-11-01 10:00", "田中")
    return with_reason(put(replace(ledger, records={R8: record}), "1-01-1", R8, 42), "1-01-1", R8)


def notes(document: Document, name: str) -> list[str]:
    return [
        line
        for block in document.blocks()
        if isinstance(block, Notes) and block.name == name
        for line in block.lines
    ]


def test_later_round_prints_the_corrected_value(confirmed: Ledger) -> None:
    made = report(confirmed, R9, ReportKind.ANNUAL)
    before = confirmed.records[R8].rows["1-01-1"]["R8"]
    assert isinstance(before, Decimal)
    said = NOTE.format("R8", f"{before}→42人")
    assert any(line.endswith(said) for line in notes(made, "yearnotes_1"))
    assert notes(made, "changed_corrected")[0].endswith(said)
    assert notes(made, "changed_corrected")[-1] == (
        "※前回の達成状況は、確定したときの値によります。"
    )
    table = next(b for b in made.blocks() if isinstance(b, DataTable) and b.name == "list_1")
    row = next(row for row in table.rows if row[0].text == "1-01-1")
    cells = {head.title: cell.text for head, cell in zip(table.columns, row, strict=True)}
    assert cells["R8"] == "42人\n(訂正)\n未達成"


def test_round_itself_keeps_its_value_and_says_what_came_after(confirmed: Ledger) -> None:
    made = report(confirmed, R8, ReportKind.ANNUAL)
    before = confirmed.records[R8].rows["1-01-1"]["R8"]
    assert any(f"訂正: {before}→42人" in line for line in notes(made, "yearnotes_1"))
    table = next(b for b in made.blocks() if isinstance(b, DataTable) and b.name == "list_1")
    row = next(row for row in table.rows if row[0].text == "1-01-1")
    assert f"{before}人" in [cell.text for cell in row]
    assert not any("(訂正)" in cell.text for cell in row)


def test_every_kind_that_lists_indicators_says_it(confirmed: Ledger) -> None:
    said = "は公表後に訂正: "
    kinds = {
        kind
        for kind in ReportKind
        if any(
            said in line
            for block in report(confirmed, R9, kind).blocks()
            if isinstance(block, Notes)
            for line in block.lines
        )
    }
    assert kinds == {
        *(ReportKind.VERIFICATION, ReportKind.ANNUAL),
        *(ReportKind.DEPARTMENTS, ReportKind.MEETING),
    }


def test_chart_marks_the_year(sample_path: Path) -> None:
    ledger = read(sample_path)
    record = record_of(ledger, R8, "2026-11-01 10:00", "田中")
    id_ = next(i.id for i in ledger.plan.indicators() if i.kind == "headline" and not i.lag)
    found = with_reason(put(replace(ledger, records={R8: record}), id_, R8, 77), id_, R8)
    made = report(found, R9, ReportKind.ANNUAL)
    chart = next(b for b in made.blocks() if isinstance(b, Chart) and b.name.endswith(_key(id_)))
    assert "R8(訂正)" in chart.categories and "R9" in chart.categories
    assert "公表後に訂正" in chart.description


def _key(id_: str) -> str:
    from aso_xl.report.content.sections.names import key

    return f"chart_course_{key(id_)}"


def test_without_a_reason_nothing_is_printed(confirmed: Ledger) -> None:
    made = report(replace(confirmed, record_lines=()), R9, ReportKind.ANNUAL)
    assert "公表後に訂正" not in str(made)


def test_known_corrections_stay_in_the_record_of_a_later_round(confirmed: Ledger) -> None:
    record = record_of(confirmed, R9, "2027-11-01 10:00", "田中")
    then = report(confirmed, R9, ReportKind.ANNUAL)
    records = {**confirmed.records, R9: record}
    assert report(replace(confirmed, records=records), R9, ReportKind.ANNUAL) == then
    again = put(replace(confirmed, records=records), "1-01-2", R8, 5)
    assert report(again, R9, ReportKind.ANNUAL) == then
