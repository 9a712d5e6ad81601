"""What re-issuing did, could not do, and has to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A place renewed: what was printed and what is now; "" for what came or went."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Kept(Change):
    """Words of staff that stay, although the workbook says something else since (``after``)."""


@dataclass(frozen=True)
class Lack:
    """A place that stands only in the workbook's report, or only in the document."""

    name: str
    label: str


@dataclass(frozen=True)
class Renewal:
    """What became of a document: places renewed, those it lacks, those left as they are, remarks."""

    renewed: tuple[Change, ...] = ()
    missing: tuple[Lack, ...] = ()
    left: tuple[Lack, ...] = ()
    kept: tuple[Kept, ...] = ()
    remarks: tuple[str, ...] = ()
