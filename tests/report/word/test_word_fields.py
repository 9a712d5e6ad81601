"""Captions, references and contents: fields that already show what Word would compute."""

from __future__ import annotations

from pathlib import Path

import pytest
from base_tools import empty, saved
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from word_tools import (
    COLUMNS,
    chart,
    data_of,
    document,
    everything,
    fields,
    find,
    goal,
    listing,
    marked,
    paragraphs,
    part,
    style_of,
    texts,
    written,
)

from aso_xl.report.content.blocks import (
    DataTable,
    Heading,
    Paragraph,
    Reference,
    Section,
    TableOfContents,
)
from aso_xl.report.markup import field, standalone

TABLE = DataTable("一覧", COLUMNS, ())


def test_tables_and_charts_are_numbered_apart_in_their_order() -> None:
    data = written(chart("a"), TABLE, chart("b", "推移"), listing())
    captions = [p for p in paragraphs(data) if style_of(p) == "Caption"]
    assert texts(captions) == [
        "図 1\u3000達成の状況",
        "表 1\u3000一覧",
        "図 2\u3000推移",
        "表 2\u3000基本目標1 指標の達成状況",
    ]
    assert fields(data) == [
        (r"SEQ 図 \* ARABIC", "1"),
        (r"SEQ 表 \* ARABIC", "1"),
        (r"SEQ 図 \* ARABIC", "2"),
        (r"SEQ 表 \* ARABIC", "2"),
    ]


def test_captions_stay_with_what_they_name() -> None:
    drawing, below, above, gap = paragraphs(written(chart(), TABLE))
    assert [style_of(p) for p in (drawing, below, above)] == ["AsoFigure", "Caption", "Caption"]
    assert [bool(find(p, "w:pPr/w:keepNext")) for p in (drawing, below, above)] == [
        True,
        False,
        True,
    ]
    assert texts([gap]) == [""]


def test_without_a_caption_there_is_no_number() -> None:
    data = written(chart("a", ""), DataTable("", COLUMNS, (), name="t"))
    assert fields(data) == [] == [p for p in paragraphs(data) if style_of(p) == "Caption"]
    assert find(paragraphs(data)[0], "w:pPr/w:keepNext") == []


def test_label_and_number_can_be_referred_to_before_and_after() -> None:
    see = Paragraph(("経過は", Reference("chart_all"), "と", Reference("list_1"), "のとおり。"))
    data = written(see, TABLE, listing(), chart(), see)
    said = "経過は図 1と表 2のとおり。"
    assert [texts(paragraphs(data))[n] for n in (0, -1)] == [said, said]
    assert marked(data, "_Ref_") == {"list_1": "表 2", "chart_all": "図 1"}
    assert fields(data)[:2] == [(r"REF _Ref_chart_all \h", "図 1"), (r"REF _Ref_list_1 \h", "表 2")]


@pytest.mark.parametrize("name", ["nothing", "bare"])
def test_a_reference_without_a_caption_is_refused(name: str) -> None:
    bare = DataTable("", COLUMNS, (), name="bare")
    with pytest.raises(ValueError, match="no caption"):
        written(Paragraph((Reference(name),)), bare, listing())


CAPTION = "<w:p><w:r><w:t>{} </w:t></w:r>{}<w:r><w:t> 体系</w:t></w:r></w:p>"
STAFFS_CONTENTS = r'TOC \o "1-3" \h'
SIMPLE = '<w:fldSimple w:instr=" SEQ 図 \\* ARABIC "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def put(word: WordDocument, *elements: str) -> None:
    for element in elements:
        word.element.body.insert(-1, parse_xml(standalone(element)))


def test_captions_of_the_base_document_are_counted(tmp_path: Path) -> None:
    word = empty()
    put(word, CAPTION.format("図", SIMPLE), CAPTION.format("図", field(r"SEQ 図 \* DBCHAR", "２")))
    word.add_paragraph("{{本文}}")
    put(word, CAPTION.format("図", field(r"SEQ 図 \* ARABIC", "3")))
    see = Paragraph((Reference("chart_all"), "。"))
    blocks = (chart(), listing(), see)
    data = data_of(document(Section("評価", blocks)), saved(word, tmp_path / "a.docx"))
    said = [text for text in texts(paragraphs(data)) if text]
    assert said == [
        "図 1 体系",
        "図 ２ 体系",
        "図 3\u3000達成の状況",
        "表 1\u3000基本目標1 指標の達成状況",
        "図 3。",
        "図 4 体系",
    ]


