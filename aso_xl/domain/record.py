"""The record of a confirmed round: what its documents say, as it was on the day it was confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .numerals import FiscalYear
from .plan import Actual, Plan
from .settings import Settings
from .summary import Summary

Written = str | Decimal
"""What stands in a typed cell by its meaning: a number, or a text (also a mark or a verdict)."""

Rows = Mapping[str, Mapping[str, Written]]
"""What is written in rows, by id and field; what is blank is left out."""


@dataclass(frozen=True)
class Correction:
    """A figure of a confirmed round that is another one now: ``reason`` says why, "" if nobody did.

    ``round`` is None where it is the baseline.
    """

    id: str
    round: FiscalYear | None
    before: Actual
    now: Actual
    reason: str = ""


@dataclass(frozen=True)
class Reopened:
    """The trace of a confirmation that was taken back: when it was made, and why it was undone."""

    round: FiscalYear
    closed_at: str
    closed_by: str
    at: str
    by: str
    reason: str


@dataclass(frozen=True)
class RoundRecord:
    """What a round came to when it was confirmed; it is never judged again.

    ``definition`` is the text of the ``plan`` as it was stamped. ``rows`` are those of indicators,
    ``measures`` those of 施策, ``goals`` those of 基本目標. ``before`` is the evaluation of the
    round before, unless that has a record of its own. ``corrections`` are those of earlier rounds
    that were known on the day, ``baselines`` those that stood for the definition's. ``has_texts`` is
    False of a round that was confirmed after the workbook had gone on to a later one: what was
    written then is not known. ``mark`` is of the whole content.
    """

    round: FiscalYear
    at: str
    by: str
    definition: str
    plan: Plan
    settings: Settings
    rows: Rows
    measures: Rows
    goals: Rows
    summary: Summary
    before: Summary | None = None
    has_texts: bool = True
    corrections: tuple[Correction, ...] = ()
    baselines: Mapping[str, Decimal] = field(default_factory=dict)
    mark: str = field(default="", compare=False)
