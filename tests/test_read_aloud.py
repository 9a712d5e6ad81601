"""Every kind of document and workbook can be read aloud: the rules of tests/tools/read_aloud."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_tools import Command, changed
from docx.oxml.ns import qn
from exchange_tools import Made, Town, town_in
from lxml import etree
from paths import PLANS
from plan_ledgers import ledger_of_plan
from read_aloud import contrast, document_findings, workbook_findings
from strategy_words import pillars
from word_tools import data_of, everything
from workbook_tools import MAIN, Xlsx

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import ReportKind
from aso_xl.report.base.open import PACKAGED
from aso_xl.report.content.documents import report
from aso_xl.strategies.definition import STRATEGIES
from aso_xl.workbook.read.reading import read

PLAN_NAMES = sorted(path.stem for path in PLANS.glob("*.toml"))


@pytest.fixture(scope="module")
def ledgers(sample_path: Path, template_path: Path, second_path: Path) -> dict[str, Ledger]:
    paths = {"sample": sample_path, "empty": template_path, "second": second_path}
    made = {name: ledger_of_plan(name) for name in PLAN_NAMES}
    return {name: read(path) for name, path in paths.items()} | made


# --- documents


@pytest.mark.parametrize("kind", ReportKind)
def test_a_document(ledgers: dict[str, Ledger], kind: ReportKind) -> None:
    for name, ledger in ledgers.items():
        made = data_of(report(ledger, ledger.settings.round, kind, draft=name == "sample"))
        assert document_findings(made) == [], name


def test_a_document_with_a_block_of_every_kind() -> None:
    assert document_findings(data_of(everything())) == []


def test_the_base_document() -> None:
    assert document_findings(PACKAGED) == []


# --- workbooks


@pytest.mark.parametrize("name", ["sample_path", "template_path", "second_path"])
def test_a_master(name: str, request: pytest.FixtureRequest) -> None:
    assert workbook_findings(request.getfixturevalue(name)) == []


@pytest.mark.parametrize("name", PLAN_NAMES)
def test_a_master_of_another_plan(aso: Command, tmp_path: Path, name: str) -> None:
    made = tmp_path / "評価.xlsx"
    assert aso("template", "--strategy", PLANS / f"{name}.toml", "-o", made).code == 0
    assert workbook_findings(made) == []


def test_what_departments_get(made: Made) -> None:
    assert {w.path.name: workbook_findings(w.path) for w in made.split.workbooks} == {
        w.path.name: [] for w in made.split.workbooks
    }


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory, made: Made) -> Town:
    """Return a town whose master has a conflict, a change that was refused, and one taken."""
    town = town_in(tmp_path_factory.mktemp("merged") / "町", made)
    town.send(
        "農政課", {("1-01-1", "R9"): 1, ("1-01-1", "目標値"): 5, ("1-01-1", "remark"): "増えた"}
    )
    town.send("農政課", {("1-01-1", "R9"): 2}, "もう一度.xlsx")
    town.merge()
    return town


def test_a_master_after_merging(merged: Town) -> None:
    book = Xlsx(merged.master)
    assert {"競合", "受け付けなかった変更", "変更履歴"} <= set(book.sheet_parts)
    assert workbook_findings(merged.master) == []


def test_the_lists_that_are_mailed(merged: Town, aso: Command, tmp_path: Path) -> None:
    status, diff = tmp_path / "回収状況.xlsx", tmp_path / "比較.xlsx"
    assert aso("status", merged.master, merged.inbox, "-o", status).code in (0, 1)
    assert aso("diff", merged.made.workbooks[0].path, merged.master, "-o", diff).code in (0, 1)
    assert workbook_findings(status) == workbook_findings(diff) == []
    evidence = tmp_path / "根拠一覧.xlsx"
    assert aso("trace", merged.master, "-o", evidence).code == 0
    assert workbook_findings(evidence) == []


@pytest.mark.parametrize(
    "command", [("mark", "m.xlsx"), ("trace", "m.xlsx"), ("return", "m.xlsx", "回収")]
)
def test_what_is_made_of_a_master(
    merged: Town, aso: Command, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """The marked copy, the list of where figures come from, what goes back to departments."""
    shutil.copy(merged.master, tmp_path / "m.xlsx")
    shutil.copytree(merged.inbox, tmp_path / "回収")
    name, *places = command
    out = tmp_path / ("戻す" if name == "return" else "作った.xlsx")
    assert aso(name, *(tmp_path / place for place in places), "-o", out).code in (0, 1)
    made = [*out.glob("*.xlsx")] if out.is_dir() else [out]
    assert made and {path.name: workbook_findings(path) for path in made} == {
        path.name: [] for path in made
    }


def test_a_master_with_confirmed_rounds(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    assert aso("close", master, "--by", "田中").code in (0, 1)
    assert "確定記録" in Xlsx(master).sheet_parts
    assert workbook_findings(master) == []


def test_a_revised_master(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    master, definition = (
        Path(shutil.copy(sample_path, tmp_path / "評価.xlsx")),
        tmp_path / "改訂.toml",
    )
    text = (STRATEGIES / "third_term.toml").read_text(encoding="utf-8")
    own = 'id = "1-01-2", '
    assert text.count(own) == 1
    definition.write_text(text.replace(own, 'id = "1-01-9", '), encoding="utf-8")
    assert aso("revise", master, definition).code == 1
    assert {"改訂の内容", "引き継げなかった値"} <= {*Xlsx(master).sheet_parts}
    assert workbook_findings(master) == []


def test_definition_workbooks(aso: Command, tmp_path: Path) -> None:
    source, draft, copy = (tmp_path / name for name in ("戦略.docx", "定義.xlsx", "写し.xlsx"))
    pillars(source)
    assert aso("definition", "draft", source, "-o", draft).code == 0
    assert aso("definition", "check", draft, "-o", copy).code == 1
    assert workbook_findings(draft) == workbook_findings(copy) == []


# --- the rules find what hinders


def spoiled(source: bytes, change: str, folder: Path) -> list[str]:
    """Return the findings of a document in which one thing was made worse."""
    before, after = folder / "a.docx", folder / "b.docx"
    before.write_bytes(source)
    changed(
        before, after, {_PARTS.get(change, "word/document.xml"): lambda xml: _worse(xml, change)}
    )
    return document_findings(after)


_PARTS = {"title": "docProps/core.xml", "language": "word/styles.xml", "pale": "word/styles.xml"}


def _worse(xml: bytes, change: str) -> bytes:
    root = etree.fromstring(xml)
    first = {tag: next(root.iter(qn(tag)), None) for tag in ("w:tbl", "w:p", "wp:docPr", "w:lang")}
    match change:
        case "title":
            next(root.iter("{*}title")).text = ""
        case "language":
            first["w:lang"].set(qn("w:eastAsia"), "en-US")
        case "pale":
            next(root.iter(qn("w:color"))).set(qn("w:val"), "CCCCCC")
        case "alt":
            first["wp:docPr"].set("descr", "グラフ 1")
        case "caption" | "description":
            each = next(root.iter(qn(f"w:tbl{change.capitalize()}")))
            each.getparent().remove(each)
        case "header":
            for each in [*root.iter(qn("w:tblHeader"))]:
                each.getparent().remove(each)
        case "span":
            look = next(first["w:tbl"].iter(qn("w:tcPr")))
            etree.SubElement(look, qn("w:gridSpan")).set(qn("w:val"), "2")
        case "blank":
            body = root.find(qn("w:body"))
            body.insert(0, etree.Element(qn("w:p")))
        case "spaces":
            next(root.iter(qn("w:t"))).text = "令和　　　9年度"
        case "level":
            for each in root.iter(qn("w:pStyle")):
                if each.get(qn("w:val")) == "Heading2":
                    each.set(qn("w:val"), "Heading3")
        case "link":
            link = etree.SubElement(first["w:p"], qn("w:hyperlink"))
            run = etree.SubElement(link, qn("w:r"))
            etree.SubElement(run, qn("w:t")).text = "こちら"
    return etree.tostring(root)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("title", "文書のプロパティ: 題名がない"),
        ("language", "既定のスタイル: 言語が日本語でない"),
        ("pale", "文字と地の色が近い"),
        ("alt", "図: 代替テキストがない('グラフ 1')"),
        ("caption", "代替テキストの題名がない"),
        ("description", "代替テキストの説明がない"),
        ("header", "見出しの行も見出しの列もない"),
        ("span", "横に結合したセルがある"),
        ("blank", "間をあけるための空の段落がある"),
        ("spaces", "空白を並べて間をあけている"),
        ("level", "レベル 3 の前にレベル 2 がない"),
        ("link", "リンク「こちら」: 行き先がわからない"),
    ],
)
def test_what_hinders_in_a_document_is_found(tmp_path: Path, change: str, said: str) -> None:
    found = spoiled(data_of(everything()), change, tmp_path)
    assert found and all(said in each for each in found)


def spoilt_books(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield a copy of a master for each thing made worse, with what must be said of it."""

    def book_with(said: str, book: Xlsx) -> tuple[str, Path]:
        return said, book.save(folder / f"{len(list(folder.iterdir()))}.xlsx")

    book = Xlsx(path)
    book.put(("集計", "A1"), None)
    yield book_with("集計: A1 に何のシートかが書かれていない", book)
    book = Xlsx(path)
    sheet = book.sheet("検証結果")
    merges = etree.Element(f"{MAIN}mergeCells")
    etree.SubElement(merges, f"{MAIN}mergeCell").set("ref", "A6:A7")
    sheet.insert(list(sheet).index(sheet.find(f"{MAIN}sheetData")) + 1, merges)
    yield book_with("検証結果: A6:A7 が縦に結合されている", book)
    book = Xlsx(path)
    for pane in [*book.sheet("担当割").iter(f"{MAIN}pane")]:
        pane.getparent().remove(pane)
    yield book_with("担当割: 見出しの行", book)
    book = Xlsx(path)
    for formula in book.sheet("基本目標1").iter(f"{MAIN}formula"):
        formula.text = "A1>5"
    yield book_with("条件付き書式 A1>5: 色と同じことを示す語がない", book)
    book = Xlsx(path)
    drawing = next(name for name in book.parts if name.startswith("xl/drawings/drawing"))
    book.parts[drawing] = book.parts[drawing].replace(b"descr=", b"title=")
    yield book_with("に代替テキストがない", book)
    book = Xlsx(path)
    link = book.sheet("基本目標1").find(f".//{MAIN}hyperlink")
    book.put(("基本目標1", link.get("ref")), "こちら")
    yield book_with("リンク「こちら」: 行き先がわからない", book)


def test_what_hinders_in_a_workbook_is_found(sample_path: Path, tmp_path: Path) -> None:
    for said, path in spoilt_books(sample_path, tmp_path):
        found = workbook_findings(path)
        assert found and any(said in each for each in found), said


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)
