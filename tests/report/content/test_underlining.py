"""Which parts of two texts differ: whole numbers and words, and all that differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.report.content.blocks import Underlined
from aso_xl.report.content.underlining import Marked, differing

TEXTS = st.text("0129,.△人件以上超目標値のをアイAB(R)\n ", max_size=30)


def parts(text: Marked) -> list[str]:
    return [part.text for part in text if isinstance(part, Underlined)]


def rest(text: Marked) -> str:
    return "".join(part for part in text if isinstance(part, str))


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("目標値　450人以上(R10)", "目標値　430人以上(R10)", ["450"], ["430"]),
        ("1,241億円", "1,250億円", ["1,241"], ["1,250"]),
        ("△10人", "10人", ["△10"], ["10"]),
        ("430人以上", "430人超", ["人以上"], ["人超"]),
        ("農業者数", "農業者の数", ["農業者数"], ["農業者の数"]),
        ("同じ", "同じ", [], []),
        ("目標値　5件", "年度の目標 2件\n目標値　5件", [], ["年度の目標 2件\n"]),
    ],
)
def test_numbers_and_words_are_underlined_whole(
    old: str, new: str, gone: list[str], came: list[str]
) -> None:
    assert tuple(map(parts, differing(old, new))) == (gone, came)


@given(TEXTS, TEXTS)
def test_what_is_not_underlined_is_the_same_on_both_sides(old: str, new: str) -> None:
    gone, came = differing(old, new)
    assert rest(gone) == rest(came)
    for text, marked in ((old, gone), (new, came)):
        assert "".join(p if isinstance(p, str) else p.text for p in marked) == text
        assert "" not in parts(marked)
