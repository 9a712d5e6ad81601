"""Mistakes as they are really made, typed into the sample: each found, at its cell, and nothing else.

Beside them what is right and only looks odd: it must stay silent.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from random_fillings import put_setting
from workbook_tools import Error, Formula, Value, Xlsx

from aso_xl.domain.checks import Issue, check, counts
from aso_xl.workbook.read.reading import read

Finding = tuple[str, str | None, str | None]
Typed = Value | Formula
REMARK, DEPARTMENT, DAY = "備考(要因・出典)", "担当課", "yyyy/m/d"

MISTAKES: list[tuple[str, str, Typed, str, str]] = [
    # id, heading, what was typed, its number format, what must be found there
    ("1-01-1", "R9", "121人", "", "numeral-read"),
    ("1-01-1", "R9", "１２１", "", "numeral-read"),
    ("1-01-1", "R9", " 121 ", "", "numeral-read"),
    ("2-H4", "R8", "640万2,877人", "", "numeral-read"),
    ("1-H1", "R9", "1,281億6,400万円", "", "numeral-read"),
    ("2-H3", "R7", "△29", "", "numeral-read"),
    ("2-H3", "R7", "▲29人", "", "numeral-read"),
    ("1-01-1", "R9", "約121", "", "not-a-number"),
    ("1-01-1", "R9", "121人(見込み)", "", "not-a-number"),
    ("1-01-1", "R9", "121\n125", "", "unknown-mark"),
    ("1-01-1", "R9", "不明", "", "unknown-mark"),
    ("1-01-1", "R9", "達成", "", "unknown-mark"),
    ("1-01-1", "R9", "未公表(11月公表)", "", "unknown-mark"),
    ("1-01-1", "R9", "－", "", "no-value-mark"),
    ("1-01-1", "R9", "-", "", "no-value-mark"),
    ("1-01-1", "R9", 45778, DAY, "date"),
    ("1-01-1", "R9", 0.5, "h:mm", "date"),
    ("1-01-1", "R9", True, "", "boolean"),
    ("1-01-1", "R9", Error("#REF!"), "", "excel-error"),
    ("1-01-1", "R9", Error("#DIV/0!"), "", "excel-error"),
    ("1-01-1", "R9", Formula("集計表!B4"), "", "formula-no-value"),
    ("4-16-2", "R9", 0.527, "0.0%", "percent-fraction"),
    ("4-16-2", "R9", 0.527, "", "percent-fraction"),
    ("4-16-2", "R9", "0.527", "", "percent-fraction"),
    ("4-39-1", "R9", 1, "", "percent-unclear"),
    ("1-01-1", "R9", -121, "", "negative"),
    ("1-01-1", "R9", 120.5, "", "fractional-count"),
    ("3-02-1", "R9", 100.1, "", "over-100"),
    ("4-16-2", "R9", 52.7333333333333, "", "too-many-decimals"),
    ("1-01-1", "R9", 1210, "", "digit-slip"),
    ("1-02-1", "R9", 31500, "", "digit-slip"),
    ("4-37-1", "R9", 6102.7, "", "fractional-count"),
    ("4-37-1", "R9", 6102, "", "digit-slip"),
    ("4-21-2", "R9", 43.1, "", "digit-slip"),
    ("1-01-3", "R9", 239, "", "cumulative-falling"),
    ("1-01-3", "R7", 223, "", "cumulative-falling"),
    ("1-01-1", "R10", 125, "", "future-actual"),
    ("1-01-1", "R9", None, "", "blank"),
    ("2-H3", "R9", 58, "", "derived-mismatch"),
    ("2-02-1", "R9", 6533199, "", "same-mismatch"),
    ("2-02-3", "R9", 646373, "", "part-exceeds-whole"),
    ("1-01-1", "目標値", 110, "", "definition-changed"),
    ("1-01-1", "基準値", 95, "", "definition-changed"),
    ("1-01-1", "単位", "名", "", "definition-changed"),
    ("1-01-1", "判定方法", "以下", "", "definition-changed"),
    ("1-01-1", "目標年度", "R11", "", "definition-changed"),
    ("1-01-2", REMARK, None, "", "remark-missing"),
    ("1-01-1", DEPARTMENT, None, "", "department-missing"),
    ("1-01-1", DEPARTMENT, "農政課", "", "department-unknown"),
]

RIGHT: list[tuple[str, str, Typed, str]] = [
    ("1-01-1", "R9", 120, ""),
    ("1-01-1", "R9", "対象外", ""),
    ("1-01-1", "R9", " 未公表", ""),
    ("1-01-1", "R10", "集計中", ""),
    ("1-01-1", "R9", Formula("60+61", "121"), ""),
    ("1-01-1", "R9", 121, '#,##0"人"'),
    ("1-01-3", "R9", 240, ""),
    ("2-H1", "R7", 1009.0, ""),
    ("2-08-1", "R9", 1000, ""),
    ("3-02-1", "R9", 100, ""),
    ("3-H1", "R9", 108, ""),
    ("4-13-1", "R7", 0, ""),
    ("4-39-1", "R9", 0, ""),
    ("4-39-1", "R9", 30, ""),
    ("4-40-1", "R9", 0, ""),
    ("4-21-2", "R9", 431, ""),
    ("1-01-4", "R8", 66, ""),
    ("1-01-1", "単位", "人 ", ""),
    ("1-01-1", "目標値", "１２０人", ""),
    ("1-01-1", "目標年度", "令和10年度", ""),
    ("1-01-1", REMARK, "=対前年度比", ""),
    ("2-02-1", DEPARTMENT, " 観光課", ""),
]


@pytest.fixture(scope="module")
def usual(sample_path: Path) -> Counter[Finding]:
    return _findings(sample_path)


def _issues(path: Path) -> tuple[Issue, ...]:
    ledger = read(path)
    return check(ledger, ledger.settings.round)


def _findings(path: Path) -> Counter[Finding]:
    return Counter((i.code, i.sheet, i.cell) for i in _issues(path))


def _typed(source: Path, to: Path, id_: str, head: str, value: Typed, look: str) -> tuple[str, str]:
    book = Xlsx(source)
    place = book.find(id_, head)
    book.put(place, value)
    if head.startswith("R") and not look and not isinstance(value, str):
        look = "General"
    if look:
        book.put_format(place, look)
    remark = book.find(id_, REMARK)
    if head == "R9" and book.value(*remark) is None:  # a slip below the target asks for its 要因
        book.put(remark, "要因")
    book.save(to)
    return place


@pytest.mark.parametrize(("id_", "head", "value", "look", "code"), MISTAKES)
def test_mistake_is_found_at_its_cell(
    sample_path: Path,
    tmp_path: Path,
    usual: Counter[Finding],
    id_: str,
    head: str,
    value: Typed,
    look: str,
    code: str,
) -> None:
    place = _typed(sample_path, tmp_path / "a.xlsx", id_, head, value, look)
    found = _findings(tmp_path / "a.xlsx")
    assert dict(found - usual) == {(code, *place): 1}
    assert usual - found == Counter()


@pytest.mark.parametrize(("id_", "head", "value", "look"), RIGHT)
def test_what_is_right_stays_silent(
    sample_path: Path,
    tmp_path: Path,
    usual: Counter[Finding],
    id_: str,
    head: str,
    value: Typed,
    look: str,
) -> None:
    _typed(sample_path, tmp_path / "a.xlsx", id_, head, value, look)
    assert _findings(tmp_path / "a.xlsx") == usual


def test_sample_has_no_errors_and_just_these_findings(sample_path: Path) -> None:
    found = [(i.code, i.severity.value, i.indicator, str(i.round)) for i in _issues(sample_path)]
    assert sorted(found) == [
        ("blank", "warning", "4-36-1", "R9"),
        ("pending", "info", "4-16-1", "R9"),
        ("too-many-decimals", "info", "3-01-1", "R9"),
    ]


def test_untouched_template_only_waits_for_input(template_path: Path) -> None:
    issues = _issues(template_path)
    assert counts(issues)["error"] == 0
    found = Counter(i.code for i in issues)
    assert found == {
        "blank": 67,
        "department-missing": 66,
        "measure-text-empty": 4,
        "paragraph-empty": 1,
    }


def test_second_term_has_its_known_difference_only(second_path: Path) -> None:
    (found,) = _issues(second_path)
    assert (found.code, found.severity.value, found.value) == (
        "stated-total-mismatch",
        "warning",
        "26",
    )
    assert "52" in found.message and found.sheet == "設定"


def test_second_term_with_the_right_total_is_silent(second_path: Path, tmp_path: Path) -> None:
    book = Xlsx(second_path)
    put_setting(book, "本文に書いたKPI項目数", 52)
    assert _issues(book.save(tmp_path / "a.xlsx")) == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("達成した", "not-a-verdict"), (1, "not-a-verdict"), ("○", "not-a-verdict"), (None, "blank")],
)
def test_slips_in_a_typed_verdict(
    second_path: Path, tmp_path: Path, typed: Value, code: str
) -> None:
    book = Xlsx(second_path)
    place = book.find("2-H2", "R7")
    book.put(place, typed)
    found = [(i.code, i.sheet, i.cell) for i in _issues(book.save(tmp_path / "a.xlsx"))]
    assert found == [("stated-total-mismatch", "設定", "B23"), (code, *place)]


def test_several_mistakes_are_found_at_once(
    sample_path: Path, tmp_path: Path, usual: Counter[Finding]
) -> None:
    book, expected = Xlsx(sample_path), Counter(usual)
    slips: tuple[tuple[str, Value, str], ...] = (
        ("1-05-1", "三十五", "unknown-mark"),
        ("2-H3", 75, "derived-mismatch"),
        ("3-H1", 1030, "digit-slip"),
        ("4-06-1", Error("#N/A"), "excel-error"),
        ("4-30-1", 775, "over-100"),
    )
    for id_, typed, code in slips:
        place = book.find(id_, "R9")
        book.put(place, typed)
        expected[(code, *place)] += 1
    assert _findings(book.save(tmp_path / "a.xlsx")) == expected
