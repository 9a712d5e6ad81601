"""The live formulas against Python: filled at random, recalculated by LibreOffice, every cell.

The filled workbooks carry the cached values of the empty ones, so a program that trusted them
would fail; the values compared are those that LibreOffice computes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from expected_cells import expected_cells
from paths import MADE_UP
from random_fillings import fill
from workbook_tools import Error, Value, Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.summary import summarize
from aso_xl.strategies import definition
from aso_xl.workbook.build import template
from aso_xl.workbook.read import reading

pytestmark = [pytest.mark.libreoffice, needs_libreoffice]

FILLINGS = {"third": 8, "second": 2, str(MADE_UP): 16}
BUILT = ("template", "second_term", "sample", "made_up")
FORBIDDEN = {"percent-fraction", "negative", "fractional-count", "over-100"}
Place = tuple[str, str]


@dataclass(frozen=True)
class Filled:
    """A workbook as filled, with the caches of the empty one, and as LibreOffice computes it."""

    source: Path
    computed: Path


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory,
    template_path: Path,
    second_path: Path,
    sample_path: Path,
) -> dict[str, Filled]:
    folder = tmp_path_factory.mktemp("differential")
    files = {"template": template_path, "second_term": second_path, "sample": sample_path}
    for name, count in FILLINGS.items():
        plan = definition.load(name)
        empty = folder / f"{Path(name).stem}.xlsx"
        empty.write_bytes(template.build(plan))
        files.setdefault(empty.stem, empty)
        for seed in range(count):
            key = f"{empty.stem}-{seed:02d}"
            files[key] = fill(empty, plan.plan, seed, folder / f"{key}.xlsx")
    files["slips"] = _slips(template_path, folder / "slips.xlsx")
    saved = recalculated(files, folder)
    return {key: Filled(files[key], saved[key]) for key in files}


KEYS = [
    f"{Path(name).stem}-{seed:02d}" for name, count in FILLINGS.items() for seed in range(count)
]


@pytest.mark.parametrize("key", KEYS)
def test_every_formula_cell_shows_what_python_computes(filled: dict[str, Filled], key: str) -> None:
    source, computed = Xlsx(filled[key].source), Xlsx(filled[key].computed)
    expected = dict(expected_cells(reading.read(filled[key].source), source))
    formulas = {(sheet, at) for sheet in source.sheet_parts for at in source.formulas(sheet)}
    assert expected.keys() == formulas
    shown = {place: computed.value(*place) for place in expected}
    assert {p: (v, expected[p]) for p, v in shown.items() if v != expected[p]} == {}


@pytest.mark.parametrize("key", BUILT)
def test_cached_values_are_what_libreoffice_computes(filled: dict[str, Filled], key: str) -> None:
    source, computed = Xlsx(filled[key].source), Xlsx(filled[key].computed)
    places = [(sheet, at) for sheet in source.sheet_parts for at in source.formulas(sheet)]
    assert len(places) > 20
    assert {p: source.value(*p) for p in places} == {p: computed.value(*p) for p in places}


def test_fillings_were_really_recalculated_and_show_every_case(filled: dict[str, Filled]) -> None:
    stale, words = 0, Counter[Value]()
    for key in KEYS:
        source, computed = Xlsx(filled[key].source), Xlsx(filled[key].computed)
        for sheet in source.sheet_parts:
            for at in source.formulas(sheet):
                stale += source.value(sheet, at) != computed.value(sheet, at)
                words[computed.value(sheet, at)] += 1
    assert stale > 0.4 * words.total()
    wanted = ("達成", "未達成", "未入力", "要確認", "未公表", "集計中", "対象外", "－")
    assert [
        word for word in (*wanted, "順調", "やや遅れ", "遅れ", "要改善") if words[word] < 20
    ] == []


SLIPS: tuple[tuple[str, Value, Value, str], ...] = (
    ("1-01-1", "１２０人", "要確認", "achieved"),
    ("1-01-2", "　未公表 ", "要確認", "unpublished"),
    ("1-01-3", " ", "要確認", "blank"),
    ("1-01-5", Error("#N/A"), "要確認", "blank"),
    ("1-02-1", Error("#DIV/0!"), "要確認", "blank"),
)


def test_slips_that_the_sheet_leaves_to_the_check(filled: dict[str, Filled]) -> None:
    """Only pasting brings these into a cell: the sheet says 要確認 where Python reads on."""
    ledger, computed = reading.read(filled["slips"].source), Xlsx(filled["slips"].computed)
    found = summarize(
        ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings
    ).achievements
    for id_, typed, shown, result in SLIPS:
        cell = ledger.rows[id_].cells["result"]
        assert (typed, computed.value(cell.sheet, cell.address)) == (typed, shown)
        assert (typed, found[id_].result.value) == (typed, result)
    table = computed.tables["集計_KPI"]
    row = {head: computed.value(table.sheet, table.address(head, table.top + 1)) for head in HEADS}
    assert row == {"項目数": 16, "達成": 0, "未達成": 0, "未入力": 11, "要確認": 5}


HEADS = ("項目数", "達成", "未達成", "未入力", "要確認")


def _slips(source: Path, to: Path) -> Path:
    book = Xlsx(source)
    for id_, typed, _, _ in SLIPS:
        book.put(book.find(id_, "R8"), typed)
    return book.save(to)
