"""照会: what the secretariat asks about an indicator, 施策 or goal, and what a department answers.

A question gets its number (照会3) when it is first sent; until then its row has none. One with an
answer is done, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .cells import Row
from .field_declaration import Field, Level, Owner, Type

ABOUT, NAME, DEPARTMENT, TEXT = "about", "name", "department", "question"
SENT, ANSWER, STATE, NUMBER = "sent", "answer", "state", "number"
WORD: Final = "照会"
NOT_SENT, WAITING, ANSWERED = "未送付", "回答待ち", "回答あり"
UNKNOWN: Final = "番号がありません"

FIELDS: Final = tuple(
    Field(key, head, width, owner, Type.TEXT, Level.QUESTION, look=look, prompt=prompt)
    for key, head, width, owner, look, prompt in (
        (ABOUT, "番号", 10, Owner.SECRETARIAT, "input", "指標か施策の番号です(例: 1-01-1)。"),
        (NAME, "指標・施策", 32, Owner.FORMULA, "text", ""),
        (DEPARTMENT, "担当課", 14, Owner.FORMULA, "centre", ""),
        (
            *(TEXT, "照会事項", 44, Owner.SECRETARIAT, "input"),
            "尋ねることを書きます。「差戻し」で、担当課のブックのこの欄に付けて送ります。",
        ),
        (SENT, "差戻し日", 12, Owner.FORMULA, "centre", ""),
        (
            *(ANSWER, "回答", 44, Owner.DEPARTMENT, "input"),
            "課の回答が統合で入ります。電話などで聞いたときは、ここに書くと済みになります。",
        ),
        (STATE, "状態", 11, Owner.FORMULA, "verdict", ""),
        (NUMBER, "照会番号", 10, Owner.FORMULA, "centre", ""),
    )
)
"""The columns of the master's 照会; a department's has some of them."""

BY_KEY: Final = {field.key: field for field in FIELDS}
_NUMBER: Final = re.compile(rf"{WORD}([1-9][0-9]{{0,5}})")


def is_question(id_: str) -> bool:
    """Return whether an id is the number of a question."""
    return _NUMBER.fullmatch(id_) is not None


def numbered(number: int) -> str:
    """Return the number of a question as it is written."""
    return f"{WORD}{number}"


def numbers_in(texts: Iterable[str]) -> set[int]:
    """Return the numbers of all questions that are named in texts."""
    return {int(found) for text in texts for found in _NUMBER.findall(text)}


def said(row: Row, key: str) -> str:
    """Return what stands in a field of a question; "" for nothing."""
    cell = row.cells.get(key)
    return cell.text if cell else ""


def is_open(row: Row) -> bool:
    """Return whether something is asked and nobody has answered."""
    return bool(said(row, TEXT)) and not said(row, ANSWER)
