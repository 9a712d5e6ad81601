"""Words that the workbook gave: renewed where staff have left them, told where both changed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from cli_tools import changed
from docx.document import Document as WordDocument
from packages import unpacked
from reissue_tools import COLUMNS, MEMORY, edited, made, printed, renewed, rows

from aso_xl.report.content.blocks import (
    DataTable,
    Document,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Reference,
    Section,
    TableCell,
    Text,
)
from aso_xl.report.content.naming import is_prose, named
from aso_xl.report.content.printed import places
from aso_xl.report.reissue.changes import Kept, Renewal

SAID: Text = (
    "進み具合が「遅れ」の指標は",
    Figure("say_late", "3件"),
    "です(",
    Reference("late"),
    ")。",
)
NEWER: Text = (
    "進み具合が「要注意」の指標は",
    Figure("say_late", "4件"),
    "です(",
    Reference("late"),
    ")。",
)


def report(
    cause: str = "天候",
    *,
    heading: str = "6. 検証",
    said: Text = SAID,
    notes: Sequence[str] = ("※説明",),
    figure: str = "94人",
) -> Document:
    row = (
        TableCell("1-01-1"),
        TableCell("農業"),
        TableCell(figure, figure="late_1_01_1_actual"),
        TableCell(cause),
    )
    table = DataTable("遅れている指標", COLUMNS, (row,), "1件", "late", ("1_01_1",))
    blocks = (Heading(heading), Paragraph(said), Paragraph("前文"), table, Notes(tuple(notes)))
    return named(Document("題", "阿蘇市", (Section("遅れ", blocks),)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(report(), tmp_path / "文書.docx")


def cause(text: str) -> Callable[[WordDocument], None]:
    def edit(word: WordDocument) -> None:
        word.tables[0].rows[1].cells[3].text = text

    return edit


@pytest.mark.parametrize(
    ("theirs", "ours", "shown", "renewed_", "kept"),
    [
        ("天候", "天候と価格", "天候と価格", True, False),
        ("職員の文", "天候", "職員の文", False, False),
        ("天候と価格", "天候と価格", "天候と価格", False, False),
        ("職員の文", "天候と価格", "職員の文", False, True),
        (" 天 候\n", "天候と価格", "天候と価格", True, False),
    ],
)
def test_a_cell(path: Path, theirs: str, ours: str, shown: str, renewed_: bool, kept: bool) -> None:
    found, done = renewed(edited(path, cause(theirs)), report(ours, figure="99人"))
    assert rows(done)[1][2:] == ["99人", shown]
    label = "表「遅れている指標」 1-01-1 要因"
    assert [c.label for c in found.renewed if c.name.endswith("要因")] == [label] * renewed_
    assert [(k.label, k.before, k.after) for k in found.kept] == [(label, theirs, ours)] * kept
    assert renewed(done, report(ours, figure="99人"))[0] == Renewal()


def test_words_that_the_department_wrote_later_come_into_the_report(tmp_path: Path) -> None:
    path = made(report("（未記入）"), tmp_path / "a.docx")
    found, done = renewed(path, report("価格が下がったため"))
    assert [(c.before, c.after) for c in found.renewed] == [("（未記入）", "価格が下がったため")]
    assert rows(done)[1][3] == "価格が下がったため"


def test_without_a_memory_all_prose_is_staffs(path: Path, tmp_path: Path) -> None:
    bare = changed(path, tmp_path / "b.docx", {MEMORY: lambda data: b"<damaged"})
    found, done = renewed(bare, report("価格", heading="7. 検証", said=NEWER))
    assert [c.name for c in found.renewed] == ["say_late"]
    assert found.kept == ()
    assert printed(done)[:2] == ["6. 検証", "進み具合が「遅れ」の指標は4件です(表 1)。"]


def test_headings_sentences_and_notes_that_staff_left_are_renewed(
    path: Path, tmp_path: Path
) -> None:
    new = report(heading="7. 評価", said=NEWER, notes=("※一つ", "※二つ"))
    found, done = renewed(path, new)
    assert printed(done) == printed(made(new, tmp_path / "新.docx"))
    assert [(c.label, c.before, c.after) for c in found.renewed] == [
        ("見出し「7. 評価」", "6. 検証", "7. 評価"),
        (
            "「7. 評価」の文「進み具合が「要注意」の指標はです(…)。」",
            "進み具合が「遅れ」の指標はです(…)。",
            "進み具合が「要注意」の指標はです(…)。",
        ),
        ("「7. 評価」の注", "※説明", "※一つ\n※二つ"),
    ]
    assert renewed(done, new)[0] == Renewal()


def test_the_figure_in_a_sentence_that_staff_rewrote_is_renewed(path: Path) -> None:
    def rewrite(word: WordDocument) -> None:
        word.paragraphs[1].runs[0].text = "特に遅れているのは"

    found, done = renewed(edited(path, rewrite), report(said=NEWER))
    assert printed(done)[1] == "特に遅れているのは4件です(表 1)。"
    assert [(type(k), k.before) for k in found.kept] == [(Kept, "特に遅れているのはです(…)。")]
    assert [c.name for c in found.renewed] == ["say_late"]


def test_formatting_of_a_heading_stays(path: Path) -> None:
    def underline(word: WordDocument) -> None:
        word.paragraphs[0].runs[0].underline = True

    _, done = renewed(edited(path, underline), report(heading="7. 評価"))
    (run,) = docx.Document(str(done)).paragraphs[0].runs
    assert (run.text, run.underline) == ("7. 評価", True)


def test_a_paragraph_of_staff_between_is_nobodys(path: Path) -> None:
    def write(word: WordDocument) -> None:
        word.paragraphs[1].insert_paragraph_before("職員の文")

    _, done = renewed(edited(path, write), report(heading="7. 評価", said=NEWER))
    assert printed(done)[:3] == [
        "7. 評価",
        "職員の文",
        "進み具合が「要注意」の指標は4件です(表 1)。",
    ]


def test_references_follow_although_the_words_are_the_same(path: Path, tmp_path: Path) -> None:
    other = DataTable("ほか", COLUMNS, (), name="other")
    base = report()
    said = tuple(Reference("other") if isinstance(p, Reference) else p for p in SAID)
    section = base.sections[0]
    blocks = (section.blocks[0], replace(section.blocks[1], text=said), *section.blocks[2:], other)
    new = named(replace(base, sections=(replace(section, blocks=blocks),)))
    _, done = renewed(path, new)
    assert printed(done)[1] == "進み具合が「遅れ」の指標は3件です(表 2)。"
    assert b"REF _Ref_other" in unpacked(done)["word/document.xml"]


def test_names_of_prose_stay_when_the_words_change() -> None:
    def names(document: Document) -> list[str]:
        return [name for name in places(document) if is_prose(name)]

    assert names(report()) == names(report(heading="7. 評価", said=NEWER, notes=("※別",)))
    assert len(set(names(report()))) == 4


def test_names_of_prose_go_with_the_headings_above() -> None:
    def names(*heads: str) -> list[str]:
        blocks = [Heading("章"), *(b for h in heads for b in (Heading(h, 2), Paragraph("文")))]
        made_ = named(Document("題", "", (Section("推移", tuple(blocks)),)))
        return [name for name in places(made_) if is_prose(name)]

    three, two = names("一", "二", "三"), names("一", "三")
    assert two == three[:3] + three[5:]
    assert len(set(three)) == 7
