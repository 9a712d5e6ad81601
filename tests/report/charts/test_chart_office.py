"""Charts as Office judges them and as LibreOffice opens, draws and saves them."""

from __future__ import annotations

from pathlib import Path

import pytest
from chart_samples import ALL, COURSE, PROGRESS, document, numbers, saved
from packages import unpacked
from test_ooxml_validator import findings, validator  # noqa: F401
from word_tools import converted
from workbook_tools import needs_libreoffice

from aso_xl.office.package_copy import PackageCopy
from aso_xl.report.charts import chart_book, height_for, printed, renew
from aso_xl.report.charts.document_parts import add_chart, renew_chart_part
from aso_xl.report.charts.renewal import shown_by
from aso_xl.report.content.blocks import Chart, Series

EMPTY = Chart(
    "chart_empty",
    "まだ値のない図",
    "course",
    ("R7",),
    (Series("実績値", (None,), "actual"),),
    "値なし",
)
LONG = Chart(
    "chart_long",
    "長い図",
    "progress",
    tuple(
        f"4-{n:02d}-1　支援により課題解決につながる変化が見られた生活困窮者の割合"
        for n in range(35)
    ),
    (Series("未達成", tuple(numbers(*(str(n) for n in range(35)))), "missed"),),
    "35 の指標",
    "%",
    1,
    height_for(35),
)


def test_document_with_charts_is_valid(validator: str, tmp_path: Path) -> None:  # noqa: F811
    made = tmp_path / "charts.docx"
    made.write_bytes(saved(document(*ALL, EMPTY, LONG)))
    assert findings(validator, made) == []


def test_workbooks_of_charts_are_valid(validator: str, tmp_path: Path) -> None:  # noqa: F811
    for chart in (*ALL, EMPTY):
        made = tmp_path / f"{chart.name}.xlsx"
        made.write_bytes(chart_book(chart))
        assert findings(validator, made) == []


def test_renewed_and_added_charts_are_valid(validator: str, tmp_path: Path) -> None:  # noqa: F811
    package = PackageCopy(saved(document(PROGRESS)))
    package.drop("word/charts/chart1.xml", "rId1")
    assert renew_chart_part(package, "word/charts/chart1.xml", PROGRESS)
    add_chart(package, "word/document.xml", COURSE)
    made = tmp_path / "renewed.docx"
    made.write_bytes(package.finished())
    assert findings(validator, made) == []


@pytest.mark.libreoffice
@needs_libreoffice
def test_charts_survive_libreoffice_and_can_be_renewed_after_it(tmp_path: Path) -> None:
    source = tmp_path / "charts.docx"
    source.write_bytes(saved(document(*ALL, LONG)))
    parts = unpacked(converted(source, tmp_path))
    for number, chart in enumerate((*ALL, LONG), start=1):
        xml = parts[f"word/charts/chart{number}.xml"]
        assert printed(xml) == shown_by(chart)
        renewed = renew(xml, chart)
        assert renewed is not None and printed(renewed) == shown_by(chart)
        assert renewed.count(b"Sheet1!$A$2") == len(chart.series)
        book = parts[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"]
        assert book == chart_book(chart)
