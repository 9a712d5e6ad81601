"""Pages turned to landscape and back, the banner on each, and no page left empty."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest
from base_tools import empty, lines, saved
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from lxml import etree
from word_tools import (
    COLUMNS,
    by_libreoffice,
    chart,
    data_of,
    document,
    everything,
    find,
    listing,
    page_texts,
    paragraphs,
    part,
    texts,
    written,
)
from workbook_tools import needs_libreoffice

from aso_xl.report.content.blocks import (
    DataTable,
    Document,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Section,
    TableCell,
)


def section(name: str, *, wide: bool = False, new_page: bool = False) -> Section:
    return Section(name, (Paragraph(name),), wide, new_page)


def opened(data: bytes) -> WordDocument:
    return docx.Document(BytesIO(data))


def flow(data: bytes) -> str:
    """Return the pages' kinds with what stands on them: 「縦:前 横:資料」; | for a page break."""
    found, text = [], ""
    for child in part(data).find(qn("w:body")):  # type: ignore[union-attr]
        text += "|" if child.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None else ""
        text += texts([child])[0]
        for page in child.iter(qn("w:sectPr")):
            size = page.find(qn("w:pgSz"))
            assert size is not None
            wide = int(size.get(qn("w:w"), "0")) > int(size.get(qn("w:h"), "0"))
            assert (size.get(qn("w:orient")) == "landscape") == wide
            found.append(f"{'横' if wide else '縦'}:{text}")
            text = ""
    return " ".join(found)


@pytest.mark.parametrize(
    ("sections", "pages"),
    [
        ([section("前"), section("資料", wide=True)], "縦:前 横:資料"),
        (
            [section("前"), section("資料", wide=True), section("後")],
            "縦:前 横:資料 縦:後",
        ),
        ([section("資料", wide=True)], "横:資料"),
        ([section("資料", wide=True), section("後", new_page=True)], "横:資料 縦:後"),
        (
            [section("資料", wide=True), section("推移", wide=True, new_page=True)],
            "横:資料|推移",
        ),
        ([section("前"), section("後", new_page=True)], "縦:前|後"),
        ([section("前", new_page=True), section("後")], "縦:前後"),
        ([section("前"), Section("推移", (), True, True), section("後")], "縦:前後"),
        ([section("前"), Section("推移", (Notes(()),), True), section("後")], "縦:前後"),
        ([], "縦:"),
    ],
)
def test_the_order_of_upright_and_turned_pages(sections: list[Section], pages: str) -> None:
    assert flow(data_of(document(*sections))) == pages


def test_a_page_break_before_turned_pages_is_theirs_already() -> None:
    front = Section("前", (Paragraph("前"), PageBreak()))
    assert flow(data_of(document(front, section("資料", wide=True)))) == "縦:前 横:資料"


def test_tables_and_charts_fill_the_turned_width() -> None:
    table = DataTable("", COLUMNS, ())
    wide = Section("資料", (table, chart()), True)
    data = data_of(document(Section("前", (table,)), wide, Section("後", (table,))))
    widths = [int(w.get(qn("w:w"), "")) for w in part(data).iter(qn("w:tblW"))]
    assert widths == [9240, 16838 - 2 * 1333, 9240]
    extent = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
    (drawn,) = part(data).iter(extent)
    assert drawn.get("cx") == str((16838 - 2 * 1333) * 635)


def test_every_page_has_the_footer_and_the_banner() -> None:
    made = opened(data_of(everything()))
    kinds = [page.orientation for page in made.sections]
    assert kinds == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE] * 2
    banner = ["下書き\u3000記入例(架空の値)"]
    assert [[p.text for p in page.header.paragraphs] for page in made.sections] == [banner] * 4
    assert all("PAGE" in page.footer.part.blob.decode() for page in made.sections)
    assert len({page.header.part.partname for page in made.sections}) == 1


def test_the_banner_shares_the_first_page_though_it_is_turned() -> None:
    data = data_of(document(section("資料", wide=True, new_page=True), banner=("下書き",)))
    assert flow(data) == "横:下書き資料"


def staffs(tmp_path: Path) -> tuple[WordDocument, Path]:
    """Return a base document with a cover section that starts pages anew, and its path."""
    word = empty()
    word.add_paragraph("表紙")
    page = word.add_section(WD_SECTION.ODD_PAGE)
    page.different_first_page_header_footer = True
    numbers = etree.SubElement(page._sectPr, qn("w:pgNumType"))
    numbers.set(qn("w:start"), "1")
    page._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
    return word, tmp_path / "ひな形.docx"


def starts(data: bytes) -> list[tuple[str | None, bool, bool]]:
    """Return of every section its kind of start, a first page of its own, and numbers anew."""
    found = []
    for page in part(data).iter(qn("w:sectPr")):
        kind = page.find(qn("w:type"))
        numbers = page.find(qn("w:pgNumType"))
        anew = numbers is not None and qn("w:start") in numbers.attrib
        first = page.find(qn("w:titlePg")) is not None
        found.append((kind.get(qn("w:val")) if kind is not None else None, first, anew))
    return found


