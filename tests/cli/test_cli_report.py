"""report and template: what is written where, what stops it, nothing overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_tools import Command, digest, is_one_sentence
from docx import Document
from workbook_tools import Xlsx

EVERY_KIND = ["検証", "年次評価", "概要版", "担当課別", "会議資料", "意見と対応の一覧"]
"""All kinds of the sample: nothing of it was revised."""


def test_report_writes_a_document(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    done = aso("report", sample_path, "-o", tmp_path / "報告.docx", "--json")
    assert (done.code, done.err) == (0, "")
    assert set(done.json) == {"output", "outputs", "kind", "kinds", "issues", "counts"}
    assert done.json["output"] == str(tmp_path / "報告.docx")
    assert done.json["outputs"] == [done.json["output"]]
    assert (done.json["kind"], done.json["kinds"]) == ("年次評価", ["年次評価"])
    assert "目次" in [p.text for p in Document(done.json["output"]).paragraphs]


def test_the_plain_kind_has_the_evaluation_and_its_lists(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    done = aso("report", sample_path, "-o", tmp_path, "--kind", "検証", "--with-blanks", "--json")
    assert (done.code, done.json["kind"]) == (0, "検証")
    assert Path(done.json["output"]).name == "sample_第3期総合戦略の中間評価_R9.docx"
    assert len(Document(done.json["output"]).tables) == 8


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (("annual",), ["年次評価"]),
        (("概要版", "departments", "digest"), ["概要版", "担当課別"]),
        (("すべて",), EVERY_KIND),
        (("検証", "all"), EVERY_KIND),
    ],
)
def test_several_kinds_at_once(
    aso: Command, sample_path: Path, tmp_path: Path, words: tuple[str, ...], kinds: list[str]
) -> None:
    options = [part for word in words for part in ("--kind", word)]
    options += ["-o", str(tmp_path / "out"), "--with-blanks", "--json"]
    done = aso("report", sample_path, *options)
    assert (done.code, done.json["kinds"]) == (0, kinds)
    assert done.json["output"] == done.json["outputs"][0]
    assert sorted(done.json["outputs"]) == sorted(map(str, (tmp_path / "out").iterdir()))
    marks = [
        Path(path).name.removeprefix("sample_第3期総合戦略の中間評価")
        for path in done.json["outputs"]
    ]
    assert marks == ["_R9.docx" if kind == "検証" else f"_{kind}_R9.docx" for kind in kinds]


def headers(path: str) -> set[str]:
    return {p.text for s in Document(path).sections for p in s.header.paragraphs if p.text}


def test_a_document_with_figures_not_entered_is_a_draft_unless_asked(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    """The sample lacks one figure of R9."""
    said = aso("report", sample_path, "-o", tmp_path / "a")
    assert said.code == 0
    assert "未入力が1項目あるため、下書きです。" in said.out
    assert "--with-blanks" in said.out
    (path,) = (tmp_path / "a").iterdir()
    assert path.name.endswith("_R9_下書き.docx")
    assert headers(str(path)) == {"下書き(未入力1項目)\u3000記入例(架空の値)"}
    done = aso("report", sample_path, "-o", tmp_path / "b", "--with-blanks")
    assert (done.code, "下書き" in done.out) == (0, False)
    (final,) = (tmp_path / "b").iterdir()
    assert headers(str(final)) == {"記入例(架空の値)"}
    for document in (path, final):
        assert aso("check", document, "--against", sample_path).code == 0
    renewed = aso("report", sample_path, "--update", final)
    assert "未入力が1項目あるため、下書きです。" in renewed.out
    same = aso("report", sample_path, "--update", final, "--with-blanks")
    assert "新しくするところはありません" in same.out


def test_a_document_with_every_figure_is_final(
    aso: Command, second_path: Path, tmp_path: Path
) -> None:
    done = aso("report", second_path, "-o", tmp_path)
    assert (done.code, "下書き" in done.out) == (0, False)
    (path,) = tmp_path.iterdir()
    assert not any("下書き" in text for text in headers(str(path)))


@pytest.mark.parametrize(
    "options",
    [
        ("--kind", "年報"),
        ("--kind", "検証", "--kind", "Annual"),
        ("--kind", "すべて", "-o", "a.docx"),
    ],
)
def test_kinds_that_cannot_be_made(
    aso: Command,
    sample_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    done = aso("report", sample_path, *options, "--json")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert list(tmp_path.iterdir()) == []


def test_report_never_overwrites(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "報告.docx"
    target.write_text("大事な文書", encoding="utf-8")
    done = aso("report", sample_path, "-o", target)
    assert done.code == 0
    assert "報告 (2).docx" in done.out
    assert "番号を付けました" in done.out
    assert target.read_text(encoding="utf-8") == "大事な文書"
    assert Document(str(tmp_path / "報告 (2).docx")).tables


def test_errors_stop_the_report(aso: Command, wrong_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    done = aso("report", wrong_path, "-o", folder, "--json")
    assert (done.code, done.json["output"], done.json["counts"]["error"]) == (1, None, 1)
    assert not folder.exists()
    said = aso("report", wrong_path, "-o", folder)
    assert said.code == 1
    assert "多数" in said.out
    assert "--draft" in said.out


def test_a_draft_is_made_all_the_same(aso: Command, wrong_path: Path, tmp_path: Path) -> None:
    done = aso("report", wrong_path, "-o", tmp_path / "out", "--draft", "--json")
    assert done.code == 1
    assert done.json["counts"]["error"] == 1
    path = Path(done.json["output"])
    assert path.name.endswith("_R9_下書き.docx")
    assert "下書き" in Document(str(path)).paragraphs[0].text


def test_reports_of_several_go_to_a_folder(
    aso: Command, sample_path: Path, second_path: Path, tmp_path: Path
) -> None:
    done = aso("report", sample_path, second_path, "-o", tmp_path / "out", "--json")
    names = [Path(each["output"]).name for each in done.json["workbooks"]]
    assert done.code == 0
    assert names == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names[1] == "second_term_第2期総合戦略の検証_R7.docx"


def test_reports_of_several_cannot_go_to_one_document(
    aso: Command, sample_path: Path, second_path: Path, tmp_path: Path
) -> None:
    done = aso("report", sample_path, second_path, "-o", tmp_path / "a.docx")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)


def test_a_report_is_no_pdf(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    done = aso("report", sample_path, "-o", tmp_path / "a.pdf")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_the_report_goes_to_outputs(
    aso: Command, second_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    workbook = Path(shutil.copy(second_path, there))
    monkeypatch.chdir(here)
    assert aso("report", workbook).code == 0
    (here / "outputs").mkdir()
    assert aso("report", workbook).code == 0
    name = "second_term_第2期総合戦略の検証_R7.docx"
    assert [p.name for p in (there / "outputs").iterdir()] == [name]
    assert [p.name for p in (here / "outputs").iterdir()] == [name]


def test_staff_bring_their_own_base_document(
    aso: Command, second_path: Path, tmp_path: Path
) -> None:
    missing = aso("report", second_path, "-o", tmp_path / "a.docx", "--base", tmp_path / "x.docx")
    assert (missing.code, missing.out) == (2, "")
    assert is_one_sentence(missing.err)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../other.docx", "C:\\x.docx", ".."])
def test_a_base_named_in_the_workbook_stands_beside_it(
    aso: Command, second_path: Path, tmp_path: Path, name: str
) -> None:
    book = Xlsx(second_path)
    place = next(
        ("設定", f"B{cell[1:]}")
        for cell in book.cells("設定")
        if cell.startswith("A") and book.value("設定", cell) == "Word文書のひな形"
    )
    book.put(place, name)
    done = aso("report", book.save(tmp_path / "a.xlsx"), "-o", tmp_path / "a.docx")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)


def test_template_builds_a_workbook_that_can_be_checked(
    aso: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first, again = aso("template", "--json"), aso("template", "--json")
    assert (first.code, first.json) == (0, {"output": "第3期総合戦略.xlsx"})
    assert again.json == {"output": "第3期総合戦略 (2).xlsx"}
    assert digest(tmp_path / "第3期総合戦略.xlsx") == digest(tmp_path / "第3期総合戦略 (2).xlsx")
    assert aso("check", "第3期総合戦略.xlsx").code == 0
    assert aso("template", "--sample", "--json").json == {"output": "第3期総合戦略_記入例.xlsx"}


@pytest.mark.parametrize(
    "args",
    [
        ("--strategy", "second", "--sample"),
        ("--strategy", "fourth"),
        ("--strategy", "."),
        ("-o", "book.xls"),
        ("-o", "ない/book.xlsx"),
    ],
)
def test_template_says_what_it_cannot_do(
    aso: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = aso("template", *args, "--json")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert list(tmp_path.iterdir()) == []
