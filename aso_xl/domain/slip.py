"""提出票, the slip in a department's workbook: who answers for what is typed in it.

Every row of its sheet is declared here, as the rows of 設定 are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .plan import Plan
from .setting_declaration import Choice, Date, Setting, SettingRow, Words, row, rows_of

TYPING, CONFIRMED = "入力中", "課長確認済"
STATE, MESSAGE = "状態", "連絡事項"


@dataclass(frozen=True)
class Slip:
    """What a department says of its workbook. ``on`` is None where no day is written."""

    is_confirmed: bool = field(
        default=False,
        metadata=row(
            Setting(
                STATE,
                f"課長が内容を確かめたら「{CONFIRMED}」を選びます。",
                Choice({TYPING: False, CONFIRMED: True}),
                must=True,
            )
        ),
    )
    by: str = field(
        default="", metadata=row(Setting("確認者", "確かめた方の職と氏名を書きます。", Words()))
    )
    on: dt.date | None = field(
        default=None,
        metadata=row(Setting("確認日", "確かめた日を書きます(例: 2027/9/25)。", Date())),
    )
    message: str = field(
        default="",
        metadata=row(Setting(MESSAGE, "事務局に伝えることがあれば書きます。", Words(), long=True)),
    )

    @property
    def words(self) -> str:
        """Return the state in words: 「課長確認済(田中 2027-09-25)」."""
        if not self.is_confirmed:
            return TYPING
        signed = " ".join(filter(None, (self.by, str(self.on or ""))))
        return f"{CONFIRMED}({signed})" if signed else CONFIRMED

    def is_signed_as(self, other: Slip | None) -> bool:
        """Return whether the other is confirmed too, by the same one on the same day."""
        if other is None or not (self.is_confirmed and other.is_confirmed):
            return False
        return (self.by, self.on) == (other.by, other.on)


def rows() -> tuple[SettingRow, ...]:
    """Return the rows of the sheet 提出票, in order."""
    return tuple(each for of in fields(Slip) for each in rows_of(of))


def read(plan: Plan, texts: Mapping[str, str]) -> tuple[Slip, tuple[str, ...]]:
    """Return the slip of what stands in the cells, by key, and the keys of what is wrong."""
    values: dict[str, Any] = {}
    wrong = []
    for each in rows():
        setting, text = each.setting, texts.get(each.setting.key, "")
        try:
            if text or setting.must:
                values[each.path[0]] = setting.kind.read(text, plan)
        except ValueError:
            wrong.append(setting.key)
    return Slip(**values), tuple(wrong)
