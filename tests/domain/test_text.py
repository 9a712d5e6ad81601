"""Text that looks the same is the same; text that looks different is not."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aso_xl.domain.text import bare, name_of, narrow, seen, trimmed

INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e"]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_what_shows_nothing_makes_no_difference(mark: str) -> None:
    for text in (f"{mark}観光課", f"観{mark}光課", f"観光課{mark}", f" {mark} 観光課 {mark} "):
        assert name_of(text) == "観光課"
    assert trimmed(f" {mark}\u3000観{mark}光課 {mark}\n") == f"観{mark}光課"
    assert trimmed(f"観光課{mark}") == "観光課"
    assert trimmed(f" {mark} ") == ""


@pytest.mark.parametrize("text", ["がん対策課", "パートナー", "é", "ヴ"])
def test_what_a_mac_takes_apart_is_put_together(text: str) -> None:
    assert unicodedata.normalize("NFD", text) != text
    assert seen(unicodedata.normalize("NFD", text)) == text


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u3000", "\u2009", "\t", "\n", "  "])
def test_blanks_of_any_kind_part_a_name_alike(blank: str) -> None:
    assert name_of(f"{blank}観光{blank}課{blank}") == "観光 課"


def test_blanks_keep_their_width_in_a_text() -> None:
    assert seen("\u3000文\u00a0文\u2003文") == "\u3000文 文\u3000文"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("神", "\ufa19"),
        ("①", "1"),
        ("㎡", "m2"),
        ("５", "5"),
        ("ｱ", "ア"),
        ("は", "ば"),
        ("葛", "葛\U000e0100"),
    ],
)
def test_what_looks_different_stays_different(one: str, other: str) -> None:
    assert seen(one) != seen(other)


def test_a_variant_of_a_letter_is_the_same_name() -> None:
    assert name_of("葛\U000e0100城課") == name_of("葛城課")


def test_only_full_width_forms_and_half_width_katakana_are_folded() -> None:
    assert narrow("ＫＰＩ（５％）　ﾌﾟﾗﾝ") == "KPI(5%) プラン"
    assert narrow("！￥１２０～｟") == "!¥120~｟"
    assert narrow("①²½⒈Ⅳ㊿𝟓٣㎡") == "①²½⒈Ⅳ㊿𝟓٣㎡"
    assert bare(" 基準　値 \u200b") == "基準値"


@example("A\u3000\u0334\u0339")
@example("か\u200b\u3099")
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    for fold in (seen, trimmed, name_of, bare):
        assert fold(fold(text)) == fold(text)