def test_only_the_first_part_of_a_section_starts_it(tmp_path: Path) -> None:
    word, path = staffs(tmp_path)
    for text in ("前文", "{{資料}}", "結び"):
        word.add_paragraph(text)
    data = data_of(document(section("資料", wide=True)), saved(word, path))
    assert flow(data) == "縦:表紙 縦:前文 横:資料 縦:結び"
    went_on = (None, False, False)
    assert starts(data) == [went_on, ("oddPage", True, True), went_on, went_on]


def test_turned_pages_at_the_start_of_a_section_leave_no_page_before(tmp_path: Path) -> None:
    word, path = staffs(tmp_path)
    for text in ("{{資料}}", "結び"):
        word.add_paragraph(text)
    data = data_of(document(section("資料", wide=True)), saved(word, path))
    assert flow(data) == "縦:表紙 横:資料 縦:結び"
    assert starts(data)[1:] == [("oddPage", True, True), (None, False, False)]


@pytest.mark.parametrize("wide", [True, False])
def test_turned_pages_in_two_places_side_by_side(tmp_path: Path, wide: bool) -> None:
    word = empty()
    for text in ("はじめに", "{{資料}}", "{{推移}}", ""):
        word.add_paragraph(text)
    made = document(section("資料", wide=True), section("推移", wide=wide))
    data = data_of(made, saved(word, tmp_path / "a.docx"))
    assert flow(data) == f"縦:はじめに 横:資料 {'横' if wide else '縦'}:推移"


def test_a_section_of_staff_after_turned_pages_keeps_its_own(tmp_path: Path) -> None:
    word = empty()
    for text in ("はじめに", "{{資料}}"):
        word.add_paragraph(text)
    word.add_section(WD_SECTION.NEW_PAGE)
    word.add_paragraph("奥付")
    data = data_of(document(section("資料", wide=True)), saved(word, tmp_path / "a.docx"))
    assert flow(data) == "縦:はじめに 横:資料 縦:奥付"


def test_a_landscape_base_document_is_not_turned(tmp_path: Path) -> None:
    word = empty()
    page = word.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    word.add_paragraph("{{本文}}")
    made = document(section("前"), section("資料", wide=True, new_page=True), section("後"))
    data = data_of(made, saved(word, tmp_path / "a.docx"))
    assert flow(data) == "横:前|資料後"


def test_the_banner_stands_before_the_cover_and_in_all_headers(tmp_path: Path) -> None:
    word, path = staffs(tmp_path)
    word.sections[0].header.paragraphs[0].text = "阿蘇市"
    word.add_paragraph("{{本文}}")
    data = data_of(document(section("前"), banner=("下書き",)), saved(word, path))
    made = opened(data)
    assert lines(made)[:2] == ["下書き", "表紙"]
    headers = [[p.text for p in page.header.paragraphs] for page in made.sections]
    assert headers == [["阿蘇市", "下書き"]] * 2
    first = made.sections[1].first_page_header
    assert [p.text for p in first.paragraphs] == ["下書き"]


def test_a_table_that_starts_a_page_breaks_before_itself() -> None:
    table = DataTable("", COLUMNS, ())
    data = written(Paragraph("前"), PageBreak(), table)
    _, gap, *_ = paragraphs(data)
    assert find(gap, "w:pPr/w:pageBreakBefore") and texts([gap]) == [""]


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("rows", [0, 37])
def test_no_page_is_empty(tmp_path: Path, rows: int) -> None:
    wide = Section("資料", (Heading("資料"), listing(rows=rows)), True)
    made = Document("検証", "", (section("前"), wide, section("後"), wide_again(rows)))
    path = tmp_path / "a.docx"
    path.write_bytes(data_of(made))
    pages = page_texts(*by_libreoffice([path], tmp_path, "pdf"))
    assert [page for page in pages if len(page) < 4] == []
    assert len(pages) == 4 + 2 * (rows > 20)


def wide_again(rows: int) -> Section:
    return Section("担当課別", (Heading("担当課別"), listing("again", rows)), True)


@needs_libreoffice
@pytest.mark.libreoffice
def test_words_numbers_and_small_tables_with_notes_are_not_torn(tmp_path: Path) -> None:
    """A line more above it each time: the table comes to the end of a page, the words to that of lines."""
    for above in range(24, 34):
        said = (Paragraph("あ" * n + "達成は120件(KPI120件)です。") for n in range(above))
        rows = tuple((TableCell(f"行{number}"),) * 3 for number in range(4))
        notes = Notes(("※注一", "※注二"), "torn_notes")
        made = written(*said, DataTable("小さな表", COLUMNS, rows, "表。"), notes)
        (tmp_path / f"{above}.docx").write_bytes(made)
    for path in by_libreoffice(sorted(tmp_path.glob("*.docx")), tmp_path, "pdf"):
        with_table = [page for page in page_texts(path) if "行0" in page or "※注二" in page]
        assert len(with_table) == 1 and "小さな表" in with_table[0], path.name
        told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        ends = [line.split()[-1] for line in told.stdout.decode().splitlines() if line.strip()]
        assert not [end for end in ends if re.search(r"(\(K|KP|は1|は12|PI1|PI12)$", end)]
