"""Written workbooks in other programs, and workbooks that other programs saved first."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich_workbook import NOTES, rich
from test_ooxml_validator import findings, validator  # noqa: F401
from test_own_sheet import CONFLICTS, EMPTY
from workbook_tools import Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.cells import Row
from aso_xl.domain.ledger import Ledger
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.writing import CellEdit, apply

TEXTS = ("未公表", "対象外", "=SUM(A1:A9)", "一行目\n二行目", " 空白 ", "+81", "'引用", "𠮷野家")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, sample_path: Path) -> dict[str, Path]:
    """Return workbooks as they are built, used, and saved by openpyxl and (below) LibreOffice."""
    folder = tmp_path_factory.mktemp("saved")
    files = {key: folder / f"{key}.xlsx" for key in ("built", "used", "openpyxl")}
    files["built"].write_bytes(sample_path.read_bytes())
    files["used"].write_bytes(rich())
    load_workbook(sample_path).save(files["openpyxl"])
    return files


@pytest.fixture(scope="module")
def opened(
    saved: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Path], dict[str, Path]]:
    """Return the written workbooks, and these and ``built`` as LibreOffice saves them; one run."""
    folder = tmp_path_factory.mktemp("opened")
    files = {}
    for key, path in saved.items():
        files[key] = written(path, folder / f"{key}-written.xlsx", seed=1)
    return files, recalculated({**files, "base": saved["built"]}, folder)


def changes(path: Path, seed: int) -> Iterator[CellEdit]:
    """Yield a change of one cell in three of those that staff fill."""
    chance, ledger = random.Random(seed), read(path)
    rounds = [str(round_) for round_ in ledger.plan.rounds]
    for row in (*ledger.rows.values(), *ledger.measures.values()):
        for field, cell in row.cells.items():
            if chance.random() < 1 / 3 and field in (*rounds, "remark", "efforts", "problems"):
                number = Decimal(chance.randrange(-(10**6), 10**9)).scaleb(-chance.randrange(4))
                value = chance.choice([number, number, chance.choice(TEXTS), None])
                yield CellEdit(cell.sheet, cell.address, value)


def written(source: Path, target: Path, seed: int) -> Path:
    target.write_bytes(apply(source.read_bytes(), changes(source, seed), sheets=[CONFLICTS]))
    return target


def assert_written(source: Path, target: Path, seed: int) -> None:
    """Assert that the ledger of ``target`` has every change and is that of ``source`` otherwise."""
    expected = {(c.sheet, c.address): c.value for c in changes(source, seed)}
    assert len(expected) > 100
    new, seen = read(target), set()
    for table, old_table in zip(_tables(new), _tables(read(source)), strict=True):
        for id_, row in table.items():
            for field, cell in row.cells.items():
                old = old_table[id_].cells[field]
                place = cell.sheet, cell.address
                seen.add(place)
                value = expected.get(place, old.value)
                assert cell.value == (float(value) if isinstance(value, Decimal) else value), place
                assert (cell.is_formula, cell.number_format) == (old.is_formula, old.number_format)
    assert expected.keys() <= seen
    assert new.oddities == ()


def _tables(ledger: Ledger) -> tuple[Mapping[str, Row], Mapping[str, Row]]:
    return ledger.rows, ledger.measures


@pytest.mark.parametrize("key", ["built", "used", "openpyxl"])
def test_every_change_reads_back(saved: dict[str, Path], tmp_path: Path, key: str) -> None:
    for seed in range(2):
        target = written(saved[key], tmp_path / f"{seed}.xlsx", seed)
        assert_written(saved[key], target, seed)


@pytest.mark.libreoffice
@needs_libreoffice
def test_a_workbook_that_libreoffice_saved_can_be_written(
    opened: tuple[dict[str, Path], dict[str, Path]], tmp_path: Path
) -> None:
    base = opened[1]["base"]
    target = written(base, tmp_path / "a.xlsx", seed=3)
    assert_written(base, target, seed=3)
    assert load_workbook(target)["競合"]["B3"].value == "=1+1"
    again = apply(target.read_bytes(), [], sheets=[EMPTY])
    (tmp_path / "b.xlsx").write_bytes(again)
    assert load_workbook(tmp_path / "b.xlsx")["競合"].max_row == 2


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("key", ["built", "used", "openpyxl"])
def test_libreoffice_opens_what_was_written(
    opened: tuple[dict[str, Path], dict[str, Path]], saved: dict[str, Path], key: str
) -> None:
    result = Xlsx(opened[1][key])
    for change in changes(saved[key], seed=1):
        value = result.value(change.sheet, change.address)
        assert value == change.value or (value, change.value) == ("", None), change
    assert result.value("競合", "B3") == "=1+1"
    assert result.value("競合", "C2") == Decimal("95.5")
    assert result.tables["競合表"].columns == CONFLICTS.heads
    if key == "used":
        assert result.value(NOTES, "B4") == 9


@pytest.mark.libreoffice
@needs_libreoffice
def test_our_sheet_is_found_again_after_libreoffice(
    opened: tuple[dict[str, Path], dict[str, Path]], tmp_path: Path
) -> None:
    again = tmp_path / "a.xlsx"
    again.write_bytes(apply(opened[1]["built"].read_bytes(), [], sheets=[EMPTY]))
    book = load_workbook(again)
    assert [name for name in book.sheetnames if "競合" in name] == ["競合"]
    assert book["競合"].max_row == 2
    assert book["競合"].tables["競合表"].ref == "A1:D2"


def test_the_validator_accepts_what_was_written(
    validator: str,  # noqa: F811
    saved: dict[str, Path],
    tmp_path: Path,
) -> None:
    for key in ("built", "used"):
        target = written(saved[key], tmp_path / f"{key}.xlsx", seed=4)
        assert findings(validator, target) == []
        again = tmp_path / f"{key}-again.xlsx"
        again.write_bytes(apply(target.read_bytes(), changes(target, 5), sheets=[EMPTY]))
        assert findings(validator, again) == []
