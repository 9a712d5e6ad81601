"""Blocks that come and go in documents that staff have edited: put in at their place, or taken out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from chart_samples import COUNTS
from cli_tools import changed
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph
from packages import unpacked
from reissue_tools import COLUMNS, MEMORY, edited, made, printed, renewed

from aso_xl.report.content.blocks import (
    Block,
    DataTable,
    Document,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Reference,
    Section,
    TableCell,
    TableColumn,
    TableOfContents,
)
from aso_xl.report.content.naming import named

OFFICES = {"a": "観光課", "b": "農政課", "c": "財政課"}
F9 = "見出しの一覧(目次)は、Word で目次を選び F9 キーを押して更新してください。"


def office(key: str, columns: tuple[TableColumn, ...] = COLUMNS) -> tuple[Block, ...]:
    cells = (
        TableCell(f"1-01-{key}"),
        TableCell("1 農業"),
        TableCell("94人", figure=f"list_{key}_1_n"),
        TableCell("要因"),
    )
    row = (*cells, TableCell("50.0%", figure=f"list_{key}_1_more"))[: len(columns)]
    title = f"{OFFICES[key]}の指標"
    return (
        Heading(OFFICES[key], 2),
        DataTable(title, columns, (row,), "1件", f"list_{key}", ("1",)),
        Notes((f"※{OFFICES[key]}の注",), f"notes_{key}"),
    )


def report(
    keys: str, *, chart: bool = False, columns: tuple[TableColumn, ...] = COLUMNS
) -> Document:
    """Return a report with a part for each of the offices."""
    references = tuple(piece for key in keys for piece in (Reference(f"list_{key}"), "、"))
    lead = Paragraph(
        (Figure("say_n", f"{len(keys)}課"), "の状況は、", *references[:-1], "のとおりです。")
    )
    front = Section("目次", (TableOfContents(),))
    parts = (Heading("担当課別"), lead, *(b for key in keys for b in office(key, columns)))
    end = (Heading("用語"), Paragraph("達成率は割合です。"), *([COUNTS] if chart else []))
    return named(
        Document(
            "題",
            "阿蘇市",
            (front, Section("担当課別", parts, landscape=True), Section("用語", end)),
        )
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(report("ac"), tmp_path / "文書.docx")


def texts_of(word: WordDocument) -> list[str]:
    return [p.text for p in word.paragraphs if p.text]


def paragraph_of(word: WordDocument, text: str) -> WordParagraph:
    """Return the last paragraph of a text: the first may stand in the contents."""
    return [p for p in word.paragraphs if p.text == text][-1]


@pytest.mark.parametrize(("old", "new"), [("ac", "abc"), ("abc", "ac"), ("a", "bc"), ("bc", "a")])
def test_parts_come_and_go(tmp_path: Path, old: str, new: str) -> None:
    """Contents, captions and references follow."""
    found, done = renewed(made(report(old), tmp_path / "旧.docx"), report(new))
    assert printed(done) == printed(made(report(new), tmp_path / "新.docx"))
    assert (found.missing, found.left, found.kept, found.remarks) == ((), (), (), ())
    label = f"表「{OFFICES['b']}の指標」"
    (change,) = [c for c in found.renewed if c.name == "list_b"]
    heads = "番号・施策・実績値・要因"
    expected = ("", heads) if "b" in new else (heads, "")
    assert (change.label, change.before, change.after) == (label, *expected)


def test_a_new_table_is_as_wide_as_the_pages_on_which_it_stands(path: Path) -> None:
    _, done = renewed(path, report("abc"))
    widths = {
        sum(int(str(c.get(qn("w:w")))) for c in table._tbl.tblGrid)
        for table in docx.Document(str(done)).tables
    }
    assert len(widths) == 1


def test_a_chart_comes_and_goes(path: Path) -> None:
    before = set(unpacked(path))
    _, done = renewed(path, report("ac", chart=True))
    assert printed(done)[-1].startswith("図 1")
    assert len(docx.Document(str(done)).inline_shapes) == 1
    assert docx.Document(str(done)).inline_shapes[0].height == Mm(COUNTS.height)
    found, back = renewed(done, report("ac"))
    assert [c.name for c in found.renewed] == ["chart_counts"]
    assert printed(back) == printed(path)
    assert set(unpacked(back)) == before


def test_what_staff_took_out_stays_out(path: Path) -> None:
    def take_out(word: WordDocument) -> None:
        heading = paragraph_of(word, "財政課")._p
        body = heading.getparent()
        for element in (heading, word.tables[1]._tbl.getprevious(), word.tables[1]._tbl):
            body.remove(element)

    found, done = renewed(edited(path, take_out), report("abc"))
    assert [lack.name for lack in found.missing] == ["list_c"]
    assert [t.rows[1].cells[0].text for t in docx.Document(str(done)).tables] == [
        "1-01-a",
        "1-01-b",
    ]
    assert renewed(done, report("abc"))[0].renewed == ()


def test_new_parts_stand_where_staff_have_moved_those_before_them(path: Path) -> None:
    def move(word: WordDocument) -> None:
        heading = paragraph_of(word, "観光課")._p
        body = heading.getparent()
        start = list(body).index(heading)
        group = list(body)[start : list(body).index(paragraph_of(word, "財政課")._p)]
        end = paragraph_of(word, "※財政課の注")._p
        for element in reversed(group):
            end.addnext(element)

    _, done = renewed(edited(path, move), report("abc"))
    heads = [t for t in texts_of(docx.Document(str(done))) if t in OFFICES.values()]
    assert heads[-3:] == ["財政課", "観光課", "農政課"]


def row_added(word: WordDocument) -> None:
    word.tables[1].add_row().cells[3].text = "職員の行"


def cell_rewritten(word: WordDocument) -> None:
    word.tables[1].rows[1].cells[3].text = "職員の要因"


@pytest.mark.parametrize("edit", [row_added, cell_rewritten])
def test_a_table_with_words_of_staff_is_not_taken_out(
    path: Path, edit: Callable[[WordDocument], None]
) -> None:
    found, done = renewed(edited(path, edit), report("a"))
    assert [lack.name for lack in found.left][-1] == "list_c"
    assert "財政課" in texts_of(docx.Document(str(done)))
    assert "※財政課の注" not in texts_of(docx.Document(str(done)))


def test_a_heading_under_which_staff_have_written_stays(path: Path) -> None:
    def write(word: WordDocument) -> None:
        paragraph_of(word, "※財政課の注").insert_paragraph_before("職員の所見")

    found, done = renewed(edited(path, write), report("a"))
    shown = texts_of(docx.Document(str(done)))
    assert shown[shown.index("職員の所見") - 1] == "財政課"
    assert len(docx.Document(str(done)).tables) == 1
    assert [lack.label for lack in found.left] == ["「財政課」"]


def test_a_sentence_to_which_staff_have_added_stays(path: Path) -> None:
    def write(word: WordDocument) -> None:
        paragraph_of(word, "※財政課の注").add_run("(職員の加筆)")

    _, done = renewed(edited(path, write), report("a"))
    assert "※財政課の注(職員の加筆)" in texts_of(docx.Document(str(done)))


def test_nothing_comes_or_goes_if_the_memory_is_lost(path: Path, tmp_path: Path) -> None:
    bare = changed(path, tmp_path / "記憶なし.docx", {MEMORY: lambda data: b"<damaged"})
    found, done = renewed(bare, report("ab"))
    assert [lack.name for lack in found.missing] == ["list_b", "notes_b"]
    assert [lack.label for lack in found.left][-2:] == ["「番号」", "「※財政課の注」"]
    assert len(docx.Document(str(done)).tables) == 2


WIDER = (*COLUMNS, TableColumn("進捗率", 20))


def test_a_table_of_other_columns_is_made_anew(path: Path, tmp_path: Path) -> None:
    found, done = renewed(path, report("ac", columns=WIDER))
    assert printed(done) == printed(made(report("ac", columns=WIDER), tmp_path / "新.docx"))
    assert [(c.name, c.before, c.after) for c in found.renewed] == [
        (f"list_{key}", "番号・施策・実績値・要因", "番号・施策・実績値・要因・進捗率")
        for key in "ac"
    ]


def test_a_table_of_other_columns_with_words_of_staff_stays_and_is_told(path: Path) -> None:
    found, done = renewed(edited(path, cell_rewritten), report("ac", columns=WIDER))
    assert [lack.name for lack in found.missing] == ["list_c_1_more"]
    assert [len(t.columns) for t in docx.Document(str(done)).tables] == [5, 4]


def with_page_numbers(word: WordDocument) -> None:
    """Have the contents as Word renews them."""
    entry = next(p for p in word.paragraphs if p.text == "観光課")._p
    link = next(entry.iter(qn("w:hyperlink")))
    run = OxmlElement("w:r")
    code = OxmlElement("w:instrText")
    code.text = r" PAGEREF _Toc000000002 \h "
    run.append(code)
    link.append(run)


def test_contents_with_page_numbers_are_left_to_word(path: Path) -> None:
    before = [p.text for p in docx.Document(str(path)).paragraphs[:6]]
    found, done = renewed(edited(path, with_page_numbers), report("abc"))
    assert found.remarks == (F9,)
    assert [p.text for p in docx.Document(str(done)).paragraphs[:5]] == before[:5]
    assert renewed(done, report("abc"))[0].remarks == ()


def test_a_reference_to_a_table_that_staff_took_out_is_left(path: Path) -> None:
    def take_out(word: WordDocument) -> None:
        caption = word.tables[0]._tbl.getprevious()
        caption.getparent().remove(caption)

    _, done = renewed(edited(path, take_out), report("abc"))
    captions = [t for t in texts_of(docx.Document(str(done))) if t.startswith("表 ")]
    assert captions == ["表 1\u3000農政課の指標", "表 2\u3000財政課の指標"]
