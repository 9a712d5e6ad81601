"""Named places in the written document: each a bookmark around exactly what is renewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from base_tools import empty, saved
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from word_tools import (
    COLUMNS,
    chart,
    converted,
    data_of,
    document,
    everything,
    find,
    goal,
    listing,
    marked,
    paragraphs,
    part,
    rows_of,
    texts,
    written,
)
from workbook_tools import needs_libreoffice

from aso_xl.report.base.bookmark_writer import BookmarkWriter
from aso_xl.report.content.blocks import (
    Block,
    DataTable,
    Figure,
    HeadlineRow,
    Notes,
    PageBreak,
    Paragraph,
    Section,
    TableCell,
)
from aso_xl.report.reissue import bookmark_index as read
from aso_xl.report.reissue.texts import text_of


def test_figures_of_a_sentence_are_marked_and_its_words_are_not() -> None:
    said = ("達成率は", Figure("over_rate", " 33.3% "), "で、", Figure("over_n", ""), "です。")
    data = written(Paragraph(said))
    assert texts(paragraphs(data)) == ["達成率は 33.3% で、です。"]
    assert marked(data) == {"over_rate": " 33.3% ", "over_n": ""}
    spaced = [t for t in part(data).iter(qn("w:t")) if t.text == " 33.3% "]
    assert spaced[0].get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_results_and_the_line_of_the_evaluation_are_marked_within_their_cells() -> None:
    data = written(goal(1))
    assert marked(data) == {
        "eval_1H1": "未達成",
        "eval_1H2": "達成",
        "eval_1_kpi": "(目標達成) 5項目/15項目 (達成率) 33.3%",
    }
    starts = find(part(data), ".//w:tc/w:p/w:bookmarkStart")
    assert len(starts) == 3


def test_named_notes_are_marked_from_the_first_to_the_last() -> None:
    data = written(Paragraph("前"), Notes(("※1", "※2", "※3"), "notes"), Paragraph("後"))
    assert marked(data) == {"notes": "※1/※2/※3"}
    first, last = paragraphs(data)[1], paragraphs(data)[3]
    assert find(first, "w:bookmarkStart") and find(last, "w:bookmarkEnd")


def test_named_notes_without_a_line_keep_their_place_unseen() -> None:
    data = written(Paragraph("前"), Notes((), "notes"), Notes(()), Paragraph("後"))
    before, place, after = paragraphs(data)
    assert texts([before, place, after]) == ["前", "", "後"]
    assert marked(data) == {"notes": ""}
    assert find(place, "w:pPr/w:spacing")[0].get(qn("w:line")) == "20"


def test_the_marks_of_a_table_stand_in_its_first_cells() -> None:
    data = written(listing())
    assert marked(data) == {
        "list_1": "番号",
        **{f"list_1_01_{n}": f"1-01-{n}" for n in (1, 2, 3)},
        **{f"list_1_01_{n}_actual": f"{n}人" for n in (1, 2, 3)},
    }
    names = [
        [mark.get(qn("w:name")) for mark in find(row, "w:tc[1]/w:p/w:bookmarkStart")]
        for row in rows_of(data)
    ]
    assert names == [["_aso_list_1"], *([f"_aso_list_1_01_{n}"] for n in (1, 2, 3))]


def test_a_row_and_a_figure_may_share_the_first_cell() -> None:
    rows = ((TableCell("94人", figure="actual"), TableCell("a"), TableCell("b")),)
    data = written(DataTable("", COLUMNS, rows, name="near", keys=("1_01_1",)))
    assert marked(data) == {"near": "番号", "near_1_01_1": "94人", "actual": "94人"}


def test_a_table_of_many_columns_without_rows_keeps_its_name() -> None:
    assert marked(written(DataTable("", COLUMNS, (), name="near"))) == {"near": "番号"}


def test_the_mark_of_a_chart_is_around_its_drawing() -> None:
    (place, caption) = paragraphs(written(chart()))
    tags = [etree.QName(e).localname for e in place]
    assert tags == ["pPr", "bookmarkStart", "r", "bookmarkEnd"]
    assert len(list(place.iter(qn("w:drawing")))) == 1
    assert texts([caption]) == ["図 1\u3000達成の状況"]


@pytest.mark.parametrize("name", ["a b", "割合", "1a", "_a", "a" * 35, "a-b"])
def test_names_that_word_cannot_keep_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name of a place"):
        written(Paragraph((Figure(name, "1"),)))


def test_the_longest_name_is_forty_letters_with_its_prefix() -> None:
    name = "a" * 34
    data = written(DataTable("表", COLUMNS, (), name=name))
    assert all(len(found) <= 40 for found in marked(data, ""))
    assert set(marked(data, "")) == {f"_aso_{name}", f"_Ref_{name}"}


@pytest.mark.parametrize(
    "blocks",
    [
        (Notes((), "a"), Paragraph((Figure("a", "1"),))),
        (listing(), Paragraph((Figure("list_1_01_2", "1"),))),
        (goal(1), goal(1)),
    ],
)
def test_a_name_stands_once(blocks: tuple[Block, ...]) -> None:
    with pytest.raises(ValueError, match="name of a place"):
        written(*blocks)


@pytest.mark.parametrize(("name", "keys"), [("list", ("1",)), ("list", ("1", "2", "3"))])
def test_keys_are_one_a_row(name: str, keys: tuple[str, ...]) -> None:
    rows = ((TableCell("1"), TableCell("a"), TableCell("b")),) * 2
    with pytest.raises(ValueError, match=r"shorter|longer"):
        written(DataTable("表", COLUMNS, rows, name=name, keys=keys))


def test_without_names_nothing_is_marked() -> None:
    rows = ((TableCell("1"), TableCell("a"), TableCell("b")),)
    data = written(DataTable("", COLUMNS, rows), Notes(("※",)), Paragraph("文"))
    assert marked(data, "") == {}


def test_ids_go_on_from_those_of_the_base_document(tmp_path: Path) -> None:
    word = empty()
    paragraph = word.add_paragraph("表紙")
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        paragraph._p.append(OxmlElement(tag, {qn("w:id"): "41"}))
    paragraph._p[-2].set(qn("w:name"), "表紙")
    word.add_paragraph("{{本文}}")
    made = data_of(document(Section("評価", (goal(1),))), saved(word, tmp_path / "a.docx"))
    ids = [mark.get(qn("w:id")) for mark in part(made).iter(qn("w:bookmarkStart"))]
    assert ids == ["41", "42", "43", "44"]


@given(st.lists(st.sampled_from(["figure", "notes", "table", "goal", "chart", "break"])))
def test_every_mark_of_any_report_ends_and_ids_differ(kinds: list[str]) -> None:
    blocks: list[Block] = []
    for n, kind in enumerate(kinds, 1):
        lines = (HeadlineRow("文", "達成", f"r{n}"),)
        blocks.append(
            {
                "figure": Paragraph((Figure(f"f{n}", "1"), "。")),
                "notes": Notes(("※",) * (n % 3), f"n{n}"),
                "table": listing(f"t{n}", n % 4),
                "goal": type(goal(1))("題", lines, "KPI", f"k{n}"),
                "chart": chart(f"c{n}", "図" * (n % 2)),
                "break": PageBreak(),
            }[kind]
        )
    data = written(*blocks)
    assert len(marked(data)) == len(list(part(data).iter(qn("w:bookmarkStart")))) - len(
        marked(data, "_Ref_")
    )
    ids = [mark.get(qn("w:id")) for mark in part(data).iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))


def test_marks_gives_each_id_once() -> None:
    marks = BookmarkWriter(7)
    assert marks.around("", "x") == "x"
    assert [marks.new_id(), marks.new_id()] == [8, 9]


def said(path: Path) -> dict[str, str]:
    """Return what re-issuing reads in every named place of a document."""
    found = read.Bookmarks(part(path.read_bytes()))
    return {name: text_of(found[name]) for name in found}


@pytest.mark.libreoffice
@needs_libreoffice
def test_all_marks_survive_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "文書.docx"
    path.write_bytes(data_of(everything()))
    before = said(path)
    assert len(before) == 18
    assert before["evalnotes_1"] == "※うち未公表 1項目\n※うち未入力"
    assert said(converted(path, tmp_path)) == before
