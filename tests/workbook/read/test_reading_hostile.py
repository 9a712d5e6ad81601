"""Foreign, damaged and immense things in a workbook: read as if they were not there, or one sentence."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cli_tools import is_one_sentence, process
from hostile import GOAL, HARMLESS, IMMENSE, Change, behind_cells, below, linked, names, strict
from lxml import etree
from packages import unpacked
from rich_workbook import packed
from workbook_tools import MAIN, Xlsx

from aso_xl.domain.catalogue import LINK_EXTERNAL
from aso_xl.domain.ledger import Ledger
from aso_xl.errors import WorkbookError
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.writing import CellEdit, apply


@pytest.fixture(scope="module")
def plain(sample_path: Path) -> Ledger:
    return read(sample_path)


def bare(ledger: Ledger) -> Ledger:
    """Return a ledger without what foreign things are allowed to change: a note of links, sheets."""
    noted = tuple(odd for odd in ledger.oddities if odd.kind != LINK_EXTERNAL)
    return replace(ledger, oddities=noted, sheets=())


def made(source: Path, name: str, folder: Path) -> Path:
    parts = unpacked(source.read_bytes())
    {**HARMLESS, **IMMENSE}[name](parts)
    path = folder / "届いた.xlsx"
    path.write_bytes(packed(parts))
    return path


@pytest.mark.parametrize("name", HARMLESS)
def test_what_we_do_not_read_changes_nothing(
    sample_path: Path, tmp_path: Path, plain: Ledger, name: str
) -> None:
    assert bare(read(made(sample_path, name, tmp_path))) == bare(plain)


@pytest.mark.parametrize("name", HARMLESS)
def test_such_a_master_is_written_and_reads_back(
    sample_path: Path, tmp_path: Path, plain: Ledger, name: str
) -> None:
    path = made(sample_path, name, tmp_path)
    before = unpacked(path.read_bytes())
    at = plain.rows["1-01-1"].cells["remark"]
    path.write_bytes(apply(path.read_bytes(), [CellEdit(at.sheet, at.address, "書いた")]))
    found = read(path)
    assert found.rows["1-01-1"].cells["remark"].value == "書いた"
    rows = {**found.rows, "1-01-1": plain.rows["1-01-1"]}
    assert bare(replace(found, rows=rows)) == bare(plain)
    after = unpacked(path.read_bytes())
    touched = {part for part in before if before[part] != after[part]}
    assert touched <= {"xl/workbook.xml", Xlsx(sample_path).sheet_parts[at.sheet]}


def test_a_strict_master_stays_strict(sample_path: Path, tmp_path: Path, plain: Ledger) -> None:
    path = made(sample_path, "strict", tmp_path)
    at = plain.rows["1-01-1"].cells["remark"]
    parts = unpacked(apply(path.read_bytes(), [CellEdit(at.sheet, at.address, "書いた")]))
    sheet = etree.fromstring(parts[Xlsx(sample_path).sheet_parts[at.sheet]])
    assert sheet.tag == "{http://purl.oclc.org/ooxml/spreadsheetml/main}worksheet"
    assert b"schemas.openxmlformats.org/spreadsheetml" not in parts["xl/workbook.xml"]


@pytest.mark.parametrize("stored", ["2026-04-01T00:00:00Z", "2026-04-01", "08:30:00"])
def test_dates_of_a_strict_workbook(
    sample_path: Path, tmp_path: Path, plain: Ledger, stored: str
) -> None:
    book, at = Xlsx(sample_path), plain.rows["1-01-1"].cells["R8"]
    book.put((at.sheet, at.address), 1)
    cell = book.cells(at.sheet)[at.address]
    cell.set("t", "d")
    cell.find(f"{MAIN}v").text = stored  # type: ignore[union-attr]
    parts = unpacked(book.save(tmp_path / "a.xlsx").read_bytes())
    strict(parts)
    (tmp_path / "b.xlsx").write_bytes(packed(parts))
    value = read(tmp_path / "b.xlsx").rows["1-01-1"].cells["R8"].value
    assert str(value).replace(" ", "T").startswith(stored.rstrip("Z"))


@pytest.mark.parametrize("ref", ["{cell}", "{cell}:{below}", "A1:Z90"])
def test_a_link_leaves_blank_cells_blank(
    sample_path: Path, tmp_path: Path, plain: Ledger, ref: str
) -> None:
    at = plain.rows["1-01-1"].cells["remark"]
    place, book = (at.sheet, at.address), Xlsx(sample_path)
    book.put(place, None)
    parts = unpacked(book.save(tmp_path / "a.xlsx").read_bytes())
    row = plain.rows["1-01-1"].number
    below = at.address.replace(str(row), str(row + 1))
    linked(ref.format(cell=at.address, below=below))(parts)
    (tmp_path / "b.xlsx").write_bytes(packed(parts))
    found = read(tmp_path / "b.xlsx")
    assert found == read(tmp_path / "a.xlsx")
    assert found.rows["1-01-1"].cells["remark"].value is None


def test_a_whole_column_merged_across_a_table_is_said(sample_path: Path, tmp_path: Path) -> None:
    parts = unpacked(sample_path.read_bytes())
    behind_cells('<mergeCell ref="L1:M1048576"/>')(parts)
    (tmp_path / "a.xlsx").write_bytes(packed(parts))
    odd = read(tmp_path / "a.xlsx").oddities
    assert ("merged-cell", GOAL, "L1:M1048576") in {(o.kind.code, o.sheet, o.cell) for o in odd}


@pytest.mark.parametrize("encoding", ["UTF-1e999", "utf-99", "x", "ebcdic", "zlib", "idna"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
def test_an_encoding_that_nobody_knows_is_damage(
    sample_path: Path, tmp_path: Path, part: str, encoding: str
) -> None:
    parts = unpacked(sample_path.read_bytes())
    xml = parts[part].partition(b"?>")[2]
    parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + xml
    path = tmp_path / "届いた.xlsx"
    path.write_bytes(packed(parts))
    with pytest.raises(WorkbookError, match=r"^届いた\.xlsx は壊れているため読めません。"):
        read(path)


MEMORY = 300 * 2**10
MEASURED = (
    "import sys\nfrom aso_xl.cli.main import main\ncode = main(sys.argv[1:])\n"
    "status = open('/proc/self/status').read()\n"
    "print(status.partition('VmHWM:')[2].split()[0], file=sys.stderr)\nsys.exit(code)\n"
)


@pytest.mark.skipif(sys.platform != "linux", reason="メモリの量を Linux のしかたで測る試験です。")
@pytest.mark.parametrize("name", IMMENSE)
def test_immense_workbooks_are_read_or_refused_in_little_memory(
    sample_path: Path, tmp_path: Path, name: str
) -> None:
    path = made(sample_path, name, tmp_path)
    done = process("-c", MEASURED, "evaluate", path)
    *said, memory = done.err.strip().split("\n")
    assert int(memory) < MEMORY
    assert done.code in (0, 1, 2)
    assert (done.code == 2) == bool(said)
    assert all(is_one_sentence(sentence) for sentence in said) and len(said) < 2


WRITTEN = (
    "import sys\nfrom pathlib import Path\nfrom aso_xl.errors import AsoError\n"
    "from aso_xl.workbook.write.writing import CellEdit, apply\npath = Path(sys.argv[1])\n"
    "change = CellEdit(*sys.argv[2:4], 'x')\n"
    "try:\n    path.write_bytes(apply(path.read_bytes(), [change], name=path.name))\n"
    "except AsoError as error:\n    print(error)\n"
    "status = open('/proc/self/status').read()\n"
    "print(status.partition('VmHWM:')[2].split()[0], file=sys.stderr)\n"
)
BLANK_ROWS = '<row r="{}" s="1" customFormat="1"/>'
BLANK_CELLS = '<row r="2000">' + '<c s="1"/>' * 16_384 + "</row>"


@pytest.mark.skipif(sys.platform != "linux", reason="メモリの量を Linux のしかたで測る試験です。")
@pytest.mark.parametrize(
    ("change", "is_written"),
    [
        (below("".join(map(BLANK_ROWS.format, range(2000, 102_000))), GOAL), True),
        (below("".join(map(BLANK_ROWS.format, range(2000, 602_000))), GOAL), False),
        (below(BLANK_CELLS * 9, GOAL), True),
        (below(BLANK_CELLS * 99, GOAL), False),
        (names(20_000), True),
        (names(800_000), False),
    ],
    ids=["rows", "too many rows", "cells", "too many cells", "names", "too many names"],
)
def test_a_sheet_is_written_in_little_memory_or_said_to_be_too_large(
    sample_path: Path, tmp_path: Path, plain: Ledger, change: Change, is_written: bool
) -> None:
    parts = unpacked(sample_path.read_bytes())
    change(parts)
    path = tmp_path / "届いた.xlsx"
    path.write_bytes(packed(parts))
    at = plain.rows["1-01-1"].cells["remark"]
    done = process("-c", WRITTEN, path, at.sheet, at.address)
    assert int(done.err) < MEMORY
    assert bool(done.out) != is_written
    assert (read(path).rows["1-01-1"].cells["remark"].value == "x") == is_written
    if not is_written:
        assert is_one_sentence(done.out) and done.out.startswith(
            "届いた.xlsx にはセルや書式が多すぎる"
        )
