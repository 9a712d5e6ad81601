"""The tables as CSV files that Excel opens as they are meant: UTF-8 with BOM, text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import pandas as pd

from .. import frames
from ..domain.achievement import COUNTED, RESULT_LABELS
from ..domain.fields import GRADE_HEAD, STANDARD
from ..domain.ledger import Ledger
from ..domain.numerals import plain
from ..domain.plan import KIND_LABELS, PlanField
from ..domain.summary import Summary
from ..domain.text import narrow
from ..files.output import numbered, whole_folder, write_beside

HEADS: Final = {
    **{field.key: field.word for field in STANDARD},
    "id": "番号",
    "goal": "基本目標",
    "title": "名称",
    "headlines": "数値目標の数",
    "measures": "施策の数",
    "kpis": "KPIの数",
    "kind": "区分",
    "measure": "施策番号",
    "measure_name": "施策",
    "name": "指標",
    "lag": "公表の遅れ(年)",
    "cumulative": "累計",
    "round": "評価年度",
    "value": "実績値",
    "mark": "記号",
    "sheet": "シート",
    "cell": "セル",
    "total": "項目数",
    "rate": "達成率(%)",
    "label": "判定",
    "value_year": "実績年度",
    "judged_target": "判定した目標値",
    "grade": GRADE_HEAD,
    "progress": "進捗率(%)",
    "sentence": "判定の文",
    **{result.value: RESULT_LABELS[result] for result in COUNTED},
}
_KINDS: Final[dict[str, str]] = {str(kind): label for kind, label in KIND_LABELS.items()}
_FORMULA_STARTS: Final = frozenset("=+-@\t\r\n")
_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:%|[^\W\d_]{1,4})?|-")
"""What Excel takes for a number, or for a text without any formula in it."""


def write_all(ledger: Ledger, summary: Summary, folder: Path) -> list[Path]:
    """Return the files written to the folder, which is made if need be.

    Where one of the names is taken, all get the same number. If one cannot be written, none
    is left. Raise OutputError.
    """
    tables = frames.tables_of(ledger, summary)
    heads = HEADS | {frames.column_of(f.key): _head(f) for f in ledger.plan.fields}
    heads |= {frames.count_of(grade): f"{GRADE_HEAD} {grade.name}" for grade in ledger.plan.grades}
    with whole_folder(folder) as making:
        return [folder / path.name for path in _written(making, tables, heads)]


def _head(field: PlanField) -> str:
    return f"{field.name}({field.unit})" if field.unit else field.name


def _written(folder: Path, tables: dict[str, pd.DataFrame], heads: Mapping[str, str]) -> list[Path]:
    written: list[Path] = []
    try:
        for path, table in zip(_free_set(folder, list(tables)), tables.values(), strict=True):
            written.append(write_beside(path, partial(_put, to_csv(table, heads))))
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
    return written


def _put(data: bytes, stream: BinaryIO) -> None:
    stream.write(data)


def to_csv(table: pd.DataFrame, heads: Mapping[str, str] = HEADS) -> bytes:
    """Return the table as CSV; numbers in plain digits, nothing for what is absent."""
    shown = table.astype(object).map(_shown).rename(columns=heads)
    text: str = shown.to_csv(index=False, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + text.encode("utf-8", errors="backslashreplace")


def _shown(value: object) -> str:
    """Return a cell as it is written; text that Excel would take for something else is marked."""
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, Decimal):
        return plain(value) or ""
    if isinstance(value, str):
        return as_text(_KINDS.get(value, value))
    return str(value)


def as_text(text: str) -> str:
    """Return text so that Excel runs nothing in it: 「'」 before =, +, - and @.

    Ids, dates and numbers, negative ones too, are data and stay as they are.
    """
    shown = narrow(text)
    is_formula = text[:1] in _FORMULA_STARTS or shown[:1] in _FORMULA_STARTS
    return f"'{text}" if is_formula and not _NUMBER.fullmatch(shown) else text


def _free_set(folder: Path, names: list[str]) -> Iterator[Path]:
    """Yield the paths of the files, all with the first number that is free for every one."""
    runs = zip(*(numbered(folder / f"{name}.csv") for name in names), strict=True)
    return iter(next(run for run in runs if not any(path.exists() for path in run)))
