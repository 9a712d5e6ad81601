"""Named places: found however Word writes them, filled, and nothing around them lost."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from base_tools import REPORT, based_on, empty, lines, report, saved
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from word_tools import converted
from workbook_tools import needs_libreoffice

from aso_xl.report.base.looks import ends_section, text_width
from aso_xl.report.base.open import open_base
from aso_xl.report.base.places import open_slots
from aso_xl.report.base.text import put, text_of
from aso_xl.report.content.blocks import Document, Section
from aso_xl.report.content.place_names import alone, loose_braces, places, suggestion
from aso_xl.report.content.style_names import REQUIRED

ALL = ["〈表題〉", "〈概要〉", "〈評価〉", "〈資料〉"]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "6060600000000500017a5eab3f0000000049454e44ae426082"
)


@pytest.mark.parametrize(
    "text", ["{{本文}}", "｛｛本文｝｝", "｛{本文}｝", " {{ 本 文 }}\u3000", "{{\u3000本文}}"]
)
def test_a_place_may_be_wide_or_spaced(text: str) -> None:
    assert alone(text) == "本文"


@pytest.mark.parametrize("text", ["{本文}", "{{本文}}。", "{{本文}}{{概要}}", "本文", "{{本文}"])
def test_what_is_no_lone_place(text: str) -> None:
    assert alone(text) == ""


def test_places_say_where_they_stand() -> None:
    found = list(places("令和{{ 評価年度 }}の｛｛市町村｝｝"))
    assert [(p.name, p.written, p.start, p.end) for p in found] == [
        ("評価年度", "{{ 評価年度 }}", 2, 12),
        ("市町村", "｛｛市町村｝｝", 13, 20),
    ]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("{{概要}} と {{評価", "{{評価"),
        ("{{概要}", "{{概要}"),
        ("これは{概要}}", "{概要}}"),
        ("あ{概要}い", "{概要}い"),
        ("{{概要}}", ""),
        ("{括弧} と {}", ""),
    ],
)
def test_braces_that_do_not_close(text: str, piece: str) -> None:
    assert loose_braces(text) == piece


def test_a_mistyped_name_is_guessed_letter_by_letter() -> None:
    known = ("用語", "概要", "達成率", "あと少し")
    guesses = {n: suggestion(n, known) for n in ("概用", "達成立", "後少し", "ほげほげ", "")}
    assert guesses == {
        "概用": "概要",
        "達成立": "達成率",
        "後少し": "あと少し",
        "ほげほげ": "",
        "": "",
    }


@given(st.lists(st.text("{}本文ab ", max_size=5), min_size=1), st.data())
def test_put_changes_the_joined_text_wherever_runs_are_cut(
    pieces: list[str], data: st.DataObject
) -> None:
    word = empty()
    paragraph = word.add_paragraph()
    for piece in pieces:
        paragraph.add_run().text = piece
        paragraph.runs[-1].bold = True
    text = text_of(paragraph._p)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    put(paragraph._p, start, end, "値")
    assert text_of(paragraph._p) == (text[:start] + "値" + text[end:] if start < end else text)
    assert all(run.bold for run in paragraph.runs)


def test_the_rest_of_the_body_stays_where_it_is(tmp_path: Path) -> None:
    base = based_on(tmp_path, "表紙", "{{本文}}", "結び", "{{見本}}", "見本の文", "{{見本}}")
    assert lines(report(base)) == ["表紙", *ALL, "結び"]


def test_sections_with_a_place_of_their_own_leave_the_rest_to_the_body(tmp_path: Path) -> None:
    base = based_on(tmp_path, "{{資料}}", "間", "{{本文}}", "{{評価}}", "{{担当課別}}", "終わり")
    expected = ["〈資料〉", "間", "〈表題〉", "〈概要〉", "〈評価〉", "終わり"]
    assert lines(report(base)) == expected


def test_without_a_place_for_the_rest_it_is_left_out(tmp_path: Path) -> None:
    assert lines(report(based_on(tmp_path, "前", "{{概要}}", "後"))) == ["前", "〈概要〉", "後"]


def test_words_are_filled_in_everywhere_in_the_look_of_their_run(tmp_path: Path) -> None:
    word = empty()
    paragraph = word.add_paragraph()
    for text, bold in (("(｛｛市", True), ("町", None), ("村｝｝の{{達成", None), ("率}})", True)):
        paragraph.add_run(text).bold = bold
    word.add_table(1, 1).cell(0, 0).text = "{{評価年度}}"
    word.add_paragraph("{{本文}}")
    word.sections[0].header.paragraphs[0].text = "{{総合戦略}} {{見出し}}"
    word.sections[0].footer.paragraphs[0].insert_paragraph_before("{{市町村}}")
    made = report(saved(word, tmp_path / "a.docx"))
    assert lines(made) == ["(阿蘇市の36.3%)", "[令和8年度]", *[""], *ALL]
    runs = made.paragraphs[0].runs
    assert [(r.text, r.bold) for r in runs] == [
        ("(阿蘇市", True),
        ("", None),
        ("の", None),
        ("36.3%", None),
        (")", True),
    ]
    assert made.sections[0].header.paragraphs[0].text == "第3期総合戦略 －"
    assert made.sections[0].footer.paragraphs[0].text == "阿蘇市"


def test_both_copies_of_a_text_box_are_filled(tmp_path: Path) -> None:
    word = empty()
    paragraph = word.add_paragraph("表紙")
    paragraph._p.append(parse_xml(TEXT_BOX))
    word.add_paragraph("{{本文}}")
    made = report(saved(word, tmp_path / "a.docx"))
    boxes = [p for p in made.element.body.iter(qn("w:p")) if text_of(p) == "阿蘇市"]
    assert len(boxes) == 2
    assert text_of(made.paragraphs[0]._p) == "表紙"


def test_page_breaks_around_a_place_stay(tmp_path: Path) -> None:
    word = empty()
    word.add_paragraph("表紙")
    paragraph = word.add_paragraph()
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("{{本文}}").add_break(WD_BREAK.PAGE)
    word.add_paragraph("結び")
    word.add_paragraph("{{資料}}").paragraph_format.page_break_before = True
    made = report(saved(word, tmp_path / "a.docx"))
    assert lines(made) == ["表紙", "|", *ALL[:3], "|", "結び", "|", "〈資料〉"]
    for empty_one in (made.paragraphs[n] for n in (1, 5, 7)):
        assert empty_one._p.xpath("./w:pPr/w:spacing/@w:line") == ["20"]


def test_a_picture_in_the_paragraph_of_a_place_stays_before_it(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PIXEL)
    word = empty()
    paragraph = word.add_paragraph("{{本文}}")
    paragraph.add_run().add_picture(str(tmp_path / "logo.png"), Cm(3))
    made = report(saved(word, tmp_path / "a.docx"))
    assert lines(made) == ["", *ALL]
    assert made.paragraphs[0]._p.xpath(".//w:drawing")
    assert not made.paragraphs[0]._p.xpath("./w:pPr/w:spacing")


def test_sections_of_staff_keep_their_pages_and_headers(tmp_path: Path) -> None:
    word = docx.Document(str(sectioned(tmp_path)))
    before = [setup(s._sectPr) for s in word.sections]
    made = report(tmp_path / "a.docx")
    assert lines(made) == ["表紙", "§", *ALL, "§", "付録"]
    assert [setup(s._sectPr) for s in made.sections] == before
    assert made.sections[0].first_page_header.paragraphs[0].text == "表紙のヘッダー"
    assert made.sections[1].header.paragraphs[0].text == "阿蘇市"


def setup(element: etree._Element) -> list[tuple[str, dict[str, str]]]:
    return [(str(each.tag), dict(each.attrib)) for each in element.iter()]


def sectioned(folder: Path) -> Path:
    """Return a base of three sections; the second, turned, ends in the paragraph of the place."""
    word = empty()
    word.add_paragraph("表紙")
    first = word.sections[0]
    first.header.paragraphs[0].text = "阿蘇市"
    first.different_first_page_header_footer = True
    first.first_page_header.paragraphs[0].text = "表紙のヘッダー"
    second = word.add_section(WD_SECTION.NEW_PAGE)
    second.orientation = WD_ORIENT.LANDSCAPE
    second.page_width, second.page_height = second.page_height, second.page_width
    word.add_paragraph("{{本文}}")
    third = word.add_section(WD_SECTION.CONTINUOUS)
    third.orientation = WD_ORIENT.PORTRAIT
    third.page_width, third.page_height = third.page_height, third.page_width
    _break_into(word, "{{本文}}")
    word.add_paragraph("付録")
    return saved(word, folder / "a.docx")


def _break_into(word: WordDocument, text: str) -> None:
    """Move the section break after a paragraph into it, as Word does."""
    paragraph = next(p for p in word.paragraphs if p.text == text)._p
    following = paragraph.getnext()
    paragraph.get_or_add_pPr().append(following.pPr.find(qn("w:sectPr")))
    following.getparent().remove(following)


def test_widths_are_those_of_the_page_the_place_is_on(tmp_path: Path) -> None:
    word = open_base(sectioned(tmp_path), REQUIRED, REPORT)
    (slot,) = open_slots(word, REPORT)
    assert text_width(word, slot.anchor) == 16838 - 2 * 1333
    assert text_width(word, slot.anchor, turned=True) == 11906 - 2 * 1333
    assert text_width(word) == 11906 - 2 * 1333


@pytest.mark.parametrize(
    ("after", "ends"), [((), True), (("", " "), True), (("", "結び"), False), (("[表]",), False)]
)
def test_whether_a_place_is_the_last_of_its_section(
    tmp_path: Path, after: tuple[str, ...], ends: bool
) -> None:
    word = empty()
    word.add_paragraph("{{本文}}")
    for line in after:
        word.add_table(1, 1) if line == "[表]" else word.add_paragraph(line)
    word.add_section(WD_SECTION.NEW_PAGE)
    word.add_paragraph("次の節")
    opened = open_base(saved(word, tmp_path / "a.docx"), REQUIRED, REPORT)
    (slot,) = open_slots(opened, REPORT)
    assert ends_section(opened, slot.anchor) is ends


@pytest.mark.parametrize("in_a_section_of_its_own", [False, True])
def test_the_specimen_takes_its_own_sections_with_it(
    tmp_path: Path, in_a_section_of_its_own: bool
) -> None:
    word = empty()
    word.add_paragraph("{{本文}}")
    word.sections[0].left_margin = Cm(4)
    if in_a_section_of_its_own:
        word.add_section(WD_SECTION.NEW_PAGE).left_margin = Cm(1)
    word.add_paragraph("{{見本}}")
    word.add_section(WD_SECTION.NEW_PAGE).left_margin = Cm(2)
    word.add_paragraph("見本")
    made = report(saved(word, tmp_path / "a.docx"))
    assert lines(made)[:4] == ALL
    assert [round(s.left_margin.cm) for s in made.sections if s.left_margin] == [4]


def test_tables_of_staff_are_not_joined_where_a_place_goes(tmp_path: Path) -> None:
    word = empty()
    word.add_paragraph("{{概要}}")
    word.add_table(1, 1)
    word.add_paragraph("{{担当課別}}")
    word.add_table(1, 1)
    word.add_paragraph("{{見本}}")
    made = report(saved(word, tmp_path / "a.docx"))
    assert lines(made) == ["〈概要〉", "[]", "", "[]", ""]


def test_text_that_a_recorded_change_has_removed_does_not_count(tmp_path: Path) -> None:
    word = empty()
    paragraph = word.add_paragraph("{{本文}}")._p
    paragraph.append(parse_xml(f'<w:del xmlns:w="{W}" w:id="1" w:author="a">{DELETED}</w:del>'))
    paragraph.append(
        parse_xml(f'<w:moveFrom xmlns:w="{W}" w:id="2" w:author="a">{RUN}</w:moveFrom>')
    )
    assert [x for x in lines(report(saved(word, tmp_path / "a.docx"))) if x] == ALL


def test_the_marks_of_an_earlier_report_are_forgotten(tmp_path: Path) -> None:
    word = empty()
    marks = "".join(
        f'<w:bookmarkStart w:id="{n}" w:name="{name}"/><w:bookmarkEnd w:id="{n}"/>'
        for n, name in enumerate(("_aso_eval_1_kpi", "_Ref_list_1", "職員のしおり"))
    )
    word.add_paragraph("昨年の文")._p.append(
        parse_xml(f'<w:ins xmlns:w="{W}" w:id="9" w:author="a">{marks}</w:ins>')
    )
    word.add_paragraph("{{本文}}")
    made = report(saved(word, tmp_path / "a.docx"))
    assert made.element.body.xpath(".//w:bookmarkStart/@w:name") == ["職員のしおり"]
    assert len(made.element.body.xpath(".//w:bookmarkEnd")) == 1


def test_a_kind_without_any_section_gives_an_empty_place(tmp_path: Path) -> None:
    only = Document("概要版", "", (Section("概要", ()),))
    assert lines(report(based_on(tmp_path, "前", "{{資料}}", "{{本文}}"), only)) == [
        "前",
        "〈概要〉",
    ]


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_base_edited_in_libreoffice_works(tmp_path: Path) -> None:
    path = sectioned(tmp_path)
    word = docx.Document(str(path))
    word.paragraphs[0].text = "{{市町村}}の表紙"
    word.add_paragraph("{{見本}}")
    for text, style in (("表題", "Title"), ("目次の見出し", "TOC Heading"), ("図", "図")):
        word.add_paragraph(text, style)
    made = report(converted(saved(word, path), tmp_path))
    kept = [line for line in lines(made) if line.strip("§")]
    assert [line.strip("§") for line in kept] == ["阿蘇市の表紙", *ALL, "付録"]
    assert [s.orientation for s in made.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    # LibreOffice makes the first page's header that of its whole section
    assert made.sections[0].header.paragraphs[0].text == "表紙のヘッダー"


RUN = "<w:r><w:t>移した文</w:t></w:r>"
DELETED = "<w:r><w:delText>消した文</w:delText></w:r>"
BOX = "<w:txbxContent><w:p><w:r><w:t>{{市町</w:t></w:r><w:r><w:t>村}}</w:t></w:r></w:p></w:txbxContent>"
TEXT_BOX = (
    f'<w:r xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
    f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
