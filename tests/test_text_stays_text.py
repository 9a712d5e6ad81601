"""Text that begins with =, +, - or @ stays text in workbook, JSON, CSV and document."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_tools import Command
from docx import Document
from paths import ROOT
from workbook_tools import Xlsx

FORMULAS = ('=HYPERLINK("http://x","見る")', "+81", "-減", "@課")


def setting(book: Xlsx, key: str) -> tuple[str, str]:
    found = (cell for cell in book.cells("設定") if cell.startswith("A"))
    row = next(cell[1:] for cell in found if book.value("設定", cell) == key)
    return "設定", f"B{row}"


@pytest.fixture
def formula_path(sample_path: Path, tmp_path: Path) -> Path:
    """Return the sample with texts that a careless program would take for formulas."""
    book = Xlsx(sample_path)
    book.put(book.find("1-01-2", "備考(要因・出典)"), FORMULAS[0])
    book.put(book.find("1-01-2", "担当課"), FORMULAS[3])
    book.put(setting(book, "見出し"), FORMULAS[1])
    book.put(setting(book, "前文1"), FORMULAS[0])
    return book.save(tmp_path / "a.xlsx")


def test_text_that_looks_like_a_formula_stays_text(
    aso: Command, formula_path: Path, tmp_path: Path
) -> None:
    data = aso("export", formula_path, "--csv", tmp_path, "--json").json
    [each] = [i for i in data["indicators"] if i["id"] == "1-01-2"]
    assert each["department"] == "@課"
    table = (tmp_path / "indicators.csv").read_text(encoding="utf-8-sig")
    assert ',\'@課,"\'=HYPERLINK(""http://x"",""見る"")",' in table
    assert "\n'@課," in (tmp_path / "departments.csv").read_text(encoding="utf-8-sig")
    report = aso("report", formula_path, "-o", tmp_path / "a.docx")
    assert report.code == 0
    word = Document(str(tmp_path / "a.docx"))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert {"+81", FORMULAS[0]} <= set(texts)
    codes = word.element.body.xpath(".//w:instrText/text() | .//w:fldSimple/@w:instr")
    assert {code.split()[0] for code in codes} == {"TOC", "SEQ", "REF"}
    assert not word.element.body.xpath(".//w:hyperlink[not(@w:anchor)] | .//w:hyperlink[@r:id]")


def test_text_that_looks_like_a_formula_stays_text_in_a_workbook(
    aso: Command, tmp_path: Path
) -> None:
    source = ROOT / "aso_xl/strategies/third_term.toml"
    text = source.read_text(encoding="utf-8")
    text = text.replace('name = "認定農業者数"', 'name = "=1+1"')
    text = text.replace('"観光課"', '"@課"').replace('name = "有畜農家数"', 'name = "+戸"')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    path = tmp_path / "own.xlsx"
    assert aso("template", "--strategy", tmp_path / "own.toml", "-o", path).code == 0
    book = Xlsx(path)
    for id_, name in (("1-01-2", "=1+1"), ("1-02-1", "+戸")):
        sheet, cell = book.find(id_, "指標")
        assert book.value(sheet, cell) == name
        assert cell not in book.formulas(sheet)
    found = {i["id"]: i["name"] for i in aso("export", path, "--json").json["indicators"]}
    assert (found["1-01-2"], found["1-02-1"]) == ("=1+1", "+戸")
