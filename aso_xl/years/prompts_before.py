"""What Excel says beside the cells of texts of the year before: its own text, where one was written."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.cells import Row
from ..domain.confirming import texts_before
from ..domain.field_declaration import Field, Type
from ..domain.fields import REMARK, fields_of, notes
from ..domain.ledger import Ledger
from ..domain.record import RoundRecord
from ..workbook.build.prompts import TITLE, prompt_before, usual_prompt
from ..workbook.layout import RECORDS
from ..workbook.write.writing import CellPrompt


def prompts_of(ledger: Ledger, record: RoundRecord) -> Iterator[CellPrompt]:
    """Yield what the cells of texts say of the year before; where nothing was written, as usual."""
    texts = texts_before(ledger, record)
    for row in ledger.every_row():
        for field in notes(fields_of(ledger.plan, row.id)):
            cell = row.cells.get(field.key)
            if cell is None or field.type is not Type.TEXT:
                continue
            text = texts.get(row.id, {}).get(field.key, "")
            yield CellPrompt(
                cell.sheet, cell.address, TITLE, _told(ledger, row, field, record, text)
            )


def _told(ledger: Ledger, row: Row, field: Field, record: RoundRecord, text: str) -> str:
    if text:
        return prompt_before(field, str(record.round), text, RECORDS)
    indicator = ledger.plan.by_id.get(row.id)
    return usual_prompt(field, indicator.note if indicator and field.key == REMARK else "")
