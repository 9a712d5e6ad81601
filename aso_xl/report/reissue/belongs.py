"""Whether a document and a workbook belong together, and which report the document is."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ...domain.confirming import printed
from ...domain.ledger import Ledger
from ...domain.numerals import FiscalYear
from ...domain.settings import ReportKind
from ...errors import DocumentFileError
from ..content.fingerprint import fingerprint
from ..content.origin_record import FINGERPRINT, KIND, MUNICIPALITY, PLAN, ROUND
from .edited_document import OpenedDocument

State = Literal["same", "changed", "unknown"]


def round_of(
    opened: OpenedDocument, ledger: Ledger, workbook: Path, wanted: FiscalYear | None = None
) -> FiscalYear:
    """Return the round that the document reports: its own, else the one wanted or set in 設定.

    Raise DocumentFileError if the document is of another plan or municipality, if its round is not
    one of the plan's, or not the one wanted.
    """
    _refuse_others(opened, ledger, workbook)
    recorded = opened.record.get(ROUND, "")
    if not recorded:
        return wanted or ledger.settings.round
    round_ = next((each for each in ledger.plan.rounds if str(each) == recorded), None)
    if round_ is None:
        raise DocumentFileError(
            f"{opened.name} の評価年度「{recorded}」は {workbook.name} にありません。"
            "その年度のあるブックを指定してください。"
        )
    if wanted and wanted != round_:
        raise DocumentFileError(
            f"{opened.name} は{round_.label}の評価の文書です。--round {wanted} とは比べられません。"
        )
    return round_


def kind_of(opened: OpenedDocument, ledger: Ledger) -> ReportKind:
    """Return the document's own kind; without a record of one, the kind set in 設定.

    Raise DocumentFileError for a kind that there is not.
    """
    recorded = opened.record.get(KIND, "")
    if not recorded:
        return ledger.settings.kind
    try:
        return ReportKind(recorded)
    except ValueError:
        raise DocumentFileError(
            f"{opened.name} の種類「{recorded}」は、この版では作れません。新しい版の aso-xl を使ってください。"
        ) from None


def state_of(opened: OpenedDocument, ledger: Ledger, round_: FiscalYear) -> State:
    """Return whether the workbook still says what it said when the document was made."""
    recorded = opened.record.get(FINGERPRINT, "")
    if not recorded:
        return "unknown"
    return "same" if recorded == fingerprint(printed(ledger, round_), round_) else "changed"


def _refuse_others(opened: OpenedDocument, ledger: Ledger, workbook: Path) -> None:
    plan = ledger.plan
    for key, own in ((MUNICIPALITY, plan.municipality), (PLAN, plan.id)):
        recorded = opened.record.get(key, "")
        if recorded and recorded != own:
            raise DocumentFileError(
                f"{opened.name} は「{recorded}」の文書で、{workbook.name} は「{own}」のブックです。"
                f"同じ{key}のものを指定してください。"
            )
