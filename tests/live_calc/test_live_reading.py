"""The open workbook and its file are one: whatever is done to it, both give the same Ledger.

Each time it is said whether blocks of values told it or the saved copy, which takes longer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings
from paths import ROOT
from workbook_tools import Error, Xlsx

from aso_xl.domain.catalogue import LINK_EXTERNAL
from aso_xl.domain.ledger import Ledger, Oddity
from aso_xl.strategies import definition
from aso_xl.workbook.build import template
from aso_xl.workbook.read.reading import read

from .calls import Calls
from .ledgers import assert_same, bare, differing, read_live, saved
from .live_edits import NEED_A_COPY, SUFFICE, TYPED, WRITTEN, into

pytestmark = pytest.mark.libreoffice
Opener = Callable[..., xlwings.Book]


@pytest.mark.parametrize("name", ["sample", "template", "second_term"])
def test_blocks_tell_all_of_every_workbook_we_hand_out(
    opened: Opener, calls: Calls, name: str
) -> None:
    path = ROOT / "workbooks" / f"{name}.xlsx"
    book = opened(path)
    ledger, needed = read_live(book, calls)
    assert needed == 0
    assert_same(ledger, read(path))
    assert_same(ledger, saved(book))


def test_blocks_tell_all_of_a_plan_whose_texts_look_like_formulas(
    opened: Opener, calls: Calls, tmp_path: Path
) -> None:
    made = definition.load(str(ROOT / "tests" / "data" / "made_up.toml"))
    path = tmp_path / "built.xlsx"
    path.write_bytes(template.build(made))
    ledger, needed = read_live(opened(path, "book.xlsx"), calls)
    assert needed == 0
    assert_same(ledger, read(path))


@pytest.fixture
def free(sample: xlwings.Book) -> xlwings.Book:
    """Return the open sample with no sheet protected."""
    for sheet in sample.sheets:
        sheet.api.Unprotect()
    return sample


@pytest.fixture(scope="module")
def places(sample_path: Path) -> Ledger:
    return read(sample_path)


UNSEEN = ("merged title", "hidden title", "hidden column")
"""Edits that the ledger has no place for."""


def test_blocks_tell_all_that_can_be_typed(
    free: xlwings.Book, places: Ledger, calls: Calls
) -> None:
    ids = [i.id for i in places.plan.indicators() if not i.is_percentage]
    for field, puts in (("R9", TYPED), ("remark", WRITTEN)):
        for id_, put in zip(ids, puts.values(), strict=False):
            into(put, id_, field)(free, places)
    ledger, needed = read_live(free, calls)
    assert needed == 0
    assert_same(ledger, saved(free))
    assert len(ids) >= len(TYPED)
    for id_, name in zip(ids, TYPED, strict=False):
        assert ledger.rows[id_].cells["R9"] != places.rows[id_].cells["R9"], name
    errors = [name for name, id_ in zip(TYPED, ids, strict=False) if is_error(ledger, id_)]
    assert errors == ["#N/A", "#DIV/0!", "#REF!", "another workbook's cell"]
    assert Oddity(LINK_EXTERNAL) in ledger.oddities


def is_error(ledger: Ledger, id_: str) -> bool:
    return ledger.rows[id_].cells["R9"].is_error


@pytest.mark.parametrize("name", SUFFICE)
def test_blocks_tell_all_after(free: xlwings.Book, places: Ledger, calls: Calls, name: str) -> None:
    SUFFICE[name](free, places)
    ledger, needed = read_live(free, calls)
    assert needed == 0
    assert_same(ledger, saved(free))
    assert (differing(bare(ledger), bare(places)) == []) == (name in UNSEEN)


@pytest.mark.parametrize("name", NEED_A_COPY)
def test_the_copy_tells_what_blocks_cannot(
    free: xlwings.Book, places: Ledger, calls: Calls, name: str
) -> None:
    NEED_A_COPY[name](free, places)
    ledger, needed = read_live(free, calls)
    assert needed == 1
    assert ledger == saved(free)
    assert differing(ledger, places) != []


@pytest.mark.parametrize("code", ["#N/A", "#REF!"])
def test_an_error_that_came_with_the_file(
    opened: Opener, sample_path: Path, tmp_path: Path, calls: Calls, code: str
) -> None:
    made = Xlsx(sample_path)
    made.put(made.find("1-01-1", "R9"), Error(code))
    book = opened(made.save(tmp_path / "made.xlsx"), "book.xlsx")
    ledger, needed = read_live(book, calls)
    assert needed == 0
    assert ledger.rows["1-01-1"].cells["R9"].is_error
    assert_same(ledger, saved(book))
