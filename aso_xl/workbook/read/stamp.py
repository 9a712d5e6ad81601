"""Reading the hidden record of a workbook: whose it is, and the definition it was built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...domain.catalogue import SCHEMA_OLD, STAMP_MISMATCH
from ...domain.ledger import Oddity
from ...domain.plan import Plan
from ...errors import WorkbookError
from ...strategies.definition import fingerprint
from ..layout import SCHEMA, STAMP
from ..stamped_plan import plan_of
from .book import OpenBook


@dataclass(frozen=True)
class Stamp:
    """The plan a workbook is of, everything in its record with its rows, and what is odd there."""

    plan: Plan
    record: Mapping[str, str]
    rows: Mapping[str, tuple[int, ...]]
    oddities: tuple[Oddity, ...]

    @property
    def is_sample(self) -> bool:
        return self.record.get("sample") == "1"


def read_stamp(book: OpenBook) -> Stamp:
    """Return the workbook's stamp.

    Raise WorkbookError for a workbook that is not ours, is of a newer schema, or whose record
    cannot be read.
    """
    name, (record, rows) = book.name, _record(book)
    schema, text = record.get("schema", ""), record.get("definition", "")
    if schema.isascii() and schema.isdigit() and (len(schema) > 9 or int(schema) > SCHEMA):
        raise WorkbookError(
            f"{name} は新しい版の aso_xl で作られています。aso_xl を更新してください。"
        )
    oddities = []
    if schema != str(SCHEMA):
        oddities.append(Oddity(SCHEMA_OLD, detail=schema or "なし"))
    try:
        plan = plan_of(text)
    except Exception:  # whatever a tampered record holds
        raise WorkbookError(
            f"{name} の定義の記録が壊れています。配布された元のブックを使ってください。"
        ) from None
    if fingerprint(text) != record.get("fingerprint"):
        oddities.append(Oddity(STAMP_MISMATCH, STAMP))
    return Stamp(plan, record, rows, tuple(oddities))


def _record(book: OpenBook) -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Return record and rows by key; a value that takes several rows is put together again."""
    sheet = book.sheet(STAMP)
    if sheet is None:
        raise WorkbookError(
            f"{book.name} は総合戦略の評価ブックではありません(定義の記録がありません)。"
            "配布されたブックを指定してください。"
        )
    record: dict[str, str] = {}
    rows: dict[str, tuple[int, ...]] = {}
    for row in range(1, sheet.last_row + 1):
        if key := sheet.value(row, 1):
            record[str(key)] = record.get(str(key), "") + str(sheet.value(row, 2) or "")
            rows[str(key)] = (*rows.get(str(key), ()), row)
    return record, rows
