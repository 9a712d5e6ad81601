"""The formulas of 照会 in a master: what is asked about, who has it, and how far it is."""

from __future__ import annotations

from typing import Final

from ..domain.plan import GOAL_WORD
from ..domain.questions import (
    ABOUT,
    ANSWER,
    ANSWERED,
    BY_KEY,
    DEPARTMENT,
    FIELDS,
    NAME,
    NOT_SENT,
    SENT,
    STATE,
    TEXT,
    UNKNOWN,
    WAITING,
)
from ..office.addresses import letters_of

ROWS: Final = 60
"""Rows laid out for typing; below them Excel lets the table grow."""

IDS_NAME, NAMES_NAME = "担当割_番号", "担当割_名称"
DEPARTMENTS_NAME, CHECKS_NAME = "担当割_担当課", "担当割_確認"
ASSIGNED: Final = {IDS_NAME: 0, NAMES_NAME: 2, DEPARTMENTS_NAME: 3, CHECKS_NAME: 4}
"""Names of columns of 担当割, each with its number there."""

_LETTERS: Final = {field.key: letters_of(n) for n, field in enumerate(FIELDS, start=1)}


def formulas(row: int, *, is_assigned: bool) -> dict[str, str]:
    """Return the formulas of a row by field, without ``=``.

    Where there is no 担当割 (``is_assigned``) name and department have none.
    """
    at = {key: f"${letters}{row}" for key, letters in _LETTERS.items()}
    found = f"MATCH({at[ABOUT]},{IDS_NAME},0)"
    own, check = (f"INDEX({name},{found})" for name in (DEPARTMENTS_NAME, CHECKS_NAME))
    is_none = f'OR({at[ABOUT]}="",LEFT({at[ABOUT]},{len(GOAL_WORD)})="{GOAL_WORD}")'
    state = f'IF(LEN(TRIM({at[ANSWER]}))>0,"{ANSWERED}",IF({at[SENT]}="","{NOT_SENT}","{WAITING}"))'
    assigned = {
        NAME: f'IF({is_none},"",IFERROR(INDEX({NAMES_NAME},{found}),"{UNKNOWN}"))',
        DEPARTMENT: f'IF({is_none},"",IFERROR(IF({own}="",{check},{own}),""))',
    }
    return {
        **(assigned if is_assigned else {}),
        STATE: f'IF(LEN(TRIM({at[TEXT]}))=0,"",{state})',
    }


HEADS: Final = tuple(field.head for field in FIELDS)
HELP: Final = (
    f"課に尋ねたいことを、{BY_KEY[ABOUT].head}と{BY_KEY[TEXT].head}に書きます。「差戻し」で、"
    "担当課のブックのその欄に付けて送ります。回答は統合で「回答」に入ります。"
)
