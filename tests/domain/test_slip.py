"""提出票: what its rows say, and what of it cannot be read."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import indicator, plan_of

from aso_xl.domain.slip import CONFIRMED, MESSAGE, STATE, TYPING, Slip, read, rows

PLAN = plan_of(indicator())
BY, ON = "確認者", "確認日"


def test_its_rows_are_declared_once() -> None:
    assert [row.setting.key for row in rows()] == [STATE, BY, ON, MESSAGE]
    assert [row.usual(PLAN) for row in rows()] == [TYPING, None, None, None]


@pytest.mark.parametrize(
    ("texts", "slip", "wrong", "words"),
    [
        ({STATE: TYPING}, Slip(), (), TYPING),
        ({STATE: CONFIRMED}, Slip(True), (), CONFIRMED),
        ({STATE: " 課長 確認済 ", BY: "田中"}, Slip(True, "田中"), (), "課長確認済(田中)"),
        (
            {STATE: CONFIRMED, BY: "田中", ON: "R9.9.25", MESSAGE: "二行\n目"},
            Slip(True, "田中", dt.date(2027, 9, 25), "二行\n目"),
            (),
            "課長確認済(田中 2027-09-25)",
        ),
        ({STATE: "確認しました", ON: "きのう"}, Slip(), (STATE, ON), TYPING),
        ({STATE: ""}, Slip(), (STATE,), TYPING),
        ({}, Slip(), (STATE,), TYPING),
        ({STATE: TYPING, BY: "田中", ON: "9月25日"}, Slip(by="田中"), (ON,), TYPING),
    ],
)
def test_what_is_typed_freely_is_named_and_confirms_nothing(
    texts: dict[str, str], slip: Slip, wrong: tuple[str, ...], words: str
) -> None:
    assert (read(PLAN, texts), slip.words) == ((slip, wrong), words)