def test_numbers_follow_the_places_of_the_base_document(tmp_path: Path) -> None:
    word = empty()
    word.add_paragraph("{{資料}}")
    word.add_paragraph("{{本文}}")
    sections = (Section("概要", (TABLE,)), Section("資料", (listing(),)))
    data = data_of(document(*sections), saved(word, tmp_path / "a.docx"))
    assert [p[:3] for p in texts(paragraphs(data)) if p] == ["表 1", "表 2"]
    assert marked(data, "_Ref_") == {"list_1": "表 1"}


def entries(data: bytes) -> list[tuple[str, str, str]]:
    """Return style, text and bookmark of every entry of the contents."""
    links = part(data).iter(qn("w:hyperlink"))
    found = [(next(link.iterancestors(qn("w:p"))), link) for link in links]
    return [(style_of(p), *texts([link]), link.get(qn("w:anchor"), "")) for p, link in found]


def test_contents_list_the_headings_and_lead_to_them() -> None:
    data = written(TableOfContents(), Heading("概要"), goal(1), Heading("細目", 3), Heading("資料"))
    assert [entry[:2] for entry in entries(data)] == [
        ("TOC1", "概要"),
        ("TOC2", "(基本目標1) 仕事をつくる"),
        ("TOC1", "資料"),
    ]
    goals = marked(data, "_Toc")
    assert [goals[name.removeprefix("_Toc")] for _, _, name in entries(data)] == [
        text for _, text, _ in entries(data)
    ]
    assert len(set(goals)) == 3


def test_contents_are_one_field_that_asks_nothing() -> None:
    data = written(TableOfContents("もくじ"), Heading("概要"), Heading("資料"))
    title, first, second, end, *_ = paragraphs(data)
    assert (style_of(title), *texts([title])) == ("TOCHeading", "もくじ")
    kinds = [[c.get(qn("w:fldCharType")) for c in p.iter(qn("w:fldChar"))] for p in (first, end)]
    assert kinds == [["begin", "separate"], ["end"]]
    assert texts([first, second, end]) == ["概要", "資料", ""]
    assert fields(data)[0][0] == r'TOC \o "1-2" \h \z \u'
    assert not any(e.get(qn("w:dirty")) for e in part(data).iter())
    assert list(part(data, "word/settings.xml").iter(qn("w:updateFields"))) == []


def test_contents_of_one_level() -> None:
    data = written(TableOfContents(depth=1), Heading("概要"), goal(1))
    assert [entry[:2] for entry in entries(data)] == [("TOC1", "概要")]
    assert fields(data)[0][0] == r'TOC \o "1-1" \h \z \u'


def test_contents_without_a_heading_stay_empty() -> None:
    data = written(TableOfContents(), Paragraph("文"))
    assert entries(data) == []
    assert texts(paragraphs(data)) == ["目次", "", "文"]


def test_without_contents_headings_are_not_marked() -> None:
    assert marked(written(Heading("章")), "") == {}


def test_contents_hold_the_headings_of_staff_and_keep_their_bookmarks(tmp_path: Path) -> None:
    word = empty()
    word.add_paragraph("{{目次}}")
    word.add_heading("はじめに", 1)
    word.add_heading("", 1)
    mark = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{}<w:r><w:t>経緯</w:t></w:r>{}</w:p>'
    ends = ('<w:bookmarkStart w:id="1" w:name="_Toc000000001"/>', '<w:bookmarkEnd w:id="1"/>')
    put(word, mark.format(*ends))
    word.add_paragraph("{{本文}}")
    sections = (Section("概要", (Heading("概\n要"),)), Section("目次", (TableOfContents(),)))
    data = data_of(document(*sections), saved(word, tmp_path / "a.docx"))
    assert entries(data) == [
        ("TOC1", "はじめに", "_Toc000000002"),
        ("TOC1", "経緯", "_Toc000000001"),
        ("TOC1", "概 要", "_Toc000000003"),
    ]


def test_empty_contents_of_staff_are_left_where_the_report_has_none(tmp_path: Path) -> None:
    word = empty()
    put(word, f"<w:p>{field(STAFFS_CONTENTS, '')}</w:p>")
    word.add_paragraph("{{本文}}")
    made = document(Section("評価", (Heading("章"),)))
    data = data_of(made, saved(word, tmp_path / "a.docx"))
    assert entries(data) == []


def test_the_levels_of_headings_follow_each_other() -> None:
    styles = map(style_of, paragraphs(data_of(everything())))
    headings = [style for style in styles if style.startswith("Heading")]
    assert [int(style[-1]) for style in headings] == [1, 1, 2, 1, 2, 1, 2, 1]
