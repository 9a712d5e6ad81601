"""What re-issuing did, could not do, and has to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A place renewed: what was printed and what is now; "" for a row that came or went."""

    name: str
    label: str
    before: str
    after: str


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
    remarks: tuple[str, ...] = ()
