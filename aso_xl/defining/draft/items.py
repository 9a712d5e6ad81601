"""What a strategy's file is made of: lines and tables, in their order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A paragraph outside the tables, and where it stands; ``style`` names that of a heading."""

    text: str
    place: str
    style: str = ""


@dataclass(frozen=True)
class Grid:
    """A table, or rows that stand like one: texts by row and column, and where it stands.

    A cell that is merged over rows has its text in each of them; over columns, in the first one.
    """

    rows: tuple[tuple[str, ...], ...]
    place: str


Item = Line | Grid


@dataclass(frozen=True)
class NotTaken:
    """What a strategy says and a draft does not: where it stands, and why it was not taken."""

    place: str
    text: str
    reason: str
