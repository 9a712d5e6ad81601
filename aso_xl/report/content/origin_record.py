"""What a document says about its origin, in custom properties that Word and LibreOffice keep."""

from __future__ import annotations

from typing import Final

from ...domain.ledger import Ledger
from ...domain.numerals import FiscalYear
from .fingerprint import fingerprint

ROUND: Final = "評価年度"
KIND: Final = "種類"
FINGERPRINT: Final = "指紋"
WORKBOOK: Final = "ブック"
PLAN: Final = "総合戦略"
MUNICIPALITY: Final = "市町村"
MADE_ON: Final = "作成日"


def record_of(ledger: Ledger, round_: FiscalYear, kind: str, workbook: str) -> dict[str, str]:
    """Return the record of a document of this kind made from a workbook (its file's name)."""
    return {
        PLAN: ledger.plan.id,
        MUNICIPALITY: ledger.plan.municipality,
        ROUND: str(round_),
        KIND: kind,
        WORKBOOK: workbook,
        FINGERPRINT: fingerprint(ledger, round_),
    }
