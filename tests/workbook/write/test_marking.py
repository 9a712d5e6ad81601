"""The findings written into a copy: listed, linked and coloured; all else byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_tools import Command, digest
from compared_packages import changed_parts
from exchange_tools import Made
from openpyxl import Workbook, load_workbook
from packages import unpacked
from rich_workbook import sheet_parts
from workbook_tools import Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.words import ERROR
from aso_xl.jobs import inputs
from aso_xl.workbook.layout import FINDING_KEYS, FINDINGS, FINDINGS_TABLE
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write import marking
from aso_xl.workbook.write.sheet_cells import Formula
from aso_xl.workbook.write.writing import CellEdit, apply


def listed(path: Path) -> list[tuple[object, ...]]:
    """Return the rows of 検証結果 as they are shown."""
    area = read(path).areas[FINDINGS_TABLE]
    sheet = load_workbook(path, data_only=True)[area.sheet]
    rows = sheet.iter_rows(area.first_row + 1, area.last_row, values_only=True)
    return [row[:6] for row in rows]


def marked(path: Path, to: Path) -> Path:
    return inputs.mark(inputs.input_of(path), to).path


def test_findings_are_listed_with_links_and_the_key_of_their_cell(
    wrong_path: Path, tmp_path: Path
) -> None:
    copy = marked(wrong_path, tmp_path / "写し.xlsx")
    sheet, address = Xlsx(wrong_path).find("1-01-1", "R9")
    first = listed(copy)[0]
    assert first[:2] == (ERROR, f"{sheet} {address}")
    assert first[5] == f"{ERROR}|1-01-1|R9"
    area = read(copy).areas[FINDINGS_TABLE]
    formulas = Xlsx(copy).formulas(area.sheet)
    assert formulas[f"B{area.first_row + 1}"] == (
        f'HYPERLINK("#\'{sheet}\'!{address}","{sheet} {address}")'
    )
    assert len(listed(copy)) == len(inputs.input_of(wrong_path).issues)


def test_only_the_sheet_of_findings_changes(wrong_path: Path, tmp_path: Path) -> None:
    before = wrong_path.read_bytes()
    copy = marked(wrong_path, tmp_path / "写し.xlsx")
    parts = sheet_parts(unpacked(before))
    table = Xlsx(copy).tables[FINDINGS_TABLE]
    changed = changed_parts(before, copy.read_bytes())
    assert parts[FINDINGS] in changed
    assert changed - {parts[FINDINGS], table.part, "xl/workbook.xml"} == set()
    assert wrong_path.read_bytes() == before


def test_a_second_marking_leaves_only_what_is_still_wrong(wrong_path: Path, tmp_path: Path) -> None:
    once = marked(wrong_path, tmp_path / "1.xlsx")
    book = Xlsx(once)
    book.put(book.find("1-01-1", "R9"), 120)
    twice = marked(book.save(tmp_path / "2.xlsx"), tmp_path / "3.xlsx")
    assert ERROR not in {row[0] for row in listed(twice)}
    again = marked(twice, tmp_path / "4.xlsx")
    assert unpacked(again) == unpacked(twice)


def test_no_finding_is_said(sample_path: Path, tmp_path: Path) -> None:
    given = inputs.input_of(sample_path)
    copy = tmp_path / "写し.xlsx"
    copy.write_bytes(marking.marked(sample_path.read_bytes(), given.ledger, (), "sample.xlsx"))
    assert listed(copy) == [(None, None, None, "指摘はありません。", None, None)]


def test_a_sheet_that_was_deleted_comes_back_with_its_colours(
    wrong_path: Path, tmp_path: Path
) -> None:
    book = load_workbook(wrong_path)
    del book[FINDINGS]
    del book.defined_names[FINDING_KEYS]
    book.save(tmp_path / "消えた.xlsx")
    copy = marked(tmp_path / "消えた.xlsx", tmp_path / "写し.xlsx")
    assert listed(copy)[0][5] == f"{ERROR}|1-01-1|R9"
    again = load_workbook(copy)
    assert again.defined_names[FINDING_KEYS].attr_text == f"'{FINDINGS}'!$F$2:$F$5001"
    assert again[FINDINGS].column_dimensions["F"].hidden
    assert not again[FINDINGS].protection.sheet


def test_a_department_s_workbook_is_marked(made: Made, tmp_path: Path) -> None:
    source = made.split.folder / "R9_農政課.xlsx"
    book = Xlsx(source)
    book.put(book.find("1-01-1", "R9"), "多数")
    copy = marked(book.save(tmp_path / "農政課.xlsx"), tmp_path / "写し.xlsx")
    assert listed(copy)[0][5] == f"{ERROR}|1-01-1|R9"


def test_a_macro_workbook_stays_one(sample_path: Path, tmp_path: Path, aso: Command) -> None:
    button = tmp_path / "ボタン.xlsm"
    assert aso("excel", "button-workbook", sample_path, "-o", button).code == 0
    done = aso("mark", button, "-o", tmp_path)
    copies = [path for path in tmp_path.iterdir() if path != button]
    assert (done.code, [path.suffix for path in copies]) == (0, [".xlsm"])
    before, after = unpacked(button), unpacked(copies[0])
    assert before["xl/vbaProject.bin"] == after["xl/vbaProject.bin"]
    assert aso("mark", button, "-o", tmp_path / "写し.xlsx").code == 2


def test_the_command_says_how_many_and_where(
    wrong_path: Path, tmp_path: Path, aso: Command
) -> None:
    mark = digest(wrong_path)
    done = aso("mark", wrong_path, "-o", wrong_path, "--json")
    output = Path(done.json["output"])
    assert (done.code, done.json["counts"]["error"]) == (1, 1)
    assert output != wrong_path and digest(wrong_path) == mark
    assert listed(output)[0][0] == ERROR


def test_a_definition_workbook_is_marked_at_its_cells(tmp_path: Path, aso: Command) -> None:
    empty = tmp_path / "定義.xlsx"
    assert aso("definition", "new", "-o", empty).code == 0
    done = aso("mark", empty, "-o", tmp_path / "写し.xlsx", "--json")
    assert done.code == 1 and done.json["counts"]["error"] > 0
    book = load_workbook(done.json["output"])
    assert book.sheetnames[0] == "指摘"


def test_another_workbook_is_refused(tmp_path: Path, aso: Command) -> None:
    other = tmp_path / "ほか.xlsx"
    Workbook().save(other)
    done = aso("mark", other, "-o", tmp_path / "写し.xlsx")
    assert done.code == 2 and not (tmp_path / "写し.xlsx").exists()


@needs_libreoffice
@pytest.mark.slow
def test_colours_come_with_the_list(wrong_path: Path, tmp_path: Path) -> None:
    """What the colours look up, counted by LibreOffice, is there for the cell and for no other."""
    copy = marked(wrong_path, tmp_path / "写し.xlsx")
    keys = {"H1": "1-01-1|R9", "I1": "1-01-2|R9"}
    formulas = [
        CellEdit("設定", at, Formula(f'COUNTIF({FINDING_KEYS},"{ERROR}|{key}")&""', ""))
        for at, key in keys.items()
    ]
    asked = tmp_path / "式.xlsx"
    asked.write_bytes(apply(copy.read_bytes(), formulas))
    shown = Xlsx(recalculated({"a": asked}, tmp_path)["a"])
    assert [shown.value("設定", at) for at in keys] == ["1", "0"]
