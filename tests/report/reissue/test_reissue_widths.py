"""Figures that staff have made full-width: the same figures, and renewed ones are as wide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reissue_tools import edited, made, report
from reissue_tools import renewed as renewed_in

from aso_xl.report.reissue.widths import UNKNOWN, Widths, as_in, narrow, same, widths_of

TOWN, ALL = Widths(single=True, long=False), Widths(single=True, long=True)


def by_the_towns_rule(text: str) -> str:
    """One digit full-width, numbers of more half-width (decimals are more)."""
    digit = r"(?<![\d.,\-A-Za-z])[0-9](?![\d.,\-A-Za-z])"
    return re.sub(digit, lambda m: chr(ord(m[0]) + 0xFEE0), text)


def all_wide(text: str) -> str:
    return re.sub(r"[0-9.,%()]", lambda m: chr(ord(m[0]) + 0xFEE0), text)


@pytest.mark.parametrize(
    ("shown", "wanted", "usual", "written"),
    [
        ("7項目", "12項目", UNKNOWN, "12項目"),
        ("７項目", "8項目", UNKNOWN, "８項目"),
        ("７項目", "12項目", TOWN, "12項目"),
        ("７項目", "12項目", ALL, "１２項目"),
        ("12項目", "7項目", TOWN, "７項目"),
        ("１２項目", "13項目", UNKNOWN, "１３項目"),
        ("１２項目", "7項目", ALL, "７項目"),
        ("４４．０％", "45.6%", ALL, "４５．６％"),
        ("４４．０%", "45.6%", ALL, "４５．６%"),
        ("44.0%", "45.6%", ALL, "45.6%"),
        ("1，241億5,500万円", "9億円", TOWN, "９億円"),
        ("△５人", "△12人", TOWN, "△12人"),
        ("（未入力１項目を含む）", "(未入力2項目を含む)", TOWN, "（未入力２項目を含む）"),
        ("1-01-1、R9の５件", "1-01-1、R9の6件", TOWN, "1-01-1、R9の６件"),
    ],
)
def test_a_new_figure_is_as_wide_as_the_old_one(
    shown: str, wanted: str, usual: Widths, written: str
) -> None:
    assert as_in(shown, wanted, usual) == written


FIGURES = st.from_regex(
    r"\A(達成は)?(△?[0-9]{1,3}(,[0-9]{3})?(\.[0-9])?(項目|人|%)){1,3}\Z", fullmatch=True
)


@given(FIGURES, FIGURES)
def test_the_width_never_changes_what_is_said(shown: str, wanted: str) -> None:
    for rule, usual in ((by_the_towns_rule, TOWN), (all_wide, ALL)):
        there = rule(shown)
        assert same(there, shown)
        assert narrow(as_in(there, wanted, usual)) == wanted
        if re.search("[０-９]", there):
            assert as_in(there, shown, usual) == there
        assert same(there, wanted) == (shown == wanted)


def test_how_most_numbers_are_written() -> None:
    assert widths_of(["７項目", "12項目", "３件", "4件"]) == TOWN
    assert widths_of(["1-01-1", "R9", "達成"]) == UNKNOWN


def test_a_document_by_the_towns_rule_is_right_and_is_renewed_by_it(tmp_path: Path) -> None:
    lines = (("1_01_1", "1 農業", "94人"), ("1_01_2", "1 農業", "5人"), ("1_02_1", "2 林業", "7人"))
    source = made(report(lines), tmp_path / "文書.docx")
    path = edited(source, _rewrite)
    assert renewed_in(path, report(lines))[0].renewed == ()
    now = (("1_01_1", "1 農業", "8人"), ("1_01_2", "1 農業", "15人"), ("1_02_1", "2 林業", "7人"))
    found = renewed_in(path, report(now))[0]
    assert [(c.before, c.after) for c in found.renewed] == [("94人", "８人"), ("５人", "15人")]


def _rewrite(word: object) -> None:
    for text in word.element.body.iter("{*}t"):  # type: ignore[attr-defined]
        text.text = by_the_towns_rule(text.text or "")


@pytest.mark.parametrize("minus", ["▲", "−", "－", "-"])
def test_a_minus_that_a_town_prints_otherwise_says_the_same(minus: str) -> None:
    assert same(f"遅れ ({minus}120.0%)", "遅れ (△120.0%)")
    assert same(f"{minus}１０人", "△10人")
    assert not same("10人", "△10人")
    assert not same(f"{minus}11人", "△10人")


@pytest.mark.parametrize("id_", ["1-01-1", "R9-2"])
def test_the_stroke_in_a_number_of_an_indicator_is_no_minus(id_: str) -> None:
    assert not same(id_, id_.replace("-", "△"))


def test_blanks_of_another_kind_say_the_same() -> None:
    assert same("88\u00a0経営体", "88 経営体")
    assert not same("88経営体", "88 経営体")
