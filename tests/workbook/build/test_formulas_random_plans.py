"""The live formulas of plans made up at random, with every entry of the format, against Python.

Some dozen plans, each filled at random, go through LibreOffice in one start; every formula cell of
every workbook is compared, and the cached values of the workbooks as they were built.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from expected_cells import expected_cells
from random_fillings import fill
from random_plans import definition_of
from workbook_tools import Error, Value, Xlsx, needs_libreoffice, recalculated

from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read

pytestmark = [pytest.mark.libreoffice, needs_libreoffice, pytest.mark.timeout(900)]

SEEDS = range(36)
BUILT = range(0, 36, 6)
"""Plans whose workbooks are compared as they were built, too."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Return workbooks by name: as they are typed in, and as LibreOffice computes them."""
    folder = tmp_path_factory.mktemp("plans")
    files = {}
    for seed in SEEDS:
        definition = definition_of(seed)
        empty = folder / f"empty-{seed:02d}.xlsx"
        empty.write_bytes(build(definition))
        if seed in BUILT:
            files[empty.stem] = empty
        name = f"filled-{seed:02d}"
        files[name] = fill(empty, definition.plan, seed, folder / f"{name}.xlsx")
    saved = recalculated(files, folder)
    return {name: (files[name], saved[name]) for name in files}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_formula_cell_shows_what_python_computes(
    books: dict[str, tuple[Path, Path]], seed: int
) -> None:
    source, computed = map(Xlsx, books[f"filled-{seed:02d}"])
    expected = dict(expected_cells(read(books[f"filled-{seed:02d}"][0]), source))
    formulas = {(sheet, at) for sheet in source.sheet_parts for at in source.formulas(sheet)}
    assert expected.keys() == formulas
    shown = {place: computed.value(*place) for place in expected}
    assert {p: (v, expected[p]) for p, v in shown.items() if v != expected[p]} == {}


@pytest.mark.parametrize("seed", BUILT)
def test_cached_values_are_what_libreoffice_computes(
    books: dict[str, tuple[Path, Path]], seed: int
) -> None:
    source, computed = map(Xlsx, books[f"empty-{seed:02d}"])
    places = [(sheet, at) for sheet in source.sheet_parts for at in source.formulas(sheet)]
    assert len(places) > 20
    assert {p: source.value(*p) for p in places} == {p: computed.value(*p) for p in places}


def test_the_plans_show_every_case(books: dict[str, tuple[Path, Path]]) -> None:
    shown = Counter[Value]()
    heads = Counter[str]()
    for name, (_, saved) in books.items():
        if not name.startswith("filled"):
            continue
        computed = Xlsx(saved)
        for table in computed.tables.values():
            heads.update(table.columns)
            for head in (
                "判定",
                "評価区分",
                "進み具合",
                "全体判定",
                "全体評価",
            ):
                for row in table.rows if head in table.columns else ():
                    shown[computed.value(table.sheet, table.address(head, row))] += 1
    words = ("達成", "未達成", "未入力", "要確認", "未公表", "集計中", "対象外", "－")
    assert [word for word in words if shown[word] < 5] == []
    grades = ("A", "B", "C", "◎", "○", "×", "S", "D", "順調", "遅れ")
    assert [word for word in grades if not shown[word]] == []
    assert not any(isinstance(value, Error) for value in shown)
    columns = ("印字番号", "区分", "目標値の印字", "基準値の印字", "評価年度の目標", "目標番号")
    assert [head for head in (*columns, "あわせた指標", "区分なし") if heads[head] < 4] == []
