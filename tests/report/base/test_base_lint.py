"""The linter: every fault of a base document at once, with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from base_tools import REPORT, based_on, empty, report, saved
from cli_tools import Command, digest, is_one_sentence
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.parser import parse_xml
from test_base_places import TEXT_BOX
from word_tools import converted
from workbook_tools import needs_libreoffice

from aso_xl.errors import BaseDocumentError
from aso_xl.report.base.lint import left_out, lint
from aso_xl.report.base.open import PACKAGED, open_base
from aso_xl.report.content.blocks import Document, Section
from aso_xl.report.content.style_names import ALL, REQUIRED


def found(word: WordDocument) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in lint(word)]


def of_lines(*lines: str) -> list[tuple[str, str]]:
    word = empty()
    for line in lines:
        word.add_paragraph(line)
    return found(word)


def faulty() -> WordDocument:
    """Return a base document with one fault of every kind but the lack of places."""
    word = empty()
    for line in ("{{本文}}", "{{概用}}の章", "前 {{評価}}", "{{本文}}", "{{達成率"):
        word.add_paragraph(line)
    word.sections[0].header.paragraphs[0].text = "{{資料}}"
    word.styles["図"].delete()
    return word


def test_every_kind_of_fault_is_found_at_once() -> None:
    assert found(faulty()) == [
        ("unknown", "本文の2段落目"),
        ("not-alone", "本文の3段落目"),
        ("twice", "本文の4段落目"),
        ("braces", "本文の5段落目"),
        ("misplaced", "ヘッダー"),
        ("style", "スタイル"),
    ]


def test_messages_name_the_fault_and_the_remedy() -> None:
    messages = [finding.message for finding in lint(faulty())]
    assert messages[0] == "「{{概用}}」という差し込み場所はありません。「{{概要}}」のことですか。"
    for number, word in enumerate(
        ("{{評価}}", "本文の1段落目", "{{達成率", "{{資料}}", "「図」"), 1
    ):
        assert word in messages[number]
        assert messages[number].endswith("。")


@pytest.mark.parametrize("line", ["{{本文}}", "{{評価}}", "｛｛ 概要 ｝｝"])
def test_one_place_is_enough(line: str) -> None:
    assert of_lines("表紙 {{総合戦略}}", line) == []


@pytest.mark.parametrize("lines", [(), ("表紙",), ("{{総合戦略}}", "{{表題}}", "{{目次}}")])
def test_a_base_without_a_place_for_the_report(lines: tuple[str, ...]) -> None:
    assert of_lines(*lines) == [("no-places", "本文")]


def test_a_place_at_a_wrong_spot_is_told_once() -> None:
    assert of_lines("ここに {{本文}}") == [("not-alone", "本文の1段落目")]


def test_places_for_sections_of_another_kind_do_not_count_as_the_report(tmp_path: Path) -> None:
    base = based_on(tmp_path, "{{推移}}")
    with pytest.raises(BaseDocumentError, match="差し込む場所がありません") as failure:
        report(base)
    assert "\n" not in str(failure.value)
    assert open_base(base, REQUIRED, Document("", "", (Section("推移", ()),)))


def test_what_follows_the_specimen_is_not_looked_at() -> None:
    assert of_lines("{{本文}}", "{{見本}}", "{{ほげ}}", "{{本文}}") == []
    assert of_lines("{{本文}}", "{{見本}} です") == [("not-alone", "本文の2段落目")]


def test_places_in_tables_text_boxes_and_headers_are_told_by_where_they_are() -> None:
    word = empty()
    word.add_table(1, 1)
    word.add_table(1, 1).cell(0, 0).text = "{{概要}}"
    boxed = TEXT_BOX.replace("市町", "評").replace("村", "価")
    word.add_paragraph("{{本文}}")._p.append(parse_xml(boxed))
    section = word.sections[0]
    section.different_first_page_header_footer = True
    word.settings.odd_and_even_pages_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{資料}}"
    section.even_page_footer.paragraphs[0].text = "{{ほげ}}"
    assert sorted(found(word)) == [
        ("misplaced", "先頭ページのヘッダー"),
        ("misplaced", "本文の1段落目にあるテキストボックス"),
        ("misplaced", "本文の2番目の表"),
        ("unknown", "偶数ページのフッター"),
    ]


def test_a_header_of_several_sections_is_told_once() -> None:
    word = empty()
    word.sections[0].header.paragraphs[0].text = "{{ほげ}}"
    word.add_paragraph("{{本文}}")
    word.add_section()
    assert found(word) == [("unknown", "ヘッダー")]


def test_words_of_the_document_are_known_too(tmp_path: Path) -> None:
    base = based_on(tmp_path, "{{課名}}", "{{本文}}")
    assert found(docx.Document(str(base))) == [("unknown", "本文の1段落目")]
    document = Document("", "", REPORT.sections, words={"課名": "企画財政課"})
    assert report(base, document).paragraphs[0].text == "企画財政課"


def test_all_missing_styles_are_one_finding_with_their_kinds() -> None:
    word = empty()
    word.add_paragraph("{{本文}}")
    for name in ("Title", "一覧表", "Strong"):
        word.styles[name].delete()
    word.styles.add_style("一覧表", WD_STYLE_TYPE.PARAGRAPH)
    (finding,) = lint(word)
    for name in ("「表題」", "「一覧表」(表のスタイル)", "「強調太字」(文字のスタイル)"):
        assert name in finding.message
    assert [f.code for f in lint(word, {"Title": "paragraph"})] == ["style"]
    assert lint(word, dict.fromkeys(("heading 1", "一覧表"), "paragraph")) == ()


def test_the_report_raises_all_findings(tmp_path: Path) -> None:
    path = saved(faulty(), tmp_path / "a.docx")
    with pytest.raises(BaseDocumentError) as failure:
        open_base(path, ALL, REPORT)
    head, *told = str(failure.value).splitlines()
    assert head == "ひな形「a.docx」に直すところが6件あります。"
    places = [line.split(":")[0].strip() for line in told]
    assert places == [place for _, place in found(faulty())]


def test_the_packaged_base_is_without_fault() -> None:
    assert lint(docx.Document(str(PACKAGED))) == ()
    assert left_out(docx.Document(str(PACKAGED))) == []


@needs_libreoffice
@pytest.mark.libreoffice
def test_the_packaged_base_saved_by_libreoffice_is_without_fault(tmp_path: Path) -> None:
    copy = tmp_path / "ひな形.docx"
    copy.write_bytes(PACKAGED.read_bytes())
    assert lint(docx.Document(str(converted(copy, tmp_path)))) == ()


def test_base_checks_a_document(aso: Command, tmp_path: Path) -> None:
    path = saved(faulty(), tmp_path / "a.docx")
    before = digest(path)
    done = aso("base", path)
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines()[0] == "a.docx: 直すところが6件あります。"
    answer = aso("base", path, "--json")
    assert answer.code == 1
    assert [(f["code"], f["place"]) for f in answer.json["findings"]] == found(faulty())
    assert set(answer.json["findings"][0]) == {"code", "place", "message"}
    assert digest(path) == before


def test_base_tells_what_will_not_be_printed(aso: Command, tmp_path: Path) -> None:
    path = based_on(tmp_path, "{{概要}}", "{{遅れ}}")
    done = aso("base", path)
    assert done.code == 0
    assert "用語" in done.out
    assert "遅れ" not in done.out
    answer = aso("base", path, "--json").json
    assert (answer["findings"], answer["left_out"][:2]) == ([], ["表題", "目次"])


def test_base_hands_out_a_copy_and_overwrites_nothing(aso: Command, tmp_path: Path) -> None:
    first, again = (aso("base", "-o", tmp_path / "市.docx", "--json") for _ in range(2))
    assert (first.code, first.json) == (0, {"output": str(tmp_path / "市.docx")})
    assert again.json == {"output": str(tmp_path / "市 (2).docx")}
    assert digest(tmp_path / "市 (2).docx") == digest(PACKAGED)
    assert aso("base", tmp_path / "市.docx").code == 0
    assert aso("base", "-o", tmp_path).code == 0
    assert (tmp_path / "ひな形.docx").exists()


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("ない.docx",),
        ("a.txt",),
        ("-o", "a.pdf"),
        ("-o", "ない/a.docx"),
        ("a.txt", "-o", "b.docx"),
    ],
)
def test_base_says_what_it_cannot_do(
    aso: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("ひな形", encoding="utf-8")
    done = aso("base", *args, "--json")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
