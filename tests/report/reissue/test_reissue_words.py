"""Figures that staff's own base document prints by name, and what a document remembers of itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from base_tools import empty, saved
from docx.document import Document as WordDocument
from packages import unpacked
from reissue_tools import MEMORY, edited, made, renewed, report
from word_tools import converted, part
from workbook_tools import needs_libreoffice

from aso_xl.report.content.blocks import Document, Heading, Notes, Section
from aso_xl.report.content.naming import named
from aso_xl.report.content.printed import places
from aso_xl.report.reissue.changes import Renewal
from aso_xl.report.word.memory import is_memory, memory_xml, recalled
from aso_xl.report.word.word import write

OLD = {"評価年度": "令和9年度", "達成率": "36.3%", "達成項目数": "4", "項目数": "11"}
NEW = {**OLD, "達成率": "45.4%", "達成項目数": "5"}


def with_words(words: dict[str, str], share: str = "36.3%") -> Document:
    return replace(report(share=share), words=words)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    word = empty()
    word.add_paragraph("{{評価年度}}の達成率は{{達成率}}({{達成項目数}}/{{項目数}}項目)でした。")
    word.add_table(1, 1).cell(0, 0).text = "{{達成率}}"
    word.add_paragraph("{{本文}}")
    word.sections[0].header.paragraphs[0].text = "達成率 {{達成率}}"
    word.sections[0].footer.paragraphs[0].insert_paragraph_before("{{達成項目数}}項目を達成")
    return saved(word, tmp_path / "ひな形.docx")


@pytest.fixture
def path(base: Path, tmp_path: Path) -> Path:
    target = tmp_path / "文書.docx"
    with target.open("wb") as stream:
        write(with_words(OLD), stream, base)
    return target


def words_of(path: Path) -> list[str]:
    word = docx.Document(str(path))
    page = word.sections[0]
    return [
        word.paragraphs[0].text,
        word.tables[0].cell(0, 0).text,
        page.header.paragraphs[0].text,
        page.footer.paragraphs[0].text,
    ]


def test_they_are_renewed_wherever_they_stand(path: Path) -> None:
    assert renewed(path, with_words(OLD))[0] == Renewal()
    found, done = renewed(path, with_words(NEW))
    assert sorted((c.label, c.before, c.after) for c in found.renewed) == [
        ("ひな形の「達成率」", "36.3%", "45.4%"),
        ("ひな形の「達成率」", "36.3%", "45.4%"),
        ("ひな形の「達成率」", "36.3%", "45.4%"),
        ("ひな形の「達成項目数」", "4", "5"),
        ("ひな形の「達成項目数」", "4", "5"),
    ]
    assert words_of(done) == [
        "令和9年度の達成率は45.4%(5/11項目)でした。",
        "45.4%",
        "達成率 45.4%",
        "5項目を達成",
    ]
    assert renewed(done, with_words(NEW))[0] == Renewal()


def test_one_that_staff_took_out_is_theirs(path: Path) -> None:
    def rewrite(word: WordDocument) -> None:
        word.paragraphs[0].text = "職員の文"

    found, done = renewed(edited(path, rewrite), with_words(NEW))
    assert words_of(done)[0] == "職員の文"
    assert (found.missing, found.left) == ((), ())


@pytest.mark.libreoffice
@needs_libreoffice
def test_words_and_memory_pass_through_libreoffice(path: Path, tmp_path: Path) -> None:
    saved_ = converted(path, tmp_path)
    assert [is_memory(data) for name, data in unpacked(saved_).items() if name == MEMORY] == [True]
    assert renewed(saved_, with_words(OLD))[0] == Renewal()
    _, done = renewed(saved_, with_words(NEW))
    assert words_of(done)[0] == "令和9年度の達成率は45.4%(5/11項目)でした。"
    assert words_of(done)[2:] == ["達成率 45.4%", "5項目を達成"]


def test_a_memory_says_what_was_printed() -> None:
    document = report()
    found = recalled(memory_xml(places(document)))
    assert [*found] == [name for name, place in places(document).items() if place.kind != "figure"]
    assert found["late"].text == "番号\t施策\t実績値\t要因"
    assert found["late_1_01_2/要因"].text == "1_01_2の要因"
    assert (found["late_1_01_2"].kind, found["late_1_01_2"].within) == ("row", "late")


@pytest.mark.parametrize(
    "data", [b"", b"<damaged", b"<printed/>", b"<a xmlns='urn:aso-xl:printed'/>"]
)
def test_what_is_no_memory(data: bytes) -> None:
    assert not is_memory(data)
    assert recalled(data) == {}


def test_sections_without_a_place_in_the_base_are_not_missed(tmp_path: Path) -> None:
    base = saved(_only("{{概要}}"), tmp_path / "ひな形.docx")
    other = Section("用語", (Heading("用語"), Notes(("※",), "notes_of_words")))
    document = named(
        replace(report(), sections=(replace(report().sections[0], name="概要"), other))
    )
    target = tmp_path / "文書.docx"
    with target.open("wb") as stream:
        write(document, stream, base)
    assert renewed(target, document)[0] == Renewal()
    newer = replace(document, sections=(document.sections[0], replace(other, name="資料")))
    assert renewed(target, newer)[0] == Renewal()


def _only(text: str) -> WordDocument:
    word = empty()
    word.add_paragraph(text)
    return word


def test_a_base_document_made_from_an_earlier_report_forgets(tmp_path: Path) -> None:
    earlier = made(report(), tmp_path / "去年.docx")
    target = tmp_path / "今年.docx"
    base = edited(earlier, lambda word: word.add_paragraph("{{本文}}"))
    with target.open("wb") as stream:
        write(report(()), stream, base)
    memories = [data for data in unpacked(target).values() if is_memory(data)]
    assert [[*recalled(data)] for data in memories] == [[*recalled(memory_xml(places(report(()))))]]
    assert part(target.read_bytes(), "[Content_Types].xml") is not None
