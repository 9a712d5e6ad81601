"""The written .docx, read back as XML parts: what Word will see."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_tools import COLUMNS, find, part, rows_of, style_of, texts, written

from aso_xl.report.content.blocks import (
    DataTable,
    Document,
    EvaluationTable,
    Heading,
    HeadlineRow,
    Notes,
    PageBreak,
    Paragraph,
    TableCell,
    TableColumn,
)
from aso_xl.report.word.frame import Frame
from aso_xl.report.word.table_xml import KEPT_ROWS, kept_with_next
from aso_xl.report.word.word import write

GOAL_2 = EvaluationTable(
    "(基本目標2) 阿蘇市へ新しいひとの流れを作る",
    (
        HeadlineRow("阿蘇市への転入者数50人増加、転出者数100人減少させる。", "未達成"),
        HeadlineRow("観光入込客数を国内5%増加、海外10%増加させる。", "達成", is_achieved=True),
    ),
    "(目標達成) 5項目/15項目 (達成率) 33.3%",
)


def kept(element: etree._Element) -> list[bool]:
    return [bool(find(p, "w:pPr/w:keepNext")) for p in element.iter(qn("w:p"))]


def test_evaluation_table_is_the_published_one() -> None:
    rows = rows_of(written(GOAL_2))
    assert [texts(find(row, "w:tc")) for row in rows] == [
        ["数値目標", "阿蘇市への転入者数50人増加、転出者数100人減少させる。", "未達成"],
        ["", "観光入込客数を国内5%増加、海外10%増加させる。", "達成"],
        ["KPI", "(目標達成) 5項目/15項目 (達成率) 33.3%", ""],
    ]
    merges = [[m.get(qn("w:val")) for m in find(row, "w:tc[1]/w:tcPr/w:vMerge")] for row in rows]
    assert merges == [["restart"], [None], []]


def test_evaluation_table_stays_with_its_line_on_one_page() -> None:
    root = part(written(GOAL_2))
    heading = find(root, "w:body/w:p")[0]
    assert (style_of(heading), texts([heading])) == ("Heading2", [GOAL_2.title])
    assert kept(heading) == [True]
    assert [kept(row) for row in find(root, ".//w:tr")] == [[True] * 3, [True] * 3, [False] * 3]
    assert all(find(row, "w:trPr/w:cantSplit") for row in find(root, ".//w:tr"))


def test_achieved_is_emphasised_by_a_style_only() -> None:
    root = part(written(GOAL_2))
    strong = [r for r in root.iter(qn("w:r")) if find(r, "w:rPr/w:rStyle")]
    assert texts(strong) == ["達成"]
    looks = {child.tag for properties in root.iter(qn("w:rPr")) for child in properties}
    assert looks == {qn("w:rStyle")}


@pytest.mark.parametrize(
    ("headlines", "kpi_line", "labels"),
    [
        ((HeadlineRow("文", "達成"),), None, ["数値目標"]),
        ((), "4項目/11項目", ["KPI"]),
        ((), None, []),
    ],
)
def test_evaluation_table_without_some_of_its_rows(
    headlines: tuple[HeadlineRow, ...], kpi_line: str | None, labels: list[str]
) -> None:
    root = part(written(EvaluationTable("題", headlines, kpi_line)))
    assert texts(find(root, ".//w:tr/w:tc[1]")) == labels
    assert find(root, ".//w:vMerge") == []


def test_data_table_repeats_its_header_and_splits_no_row() -> None:
    rows = rows_of(
        written(DataTable("表", COLUMNS, ((TableCell("1"), TableCell("a"), TableCell("94人")),)))
    )
    assert [bool(find(row, "w:trPr/w:tblHeader")) for row in rows] == [True, False]
    assert all(find(row, "w:trPr/w:cantSplit") for row in rows)
    assert [style_of(cell) for cell in find(rows[0], "w:tc")] == ["AsoCellHead"] * 3
    assert [style_of(cell) for cell in find(rows[1], "w:tc")] == [
        "AsoCell",
        "AsoCell",
        "AsoCellNumber",
    ]


def test_merged_cells_print_their_text_once_and_stay_together() -> None:
    lines = [
        (TableCell("1"), TableCell("農業"), TableCell("94人")),
        (TableCell("2"), TableCell("農業", merge=True), TableCell("95人", bold=True)),
        (TableCell("3"), TableCell("林業"), TableCell("96人")),
    ]
    rows = rows_of(written(DataTable("表", COLUMNS, tuple(lines))))[1:]
    merges = [[m.get(qn("w:val")) for m in row.iter(qn("w:vMerge"))] for row in rows]
    assert merges == [["restart"], [None], []]
    assert [texts(find(row, "w:tc[2]")) for row in rows] == [["農業"], [""], ["林業"]]
    assert [kept(row)[0] for row in rows] == [True, True, False]


def test_a_merge_with_nothing_above_is_an_ordinary_cell() -> None:
    lines = ((TableCell("1"), TableCell("農業", merge=True), TableCell("")),)
    rows = rows_of(written(DataTable("表", COLUMNS, lines)))
    assert texts(find(rows[1], "w:tc")) == ["1", "農業", ""]
    assert find(rows[1], ".//w:vMerge") == []


@pytest.mark.parametrize("size", [1, 2, KEPT_ROWS, KEPT_ROWS + 1, 40])
def test_long_merged_groups_may_break_but_leave_no_single_row(size: int) -> None:
    group = [(TableCell("", merge=number > 0),) for number in range(size)]
    keeps = kept_with_next(group * (KEPT_ROWS + 1))
    small = [True] * (size - 1) + [False]
    long = [True] + [False] * (size - 3) + [True, False]
    assert keeps == (small if size <= KEPT_ROWS else long) * (KEPT_ROWS + 1)


def test_a_small_table_stays_whole_with_its_notes() -> None:
    """Also where a gap stands between them, for the sake of a mark over several notes."""
    lines = tuple((TableCell(str(number)),) * 3 for number in range(KEPT_ROWS))
    notes = Notes(("※一つ", "※二つ"), "notes_of_it")
    body = part(written(DataTable("表", COLUMNS, lines), notes)).find(qn("w:body"))
    shown = [kept(each) for each in body if each.tag != qn("w:sectPr")]
    assert [all(each) for each in shown] == [True, True, True, True, False]
    assert len(shown[1]) == 3 * (KEPT_ROWS + 1)
    more = rows_of(written(DataTable("表", COLUMNS, (*lines, *lines)), notes))
    assert [kept(row)[0] for row in more] == [True, *[False] * (2 * KEPT_ROWS - 1), True]


def test_up_to_eight_merged_rows_stay_on_one_page() -> None:
    """Word gives up on much longer chains: a group of nine may break."""
    eight, nine = (
        kept_with_next([(TableCell("", merge=number > 0),) for number in range(size)])
        for size in (8, 9)
    )
    assert eight == [True] * 7 + [False]
    assert nine == [True, False, False, False, False, False, False, True, False]


def test_columns_fill_the_text_width_exactly() -> None:
    assert Frame({}, 9240).share([1, 1, 1]) == [3080, 3080, 3080]
    assert sum(Frame({}, 9241).share([13, 25, 33, 19, 19, 19, 14])) == 9241
    root = part(written(DataTable("", COLUMNS, ())))
    assert sum(int(c.get(qn("w:w"), "")) for c in root.iter(qn("w:gridCol"))) == 9240


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        written(DataTable("表", COLUMNS, ((TableCell("1"),),)))


def test_tables_are_described_to_screen_readers() -> None:
    table = DataTable('KPI "一覧"\nその1', COLUMNS, (), "全68項目")
    root = part(written(GOAL_2, table))
    captions = [e.get(qn("w:val")) for e in root.iter(qn("w:tblCaption"))]
    told = [e.get(qn("w:val")) or "" for e in root.iter(qn("w:tblDescription"))]
    assert captions == [f"{GOAL_2.title} 評価表", 'KPI "一覧" その1']
    assert told[0] == "数値目標2件の結果と、KPIの結果"
    assert told[1] == "全68項目"


def test_tables_never_touch_and_a_paragraph_ends_the_body() -> None:
    table = DataTable("", COLUMNS, ())
    body = find(part(written(table, table)), "w:body/*")
    names = [etree.QName(child).localname for child in body]
    assert names == ["tbl", "p", "tbl", "p", "sectPr"]


def test_caption_heading_and_notes_take_their_styles() -> None:
    table = DataTable("一覧", COLUMNS, ())
    root = part(written(Heading("章"), Heading("節", 3), table, Notes(("※1", "※2"))))
    paragraphs = find(root, "w:body/w:p")
    assert [(style_of(p), *texts([p])) for p in paragraphs] == [
        ("Heading1", "章"),
        ("Heading3", "節"),
        ("Caption", "表 1\u3000一覧"),
        ("AsoNote", "※1"),
        ("AsoNote", "※2"),
    ]
    assert kept(paragraphs[2]) == [True]


def test_a_page_break_belongs_to_what_follows_it() -> None:
    root = part(written(Paragraph("前"), PageBreak(), Heading("後"), Paragraph("文"), PageBreak()))
    paragraphs = find(root, "w:body/w:p")
    assert texts(paragraphs) == ["前", "後", "文"]
    breaks = [bool(find(p, "w:pPr/w:pageBreakBefore")) for p in paragraphs]
    assert breaks == [False, True, False]


def test_banner_stands_on_the_first_page_and_in_the_header() -> None:
    data = written(Heading("章"), banner=("下書き", "記入例(架空の値)"))
    paragraphs = find(part(data), "w:body/w:p")[:2]
    assert [(style_of(p), *texts([p])) for p in paragraphs] == [
        ("AsoBanner", "下書き"),
        ("AsoBanner", "記入例(架空の値)"),
    ]
    header = find(part(data, "word/header1.xml"), "w:p")
    assert [(style_of(p), *texts([p])) for p in header] == [
        ("Header", "下書き\u3000記入例(架空の値)")
    ]


def test_without_a_banner_there_is_no_header() -> None:
    assert find(part(written(Heading("章"))), ".//w:headerReference") == []


def test_properties() -> None:
    now = datetime.now(UTC)
    properties = docx.Document(BytesIO(written(keywords="総合戦略,KPI"))).core_properties
    assert (properties.title, properties.author) == ("検証", "企画財政課")
    assert (properties.language, properties.keywords) == ("ja-JP", "総合戦略,KPI")
    assert (properties.last_modified_by, properties.comments) == ("企画財政課", "")
    assert properties.created is not None
    assert abs(properties.created - now) < timedelta(hours=1)
    assert properties.modified == properties.created


def test_properties_of_any_length_and_kind() -> None:
    stream = BytesIO()
    write(Document("題\x00名" * 200, "\x0b課\n係", ()), stream)
    properties = docx.Document(stream).core_properties
    assert properties.title == ("題名" * 200)[:255]
    assert properties.author == "課 係"


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'=+@ \t\n\r\x00\x07\x0b\x1f\ud800\ufffe"))
)


def forbidden(character: str) -> bool:
    control = character < " " and character not in "\t\n\r"
    return control or "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff"


@settings(max_examples=60)
@given(HOSTILE)
def test_any_text_comes_back_without_what_xml_forbids(text: str) -> None:
    table = DataTable(text, (TableColumn(text, 1),), ((TableCell(text, bold=True),),), text)
    blocks = (Paragraph(text), table, EvaluationTable(text, (HeadlineRow(text, text),), text))
    word = docx.Document(BytesIO(written(*blocks, banner=(text,))))
    allowed = "".join(c for c in text if not forbidden(c))
    expected = allowed.replace("\r\n", "\n")
    for line_end in "\r\u2028\u2029":
        expected = expected.replace(line_end, "\n")
    assert word.paragraphs[1].text == expected
    assert word.tables[0].rows[1].cells[0].text == expected
    assert word.tables[1].rows[0].cells[1].text == expected


def test_text_that_looks_like_a_formula_stays_text() -> None:
    data = written(Paragraph("=1+1"), Paragraph("@SUM"), Paragraph('{ INCLUDETEXT "x" }'))
    assert texts(find(part(data), "w:body/w:p")) == ["=1+1", "@SUM", '{ INCLUDETEXT "x" }']
    assert find(part(data), ".//w:fldSimple") == find(part(data), ".//w:instrText") == []


def test_line_ends_become_line_breaks() -> None:
    (paragraph,) = find(part(written(Paragraph("一\r\n二\n三"))), "w:body/w:p")
    assert [etree.QName(e).localname for e in find(paragraph, "w:r/*")] == [
        "t", "br", "t", "br", "t",
    ]  # fmt: skip


def test_a_report_without_charts_does_not_load_them() -> None:
    code = (
        "import io, sys\n"
        "from aso_xl.report.content.blocks import Document, Heading, Section\n"
        "from aso_xl.report.word.word import write\n"
        "write(Document('題', '', (Section('評価', (Heading('章'),)),)), io.BytesIO())\n"
        "sys.exit('aso_xl.report.charts' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
