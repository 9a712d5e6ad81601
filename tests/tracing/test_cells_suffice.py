"""The cells that are named for a figure give it: nothing else that was typed changes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_ledgers import filled, ledger_of_definition, whole
from random_plans import definition_of

from aso_xl.domain.cells import Row
from aso_xl.domain.field_declaration import Type
from aso_xl.domain.fields import fields_of, typed
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Mark
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.documents import report
from aso_xl.tracing.cells import Cells
from aso_xl.tracing.printed_figures import NOTE, PrintedFigure, printed_figures

OTHERS = (None, Mark.EXCLUDED.value, Mark.UNPUBLISHED.value)
"""What may stand in all other cells: a figure counts at most one kind of them."""


SHAPED = ("say_gained", "say_lost")
"""Numbers with brackets behind them only where both kinds of indicators are compared."""


def printed(ledger: Ledger, kind: ReportKind) -> Iterator[PrintedFigure]:
    return printed_figures(report(ledger, ledger.settings.round, kind))


def with_only(ledger: Ledger, kept: set[tuple[str, str]], other: str | None) -> Ledger:
    """Return the ledger in which of all that was typed only some cells are left."""

    def left(rows: Mapping[str, Row]) -> dict[str, Row]:
        return {id_: replace(row, cells=dict(cells(row))) for id_, row in rows.items()}

    def cells(row: Row) -> Iterator[tuple[str, object]]:
        types = {field.key: field.type for field in typed(fields_of(ledger.plan, row.id))}
        for key, cell in row.cells.items():
            if key not in types or (cell.sheet, cell.address) in kept:
                yield key, cell
            elif types[key] is not Type.DEPARTMENTS:
                yield key, replace(cell, value=other if types[key] is Type.ACTUAL else None)
            else:
                yield key, cell

    return replace(
        ledger,
        rows=left(ledger.rows),
        measures=left(ledger.measures),
        goals=left(ledger.goals),
    )


def texts(ledger: Ledger, kind: ReportKind) -> dict[str, str]:
    """Return what is printed by name, without the numbers of footnotes."""
    return {figure.name: bare(figure.text) for figure in printed(ledger, kind)}


def bare(text: str) -> str:
    return re.sub(r"※\d+", "", text)


@pytest.mark.slow
@given(seed=st.integers(0, 10**9))
@settings(max_examples=4)
def test_a_figure_is_the_same_with_its_cells_alone(seed: int) -> None:
    random = Random(seed)
    ledger = filled(whole(ledger_of_definition(definition_of(seed))), seed)
    cells = Cells(ledger, ledger.settings.round)
    kind = random.choice((ReportKind.ANNUAL, ReportKind.VERIFICATION, ReportKind.DEPARTMENTS))
    every = [figure for figure in printed(ledger, kind) if figure.name and figure.origin]
    names = Counter(figure.name for figure in every)
    figures = [f for f in every if names[f.name] == 1 and f.place != NOTE and f.name not in SHAPED]
    for figure in random.sample(figures, min(9, len(figures))):
        assert figure.origin
        kept = {(each.cell.sheet, each.cell.address) for each in cells.of(figure.origin)}
        found = [texts(with_only(ledger, kept, o), kind).get(figure.name) for o in OTHERS]
        is_listed = any(text is not None for text in found)  # else its row needs other cells too
        assert bare(figure.text) in found or not is_listed, (seed, figure.label, found)
