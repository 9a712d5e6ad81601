"""What formulas show of the round, in Protected View and previews, before they are calculated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..domain.numerals import FiscalYear
from ..domain.plan import Plan
from ..office.addresses import place_of
from ..workbook.layout import STAMP
from ..workbook.read.file.package import Package
from ..workbook.read.file.workbook_file import sheets_of
from ..workbook.write.writing import Cached


def round_words(
    package: Package, plan: Plan, now: FiscalYear, after: FiscalYear
) -> Iterator[Cached]:
    """Yield the formula cells that show the round ``now``, as they will show the one after."""
    numbers = {
        Decimal(plan.rounds.index(now) + 1): Decimal(plan.rounds.index(after) + 1),
        Decimal(now.year): Decimal(after.year),
    }
    word = f"評価年度: {now}"
    for sheet in sheets_of(package):
        for address in sheet.formula_cells():
            value = sheet.value(*place_of(address))
            if value == word:
                yield Cached(sheet.title, address, f"評価年度: {after}")
            elif sheet.title == STAMP and isinstance(value, int | float):
                yield Cached(sheet.title, address, numbers.get(Decimal(value), Decimal(value)))
