"""Formulas that look into 確定記録, a sheet that is not there before a round is confirmed.

Its columns are named by text: a direct reference to a sheet that is missing would be broken for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...domain.record_heads import HEADS, ID, YEAR
from ...office.addresses import letters_of
from ..layout import RECORDS

_ROWS: Final = 20_000
"""More than the records of a plan of a thousand indicators take over five rounds."""


def how_many(where: Mapping[str, str]) -> str:
    """Return how many rows have these values, given by heading as formulas."""
    return f"IFERROR(COUNTIFS({_conditions(where)}),0)"


def sum_of(head: str, where: Mapping[str, str]) -> str:
    """Return the sum of a column over the rows with these values."""
    return f"SUMIFS({_column(head)},{_conditions(where)})"


def text_of(head: str, round_: str, id_: str) -> str:
    """Return what stands in the row of an id in a round; an error where there is none."""
    found = f"({_column(YEAR)}={round_})*({_column(ID)}={id_})"
    return f"LOOKUP(2,1/({found}),{_column(head)})"


def _conditions(where: Mapping[str, str]) -> str:
    return ",".join(f"{_column(head)},{value}" for head, value in where.items())


def _column(head: str) -> str:
    letters = letters_of(HEADS.index(head) + 1)
    return f"INDIRECT(\"'{RECORDS}'!${letters}$1:${letters}${_ROWS}\")"
