"""The words of a finding: what stands in its cell, on one line, no longer than a line."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import stored

from aso_xl.domain.catalogue import MERGED_CELL, NEGATIVE, STORED_BROKEN, STRUCK_TEXT, UNKNOWN_MARK
from aso_xl.domain.cells import CellValue
from aso_xl.domain.checks.issue import Severity, errors_of, issue, typed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (120, "120"),
        (0.1 + 0.2, "0.3"),
        (1e308, "1E+308"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2026, 5, 1), "2026-05-01"),
        (dt.datetime(2026, 5, 1, 9, 30), "2026-05-01T09:30:00"),
        (dt.time(9, 30), "09:30:00"),
        (" 多数 ", "多数"),
        ("", None),
        (None, None),
    ],
)
def test_what_was_typed_is_shown_as_excel_shows_it(value: CellValue, text: str | None) -> None:
    assert typed(stored(value)) == text


def test_what_is_left_out_is_shown_where_nothing_else_stands() -> None:
    assert typed(stored(None, left_out="35")) == "35"
    assert typed(stored(3, left_out="5")) == "3"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("あ" * 40, "あ" * 40), ("あ" * 41, "あ" * 39 + "…"), ("一\n二  三", "一 二 三")],
)
def test_a_text_is_quoted_on_one_line_of_forty_letters(text: str, shown: str) -> None:
    found = issue(UNKNOWN_MARK, stored(text))
    assert f"「{shown}」" in found.finding
    assert found.value == text


def test_a_blank_is_quoted_as_nothing() -> None:
    found = issue(STORED_BROKEN, stored(None))
    assert (found.value, found.finding) == (None, "保存されている値()が壊れています。")
    assert "「」" in issue(UNKNOWN_MARK, stored(None)).finding


def test_errors_are_told_from_what_only_warns() -> None:
    grave, mild = issue(NEGATIVE, stored(-1)), issue(STRUCK_TEXT, stored(1, left_out="2"))
    assert (grave.severity, mild.severity) == (Severity.ERROR, Severity.WARNING)
    assert errors_of([mild, grave, mild]) == (grave,)


def test_gaps_that_are_not_filled_or_not_there_are_refused() -> None:
    with pytest.raises(TypeError, match="better"):
        issue(NEGATIVE, stored(-1), better="1")
    with pytest.raises(TypeError, match="detail"):
        issue(MERGED_CELL, stored(1))
