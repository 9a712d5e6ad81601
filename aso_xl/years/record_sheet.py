"""The sheet 確定記録 of a master: drawn from the records, with the reasons that staff typed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..domain.corrections import reasons_in
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.record import Reopened, RoundRecord
from ..domain.record_heads import HEADS, ID, REASON, YEAR
from ..domain.record_lines import Line, line_of, lines_of
from ..domain.settings import SAMPLE_WORDS
from ..workbook.layout import RECORDS, RECORDS_TABLE
from ..workbook.write.own_sheet import OwnSheet, placed

_LINES: Final = (
    "確定した年度の記録です。この年度の文書は、いつ作ってもこの記録から作ります。"
    "見出しの▼で、年度や区分を選べます。",
    "公表後に実績値を訂正したときは、その行の「訂正理由」に理由を書いてください。ほかの欄は変えられません。",
)
_WIDTHS: Final = (6, 9, 12, 30, 14, 7, 11, 11, 8, 11, 9, 8, 9, 44, 44, 7, 6, 7, 16, 12, 36)


def record_sheet(
    ledger: Ledger, records: Mapping[FiscalYear, RoundRecord], reopened: Iterable[Reopened]
) -> OwnSheet:
    """Return the sheet that shows the records, the newest round first, and what was reopened."""
    reasons = reasons_in(ledger.record_lines or ())
    rows = tuple(
        tuple(
            reasons.get((str(line[YEAR]), str(line[ID]))) if head == REASON else line[head]
            for head in HEADS
        )
        for line in _all(records, reopened)
    )
    sample = (SAMPLE_WORDS,) if ledger.settings.sample else ()
    sheet = OwnSheet(
        *(RECORDS, RECORDS_TABLE, HEADS, rows, _WIDTHS), inputs=(REASON,), lines=(*sample, *_LINES)
    )
    return placed(sheet, ledger.areas.get(RECORDS_TABLE))


def _all(records: Mapping[FiscalYear, RoundRecord], reopened: Iterable[Reopened]) -> Iterator[Line]:
    for record in reversed(tuple(records.values())):
        yield from lines_of(record)
    yield from map(line_of, reopened)
