"""Charts in edited documents: figures, workbook and alternative text renewed, looks and place kept."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from chart_samples import COUNTS
from cli_tools import changed
from docx.document import Document as WordDocument
from lxml import etree
from openpyxl import load_workbook
from packages import unpacked
from reissue_tools import edited, made, renewed
from word_tools import converted
from workbook_tools import needs_libreoffice

from aso_xl.report.charts.renewal import printed, shown_by
from aso_xl.report.content.blocks import Chart, Document, Figure, Heading, Paragraph, Section
from aso_xl.report.reissue.changes import Renewal

CHART, BOOK = "word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
BODY = "word/document.xml"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NEWER = replace(
    COUNTS,
    series=(
        replace(COUNTS.series[0], values=(Decimal(5), Decimal(5))),
        replace(COUNTS.series[1], values=(Decimal(5), Decimal(9))),
        *COUNTS.series[2:],
    ),
    description="基本目標ごとの達成数。達成は5と5。",
)


def report(chart: Chart = COUNTS) -> Document:
    sentence = Paragraph(("達成率は", Figure("over_rate", "36.3%"), "です。"))
    return Document("検証", "阿蘇市", (Section("評価", (Heading("概要"), chart, sentence)),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(report(), tmp_path / "文書.docx")


def cells(path: Path, part: str = BOOK) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(unpacked(path)[part])).worksheets[0].values)


def alt_texts(path: Path) -> list[str | None]:
    return [
        e.get("descr") for e in etree.fromstring(unpacked(path)[BODY]).iter() if "descr" in e.attrib
    ]


def test_a_chart_that_is_right_is_left(path: Path) -> None:
    assert renewed(path, report())[0] == Renewal()


def test_figures_workbook_and_alternative_text(path: Path) -> None:
    found, done = renewed(path, report(NEWER))
    (change,) = found.renewed
    assert (change.name, change.label) == ("chart_counts", "図「KPIの達成状況」")
    goal = COUNTS.categories[0]
    assert change.before == f"{goal} 達成 4、{goal} 未達成 6"
    assert change.after == f"{goal} 達成 5、{goal} 未達成 5"
    assert printed(unpacked(done)[CHART]) == shown_by(NEWER)
    assert cells(done)[1][1:3] == (5, 5)
    assert alt_texts(done) == [NEWER.description]
    assert renewed(done, report(NEWER))[0] == Renewal()


def test_nothing_but_the_chart_changes(path: Path) -> None:
    before = unpacked(path)
    after = unpacked(renewed(path, report(NEWER))[1])
    assert [*after] == [*before]
    different = {name for name in before if before[name] != after[name]}
    assert different == {CHART, BOOK, BODY, "docProps/core.xml"}
    old, new = before[BODY].decode(), after[BODY].decode()
    assert 'descr="' in old
    elements = [[(e.tag, e.text) for e in etree.fromstring(x.encode()).iter()] for x in (old, new)]
    assert elements[0] == elements[1]


def test_looks_of_staff_stay(path: Path, tmp_path: Path) -> None:
    def recolour(data: bytes) -> bytes:
        assert b'srgbClr val="' in data
        at = data.index(b'srgbClr val="') + len(b'srgbClr val="')
        return data[:at] + b"FF00FF" + data[at + 6 :]

    mine = changed(path, tmp_path / "色.docx", {CHART: recolour})
    assert renewed(mine, report())[0] == Renewal()
    _, done = renewed(mine, report(NEWER))
    assert b"FF00FF" in unpacked(done)[CHART]
    assert printed(unpacked(done)[CHART]) == shown_by(NEWER)


def test_series_in_another_order_are_no_difference(path: Path, tmp_path: Path) -> None:
    def reverse(data: bytes) -> bytes:
        root = etree.fromstring(data)
        orders = list(root.iter(f"{C}order"))
        for element, value in zip(orders, reversed([e.get("val") for e in orders]), strict=True):
            element.set("val", str(value))
        return etree.tostring(root)

    mine = changed(path, tmp_path / "順.docx", {CHART: reverse})
    assert renewed(mine, report())[0] == Renewal()
    _, done = renewed(mine, report(NEWER))
    assert renewed(done, report(NEWER))[0] == Renewal()


def drop_series(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for series in list(root.iter(f"{C}ser"))[2:]:
        series.getparent().remove(series)  # type: ignore[union-attr]
    return etree.tostring(root)


@pytest.mark.parametrize("change", [drop_series, lambda data: b"<damaged", lambda data: b"<c/>"])
def test_a_chart_that_cannot_be_kept_is_made_anew(
    path: Path, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    mine = changed(path, tmp_path / "別.docx", {CHART: change})
    found, done = renewed(mine, report())
    assert [c.name for c in found.renewed] == ["chart_counts"]
    assert printed(unpacked(done)[CHART]) == shown_by(COUNTS)
    assert renewed(done, report())[0] == Renewal()


def other_figure(data: bytes) -> bytes:
    book = load_workbook(io.BytesIO(data))
    book.worksheets[0]["B2"] = 999
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def saved_again(data: bytes) -> bytes:
    out = io.BytesIO()
    load_workbook(io.BytesIO(data)).save(out)
    return out.getvalue()


@pytest.mark.parametrize("change", [other_figure, lambda data: b"damaged", lambda data: None])
def test_the_workbook_behind_a_chart_counts(
    path: Path, tmp_path: Path, change: Callable[[bytes], bytes | None]
) -> None:
    """Who opens [データの編集] must not find old figures there."""
    mine = changed(path, tmp_path / "別.docx", {BOOK: change})
    found, done = renewed(mine, report())
    assert [c.name for c in found.renewed] == ["chart_counts"]
    assert renewed(done, report())[0] == Renewal()


def test_a_workbook_saved_by_another_program_is_right(path: Path, tmp_path: Path) -> None:
    mine = changed(path, tmp_path / "別.docx", {BOOK: saved_again})
    assert unpacked(mine)[BOOK] != unpacked(path)[BOOK]
    assert renewed(mine, report())[0] == Renewal()


def drawing_deleted(word: WordDocument) -> None:
    run = next(r for r in word.element.body.iter() if r.tag.endswith("}drawing")).getparent()
    run.getparent().remove(run)


def paragraph_deleted(word: WordDocument) -> None:
    run = next(r for r in word.element.body.iter() if r.tag.endswith("}drawing")).getparent()
    word.element.body.remove(run.getparent())


@pytest.mark.parametrize("edit", [drawing_deleted, paragraph_deleted])
def test_a_chart_that_staff_deleted_is_told(
    path: Path, edit: Callable[[WordDocument], None]
) -> None:
    found, done = renewed(edited(path, edit), report(NEWER))
    assert [(lack.name, lack.label) for lack in found.missing] == [
        ("chart_counts", "図「KPIの達成状況」")
    ]
    assert found.renewed == ()
    assert unpacked(done).get(CHART) == unpacked(path).get(CHART)


def test_alternative_text_of_staff_stays_while_the_figures_are_right(path: Path) -> None:
    def retell(word: WordDocument) -> None:
        for element in word.element.body.iter():
            if "descr" in element.attrib:
                element.set("descr", "職員の説明")

    assert renewed(edited(path, retell), report())[0] == Renewal()


@pytest.mark.libreoffice
@needs_libreoffice
def test_saved_by_libreoffice(path: Path, tmp_path: Path) -> None:
    saved = converted(path, tmp_path)
    found, done = renewed(saved, report(NEWER))
    assert [c.name for c in found.renewed] == ["chart_counts"]
    assert found.missing == found.left == ()
    assert alt_texts(done) == [NEWER.description]
    (chart,) = [
        data for name, data in unpacked(done).items() if name.startswith("word/charts/chart")
    ]
    assert printed(chart) == shown_by(NEWER)
    assert renewed(done, report(NEWER))[0] == Renewal()
    assert renewed(converted(done, tmp_path / "2"), report(NEWER))[0] == Renewal()
