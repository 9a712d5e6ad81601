"""Documents that staff have edited in every way, renewed: figures change, their work stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from cli_tools import changed
from docx.document import Document as WordDocument
from docx.shared import Cm, RGBColor
from packages import unpacked
from reissue_tools import (
    LINES,
    MEMORY,
    Line,
    edited,
    made,
    merges,
    printed,
    renewed,
    report,
    rows,
    texts,
    without_text,
)
from word_tools import converted
from workbook_tools import needs_libreoffice

from aso_xl.report.reissue.changes import Renewal
from aso_xl.report.reissue.element_names import END, NAME, START, P, R, w

OLD = report()
NEW = report(
    (LINES[0], ("1_01_2", "1 農業", "1,300億円"), LINES[2]),
    result="達成",
    share="45.4%",
    notes=("※うち未入力 1項目",),
)


def path_in(folder: Path) -> Path:
    return made(OLD, folder / "文書.docx")


def names(found: Renewal) -> list[str]:
    return [change.name for change in found.renewed]


ALL = ["over_rate", "eval_1H1", "eval_1_kpi", "evalnotes_1", "late_1_01_2_actual"]


def test_an_unedited_document_becomes_the_fresh_one(tmp_path: Path) -> None:
    found, path = renewed(path_in(tmp_path), NEW)
    assert names(found) == ALL
    assert (found.missing, found.left, found.remarks) == ((), (), ())
    assert printed(path) == printed(made(NEW, tmp_path / "新.docx"))


def test_places_are_told_by_words_that_staff_understand(tmp_path: Path) -> None:
    found, _ = renewed(path_in(tmp_path), NEW)
    assert [(c.label, c.before, c.after) for c in found.renewed] == [
        ("「概要」の文「達成率は[ ]です。今後も取り組みます」", "36.3%", "45.4%"),
        ("「(基本目標1) 仕事をつくる」 数値目標「転入者数を増やす。」の結果", "未達成", "達成"),
        (
            "「(基本目標1) 仕事をつくる」 KPI",
            "(目標達成) 4項目/11項目 (達成率) 36.3%",
            "(目標達成) 4項目/11項目 (達成率) 45.4%",
        ),
        (
            "「(基本目標1) 仕事をつくる」の注",
            "※うち未公表 1項目\n※うち未入力 2項目",
            "※うち未入力 1項目",
        ),
        ("表「遅れている指標」 1-01-2 実績値", "1,241億\n5,500万円", "1,300億円"),
    ]


def test_a_second_renewal_finds_nothing(tmp_path: Path) -> None:
    _, path = renewed(path_in(tmp_path), NEW)
    found, again = renewed(path, NEW)
    assert found == Renewal((), (), ())
    assert unpacked(again) == unpacked(path)


def test_nothing_else_of_the_package_changes(tmp_path: Path) -> None:
    """Only the words of the places differ, and no other part even in a byte."""
    path = path_in(tmp_path)
    before = unpacked(path)
    same_notes = ("※うち未公表 3項目", "※うち未入力 2項目")
    document = report((*LINES[:2], ("1_02_1", "2 林業", "5人")), share="45.4%", notes=same_notes)
    _, done = renewed(path, document)
    after = unpacked(done)
    assert [*after] == [*before]
    different = {name for name in before if before[name] != after[name]}
    assert different == {"word/document.xml", "docProps/core.xml"}
    body = "word/document.xml"
    assert without_text(after[body]) == without_text(before[body])
    old, new = texts(path), texts(done)
    assert sum(one != other for one, other in zip(old, new, strict=True)) == 4


def prose_added(word: WordDocument) -> None:
    word.paragraphs[1].insert_paragraph_before("職員が書いた文。")
    word.paragraphs[2].add_run("(職員の加筆)").bold = True
    word.tables[1].rows[1].cells[3].text = "要因は天候です。"


def tables_reordered(word: WordDocument) -> None:
    first, second = (table._tbl for table in word.tables)
    first.addprevious(second)


def columns_widened(word: WordDocument) -> None:
    for cell in word.tables[1].columns[2].cells:
        cell.width = Cm(6)


def rows_coloured(word: WordDocument) -> None:
    for run in word.tables[1].rows[2]._tr.iter(R):
        shade = run.get_or_add_rPr().get_or_add_color()  # type: ignore[attr-defined]
        shade.val = RGBColor(0xFF, 0, 0)


def rows_sorted(word: WordDocument) -> None:
    body = word.tables[1]._tbl
    body.append(body.tr_lst[1])


def figure_bold(word: WordDocument) -> None:
    next(r for r in word.paragraphs[1].runs if r.text == "36.3%").bold = True


def figure_split(word: WordDocument) -> None:
    run = next(r for r in word.paragraphs[1].runs if r.text == "36.3%")
    rest = deepcopy(run._r)
    run._r.addnext(rest)
    run.text = "36"
    word.paragraphs[1].runs[2].text = ".3%"


def heading_changed(word: WordDocument) -> None:
    word.paragraphs[0].text = "１．取組の概要"


def section_moved(word: WordDocument) -> None:
    heading, sentence = word.paragraphs[0]._p, word.paragraphs[1]._p
    word.element.body.insert(-1, heading)
    word.element.body.insert(-1, sentence)


EDITS: list[Callable[[WordDocument], None]] = [
    *(prose_added, tables_reordered, columns_widened, rows_coloured, rows_sorted),
    *(figure_bold, figure_split, heading_changed, section_moved),
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edits_stay(tmp_path: Path, edit: Callable[[WordDocument], None]) -> None:
    """The renewed document is the edited one of the new figures, paragraph by paragraph."""
    path = edited(path_in(tmp_path), edit)
    before = texts(path)
    found, done = renewed(path, NEW)
    assert sorted(names(found)) == sorted(ALL)
    assert found.missing == found.left == ()
    pairs = {c.before: c.after for c in found.renewed}
    kept = [text for text in before if not text.startswith("※")]
    expected = [pairs.get(text, text).replace("36.3%", "45.4%") for text in kept]
    assert [text for text in texts(done) if not text.startswith("※")] == expected
    assert renewed(done, NEW)[0].renewed == ()


def test_formatting_of_staff_stays(tmp_path: Path) -> None:
    def change(word: WordDocument) -> None:
        figure_bold(word)
        rows_coloured(word)

    _, done = renewed(edited(path_in(tmp_path), change), NEW)
    word = docx.Document(str(done))
    assert [r.bold for r in word.paragraphs[1].runs if r.text == "45.4%"] == [True]
    run = word.tables[1].rows[2].cells[2].paragraphs[0].runs[0]
    assert (run.text, run.font.color.rgb) == ("1,300億円", RGBColor(0xFF, 0, 0))


def test_our_emphasis_follows_the_verdict(tmp_path: Path) -> None:
    _, done = renewed(path_in(tmp_path), NEW)
    assert docx.Document(str(done)).tables[0].rows[0].cells[2].paragraphs[0].runs[0].style.name == (
        "Strong"
    )
    _, back = renewed(done, OLD)
    run = docx.Document(str(back)).tables[0].rows[0].cells[2].paragraphs[0].runs[0]
    assert (run.text, run.style.name) == ("未達成", "Default Paragraph Font")


def figure_deleted(word: WordDocument) -> None:
    for child in list(word.paragraphs[1]._p)[2:5]:
        word.paragraphs[1]._p.remove(child)


def table_deleted(word: WordDocument) -> None:
    word.element.body.remove(word.tables[1]._tbl)


def cell_emptied(word: WordDocument) -> None:
    paragraph = word.tables[1].rows[1].cells[2].paragraphs[0]._p
    for child in list(paragraph)[1:]:
        paragraph.remove(child)


def deletion_tracked(word: WordDocument) -> None:
    run = next(r for r in word.paragraphs[1].runs if r.text == "36.3%")._r
    deleted = run.makeelement(w("del"), {w("id"): "900", w("author"): "課"})
    run.addprevious(deleted)
    deleted.append(run)
    for text in run.iter(w("t")):
        text.tag = w("delText")


@pytest.mark.parametrize(
    ("edit", "missing", "lost"),
    [
        (
            figure_deleted,
            [("over_rate", "「概要」の文「達成率は[ ]です。今後も取り組みます」")],
            "over_rate",
        ),
        (table_deleted, [("late", "表「遅れている指標」")], "late_1_01_2_actual"),
        (cell_emptied, [("late_1_01_1_actual", "表「遅れている指標」 1-01-1 実績値")], ""),
        (
            deletion_tracked,
            [("over_rate", "「概要」の文「達成率は[ ]です。今後も取り組みます」")],
            "over_rate",
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_gone_is_told_and_the_rest_renewed(
    tmp_path: Path,
    edit: Callable[[WordDocument], None],
    missing: Sequence[tuple[str, str]],
    lost: str,
) -> None:
    path = edited(path_in(tmp_path), edit)
    found, done = renewed(path, NEW)
    assert [(lack.name, lack.label) for lack in found.missing] == missing
    assert names(found) == [name for name in ALL if name != lost]
    again, _ = renewed(done, NEW)
    assert (again.renewed, again.missing) == ((), found.missing)


LATE: Sequence[Line] = (
    ("1_01_0", "1 農業", "1人"),
    LINES[0],
    ("1_01_3", "1 農業", "達成"),
    LINES[2],
    ("1_03_1", "3 商業", "7人"),
)


def test_rows_come_and_go(tmp_path: Path) -> None:
    document = report(LATE)
    found, done = renewed(path_in(tmp_path), document)
    fresh = made(document, tmp_path / "新.docx")
    assert rows(done) == rows(fresh)
    assert merges(done) == merges(fresh)
    assert b'w:tblDescription w:val="5\xe4\xbb\xb6"' in unpacked(done)["word/document.xml"]
    assert [(c.name, c.before, c.after) for c in found.renewed] == [
        ("late_1_01_0", "", "1-01-0 / 1 農業 / 1人 / 1_01_0の要因"),
        ("late_1_01_3", "", "1-01-3 / 1 農業 / 達成 / 1_01_3の要因"),
        ("late_1_03_1", "", "1-03-1 / 3 商業 / 7人 / 1_03_1の要因"),
        ("late_1_01_2", "1-01-2 / 1,241億 5,500万円 / 1_01_2の要因", ""),
    ]
    assert found.missing == found.left == ()
    assert renewed(done, document)[0].renewed == ()


def test_all_rows_can_go_and_come_back(tmp_path: Path) -> None:
    found, empty = renewed(path_in(tmp_path), report(()))
    assert len(rows(empty)) == 1
    assert [c.name for c in found.renewed] == ["late_1_01_1", "late_1_01_2", "late_1_02_1"]
    again, back = renewed(empty, OLD)
    assert rows(back) == rows(path_in(tmp_path))
    assert [c.after != "" for c in again.renewed] == [True] * 3
    header, first = docx.Document(str(back)).tables[-1]._tbl.tr_lst[:2]
    assert len(list(header.iter(w("tblHeader")))) == 1
    assert len(list(first.iter(w("tblHeader")))) == 0


def test_marks_of_new_rows_have_ids_and_names_of_their_own(tmp_path: Path) -> None:
    _, done = renewed(path_in(tmp_path), report(LATE))
    root = docx.Document(str(done)).element
    starts = [(s.get(w("id")), s.get(NAME)) for s in root.iter(START)]
    assert len({number for number, _ in starts}) == len({name for _, name in starts}) == len(starts)
    assert sorted(e.get(w("id")) for e in root.iter(END)) == sorted(n for n, _ in starts)


def test_rows_in_the_order_and_words_of_staff(tmp_path: Path) -> None:
    def change(word: WordDocument) -> None:
        rows_sorted(word)  # 1-01-1 goes to the end
        word.tables[1].rows[2].cells[3].text = "職員の要因"
        word.tables[1].add_row().cells[3].text = "職員の行"

    _, done = renewed(edited(path_in(tmp_path), change), report(LATE))
    order = ["番号", "1-02-1", "1-03-1", "1-01-0", "1-01-1", "1-01-3", ""]
    assert [row[0] for row in rows(done)] == order
    assert [row[3] for row in rows(done)][1:7:4] == ["職員の要因", "1_01_3の要因"]
    assert rows(done)[-1][3] == "職員の行"


def test_a_group_whose_first_row_goes_keeps_the_words_of_staff(tmp_path: Path) -> None:
    def change(word: WordDocument) -> None:
        word.tables[1].rows[1].cells[1].paragraphs[0].runs[0].text = "1 農業(重点)"

    _, done = renewed(edited(path_in(tmp_path), change), report(LINES[1:]))
    assert [row[1] for row in rows(done)] == ["施策", "1 農業(重点)", "2 林業"]
    assert merges(done) == [[], [], []]


def row_deleted(word: WordDocument) -> None:
    word.tables[1]._tbl.remove(word.tables[1].rows[3]._tr)


def test_a_row_that_staff_removed_stays_out_and_is_told(tmp_path: Path) -> None:
    found, done = renewed(edited(path_in(tmp_path), row_deleted), report(LATE))
    assert [(lack.name, lack.label) for lack in found.missing] == [
        ("late_1_02_1", "表「遅れている指標」の行 1-02-1")
    ]
    assert [row[0] for row in rows(done)] == ["番号", "1-01-0", "1-01-1", "1-01-3", "1-03-1"]


def test_a_row_comes_back_if_the_memory_is_lost(tmp_path: Path) -> None:
    """Nobody knows then whether staff took it out or the workbook has gained it."""
    path = edited(path_in(tmp_path), row_deleted)
    bare = changed(path, tmp_path / "記憶なし.docx", {MEMORY: lambda data: b"<damaged"})
    found, done = renewed(bare, OLD)
    assert [(c.name, c.before) for c in found.renewed] == [("late_1_02_1", "")]
    assert rows(done) == rows(made(OLD, tmp_path / "新.docx"))


def test_columns_moved_and_taken_out(tmp_path: Path) -> None:
    def change(word: WordDocument) -> None:
        for row in word.tables[1].rows:
            cells = list(row._tr.tc_lst)
            row._tr.remove(cells[3])
            row._tr.append(cells[1])

    _, done = renewed(edited(path_in(tmp_path), change), report(LATE))
    assert rows(done)[1] == ["1-01-0", "1人", "1 農業"]
    assert rows(done)[3] == ["1-01-3", "達成", ""]


def test_new_rows_take_the_looks_of_their_neighbours(tmp_path: Path) -> None:
    _, done = renewed(
        edited(path_in(tmp_path), rows_coloured), report((*LINES[:2], ("1_01_3", "1 農業", "5人")))
    )
    run = docx.Document(str(done)).tables[1].rows[3].cells[2].paragraphs[0].runs[0]
    assert (run.text, run.font.color.rgb) == ("5人", RGBColor(0xFF, 0, 0))


def test_what_the_workbook_has_no_longer_is_left_if_the_memory_is_lost(tmp_path: Path) -> None:
    section = OLD.sections[0]
    fewer = replace(section, blocks=section.blocks[:1] + section.blocks[2:4])
    path = changed(path_in(tmp_path), tmp_path / "b.docx", {MEMORY: lambda data: b"<damaged"})
    found, done = renewed(path, replace(OLD, sections=(fewer,)))
    assert [lack.label for lack in found.left] == [
        "「36.3%」",
        "「達成率は36.3%です。今後も取り組みます。」",
        "「番号」",
    ]
    assert texts(done) == texts(path_in(tmp_path))


def test_the_record_is_brought_up_to_date(tmp_path: Path) -> None:
    _, done = renewed(
        path_in(tmp_path), report(share="1%", record={"指紋": "f" * 16, "ブック": "b.xlsx"})
    )
    custom = unpacked(done)["docProps/custom.xml"].decode()
    assert "f" * 16 in custom and "b.xlsx" in custom and "0" * 16 not in custom
    modified = docx.Document(str(done)).core_properties.modified
    assert modified and modified.year >= 2024


@pytest.mark.libreoffice
@needs_libreoffice
def test_saved_by_libreoffice_then_renewed(tmp_path: Path) -> None:
    saved = converted(edited(path_in(tmp_path), prose_added), tmp_path)
    fresh, _ = renewed(saved, OLD)
    assert (names(fresh), fresh.missing, fresh.left) == ([], (), ())
    document = report(LATE, result="達成", share="45.4%", notes=())
    found, done = renewed(saved, document)
    assert (found.missing, found.left) == ((), ())
    assert rows(done, 1) == [
        ["番号", "施策", "実績値", "要因"],
        ["1-01-0", "1 農業", "1人", "1_01_0の要因"],
        ["1-01-1", "", "94人", "要因は天候です。"],
        ["1-01-3", "", "達成", "1_01_3の要因"],
        ["1-02-1", "2 林業", "－", "1_02_1の要因"],
        ["1-03-1", "3 商業", "7人", "1_03_1の要因"],
    ]
    assert "達成率は45.4%です。今後も取り組みます。(職員の加筆)" in texts(done)
    assert not any(text.startswith("※") for text in texts(done))
    again, _ = renewed(converted(done, tmp_path / "2"), document)
    assert again == Renewal((), (), ())


def test_paragraphs_are_counted(tmp_path: Path) -> None:
    """Notes that come and go leave no empty paragraph behind."""
    path = path_in(tmp_path)
    count = len(texts(path))
    _, fewer = renewed(path, report(notes=()))
    _, more = renewed(fewer, report(notes=("※1", "※2", "※3")))
    assert (len(texts(fewer)), len(texts(more))) == (count - 1, count + 1)
    assert len(list(docx.Document(str(more)).element.body.iter(P))) == count + 1
