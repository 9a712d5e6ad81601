"""What is compared when workbooks come home: values as they are seen."""

import unicodedata
from decimal import Decimal

import pytest

from aso_xl.exchange.cell_values import same, shown, value_of


@pytest.mark.parametrize(
    "other",
    [
        unicodedata.normalize("NFD", "がんの\n検診 済"),
        "がんの\r\n検診 済 \u3000",
        "が\u200bんの\n検診\u00a0済\ufeff",
        "がんの \n検診 済\n",
    ],
)
def test_a_text_that_looks_the_same_is_no_change(other: str) -> None:
    assert same(value_of("がんの\n検診 済"), value_of(other))


@pytest.mark.parametrize(
    "other", ["かんの\n検診 済", "がんの検診 済", "がんの\n検診済", "がんの\n検診 済②"]
)
def test_a_text_that_looks_different_is_a_change(other: str) -> None:
    assert not same(value_of("がんの\n検診 済"), value_of(other))


@pytest.mark.parametrize("blank", ["", " \u3000", "\u200b", "\ufeff\n\u00a0"])
def test_what_shows_nothing_is_blank(blank: str) -> None:
    assert value_of(blank, text=True) is None


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (1e308, Decimal("1E+308")),
        (1e-300, Decimal("1E-300")),
        (float("inf"), Decimal("Infinity")),
        (float("nan"), "nan"),
        (10**400, Decimal(10**400)),
    ],
)
def test_extreme_numbers_are_compared(stored: float, value: object) -> None:
    assert value_of(stored) == value


def test_a_blank_and_the_word_for_it_are_listed_as_two_things() -> None:
    assert [shown(v) for v in (None, "(空欄)", "「(空欄)」", "文")] == [
        *("(空欄)", "「(空欄)」", "「「(空欄)」」", "文")
    ]
