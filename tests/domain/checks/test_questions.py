"""Questions that cannot be asked are told where they stand; all others are left in peace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import R8, R9, indicator, ledger_of, plan_of

from aso_xl.domain.cells import Cell, Row
from aso_xl.domain.checks import check
from aso_xl.domain.questions import ABOUT, ANSWER, TEXT

PLAN = plan_of(indicator(), indicator(id="1-01-2", until=R8))


def found(*, handout: bool = False, **texts: str) -> list[tuple[str, str | None]]:
    """Return code and cell of the findings on one question."""
    cells = {key: Cell("照会", f"{column}6", texts.get(key) or None) for key, column in COLUMNS}
    ledger = ledger_of(PLAN, questions=(Row("", "照会", 6, cells),))
    issues = check(replace(ledger, is_handout=handout), R9)
    return [(issue.code, issue.cell) for issue in issues if issue.code.startswith("question-")]


COLUMNS = ((ABOUT, "A"), (TEXT, "D"), (ANSWER, "F"))


@pytest.mark.parametrize(
    "texts",
    [
        {ABOUT: "1-01-1", TEXT: "?"},
        {ABOUT: "基本目標1", TEXT: "?"},
        {ABOUT: "9-99-9", TEXT: "?", ANSWER: "電話で済み"},
        {},
    ],
)
def test_nothing_is_said_of_what_can_be_asked_or_is_answered(texts: dict[str, str]) -> None:
    assert found(**texts) == []


@pytest.mark.parametrize(
    ("texts", "code", "cell"),
    [
        ({ABOUT: "9-99-9", TEXT: "?"}, "question-unknown", "A6"),
        ({TEXT: "?"}, "question-unknown", "A6"),
        ({ABOUT: "1-01-2", TEXT: "?"}, "question-not-asked", "A6"),
        ({ABOUT: "1-01-1"}, "question-empty", "D6"),
        ({ABOUT: "1-01-1", ANSWER: "はい"}, "question-empty", "D6"),
    ],
)
def test_what_cannot_be_asked_is_told(texts: dict[str, str], code: str, cell: str) -> None:
    assert found(**texts) == [(code, cell)]
    assert found(handout=True, **texts) == []
