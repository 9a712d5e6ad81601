"""A figure that no cell gives is a defect: in every document of every plan each says where it comes from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_ledgers import filled, ledger_of_definition, ledger_of_plan, whole
from random_plans import definition_of

from aso_xl.domain.confirming import summary_of
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.settings import ReportKind
from aso_xl.domain.words import NONE
from aso_xl.report.content.documents import report
from aso_xl.report.content.origins import OfRules
from aso_xl.tracing.cells import Cells
from aso_xl.tracing.printed_figures import PrintedFigure, printed_figures
from aso_xl.workbook.read.reading import read
from aso_xl.years.closing import close


def figures(ledger: Ledger, round_: FiscalYear) -> Iterator[PrintedFigure]:
    for kind in ReportKind:
        yield from printed_figures(report(ledger, round_, kind))


def has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def defects(ledger: Ledger, round_: FiscalYear) -> set[tuple[str, str]]:
    """Return the figures that say not where they come from, or of which no cell is there."""
    cells, found = Cells(ledger, round_), set[tuple[str, str]]()
    is_counted = any(goal.headlines or goal.kpis for goal in summary_of(ledger, round_).goals)
    for figure in figures(ledger, round_):
        if not has_digit(figure.text):
            continue
        by_definition = isinstance(figure.origin, OfRules) or not is_counted
        if figure.origin is None or not (by_definition or cells.of(figure.origin)):
            found.add((figure.label, figure.text))
    return found


@pytest.mark.parametrize("book", ["sample_path", "second_path", "template_path"])
def test_every_figure_of_a_packaged_plan_has_a_cell(
    book: str, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(book)
    ledger = read(path)
    assert defects(ledger, ledger.settings.round) == set()
    assert any(has_digit(f.text) and f.text != NONE for f in figures(ledger, ledger.plan.round))


@given(seed=st.integers(0, 10**9))
@settings(max_examples=8)
def test_every_figure_of_a_random_plan_has_a_cell(seed: int) -> None:
    ledger = filled(whole(ledger_of_definition(definition_of(seed))), seed)
    assert defects(ledger, ledger.settings.round) == set()


@pytest.mark.parametrize("plan", ["hamanasu", "kawabe", "midori", "nagano", "ratio_half_up"])
def test_every_figure_of_plans_of_others_has_a_cell(plan: str) -> None:
    ledger = whole(ledger_of_plan(plan))
    assert defects(ledger, ledger.settings.round) == set()


def test_every_figure_of_rounds_after_a_confirmed_one_has_a_cell(
    sample_path: Path, tmp_path: Path
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    assert close(master, FiscalYear.parse("R8"), "田中").output
    ledger = read(master)
    for year in ("R8", "R9"):
        assert defects(ledger, FiscalYear.parse(year)) == set(), year
