"""What is typed in one cell: its code and place, and correct neighbours that stay silent."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from builders import R8, indicator, issues_of, places, plan_of, second, stored, third

from aso_xl.domain.checks import Severity

COUNT = indicator()
SHARE = indicator("48.0", "60.0", unit="%", name="受診率")
FROM_ZERO = indicator("0", "100", unit="%")
MONEY = indicator("1241.55", "1300", unit="億円", money=True)
SIGNED = indicator("-10", "170", signed=True)
GRAMS = indicator("935", "931", "以下", unit="g")
BELOW = indicator("6.7", "6.5", "未満", unit="%")
RANK = indicator("15", "10", "以内", unit="位")
RANK_AT_MOST = indicator("15", "10", "以下", unit="位")
PLACE = indicator("15", "10", "以内", unit="")

WRONG = [
    (COUNT, stored("#DIV/0!", is_error=True), "excel-error"),
    (COUNT, stored(None, is_formula=True), "formula-no-value"),
    (COUNT, True, "boolean"),
    (COUNT, dt.datetime(2026, 4, 1), "date"),
    (COUNT, dt.time(1, 20), "date"),
    (COUNT, "約120人", "not-a-number"),
    (COUNT, "1,02", "not-a-number"),
    (COUNT, "110\n120", "unknown-mark"),
    (COUNT, "調査中", "unknown-mark"),
    (COUNT, "達成", "unknown-mark"),
    (COUNT, "－", "no-value-mark"),
    (COUNT, "-", "no-value-mark"),
    (COUNT, "5①", "not-a-number"),
    (COUNT, "（30）", "not-a-number"),
    (COUNT, "①", "unknown-mark"),
    (COUNT, 1e308, "extreme"),
    (COUNT, -1e308, "extreme"),
    (COUNT, 1e16, "extreme"),
    (COUNT, 10**400, "extreme"),
    (COUNT, float("inf"), "extreme"),
    (COUNT, float("nan"), "extreme"),
    (SHARE, 1e-300, "extreme"),
    (SHARE, stored(1e-300, number_format="0%"), "extreme"),
    (COUNT, "1" * 5000, "extreme"),
    (COUNT, "△1" + "0" * 39, "extreme"),
    (COUNT, "12345678901234567人", "extreme"),
    (COUNT, -5, "negative"),
    (COUNT, "△5", "negative"),
    (COUNT, 100.5, "fractional-count"),
    (SHARE, 0.48, "percent-fraction"),
    (SHARE, "0.48", "percent-fraction"),
    (SHARE, stored(0.48, number_format="0.0%"), "percent-fraction"),
    (SHARE, stored(48, number_format="0%"), "percent-fraction"),
    (FROM_ZERO, stored(0.3, number_format="0%"), "percent-fraction"),
    (FROM_ZERO, 1, "percent-unclear"),
    (SHARE, 100.1, "over-100"),
    (SHARE, 51.25, "too-many-decimals"),
    (BELOW, 6.48, "too-many-decimals"),
    (COUNT, "１２０", "numeral-read"),
    (COUNT, "120人", "numeral-read"),
    (MONEY, "1,241億5,500万円", "numeral-read"),
    (SIGNED, "△10", "numeral-read"),
    (SHARE, "75%以上", "rule-typed"),
    (SHARE, "75 以上", "rule-typed"),
    (SHARE, "６０．０％未満", "rule-typed"),
    (COUNT, "100人以上", "rule-typed"),
    (COUNT, "約100人以上", "rule-typed"),
    (COUNT, "1,000人を超える", "rule-typed"),
    (COUNT, "100人を下回る", "rule-typed"),
    (COUNT, "100人超", "rule-typed"),
    (RANK, "10位以内", "rule-typed"),
    (RANK, "全国10位以内", "rule-typed"),
    (COUNT, "以上", "unknown-mark"),
    (COUNT, "目標以上", "unknown-mark"),
    (RANK, 0, "not-a-rank"),
    (RANK, 2.5, "not-a-rank"),
    (RANK, -1, "not-a-rank"),
    (RANK_AT_MOST, 0.5, "not-a-rank"),
    (PLACE, 0, "not-a-rank"),
    (RANK, "全国3位", "numeral-read"),
    (RANK, "第３位", "numeral-read"),
    (RANK, "全国 第12位", "numeral-read"),
    (RANK, "約3位", "not-a-number"),
    (RANK, "前年3位", "not-a-number"),
]


@pytest.mark.parametrize(("of", "value", "code"), WRONG)
def test_each_wrong_entry_has_its_code_at_its_cell_and_nothing_else(of, value, code):
    found = issues_of(plan_of(of), {"1-01-1": {"R8": value}})
    beside = "numeral-read" if code == "negative" else ""
    assert places(found, beside) == [(code, "J5")]
    assert (found[0].sheet, found[0].indicator, found[0].round) == ("基本目標1", "1-01-1", R8)


SILENT = [
    (COUNT, 100),
    (COUNT, 100.0),
    (COUNT, 0),
    (COUNT, "未公表"),
    (COUNT, " 対象外 "),
    (COUNT, "\u200b未\u200d公表\u00a0"),
    (SHARE, 48),
    (SHARE, stored(48.5, number_format='0.0"%"')),
    (SHARE, 100),
    (SHARE, 48.1 + 0.1),
    (indicator("99.0", "105.0", unit="%", over_100=True), 104.5),
    (indicator("1.0", "1.2", unit="%"), 0.9),
    (FROM_ZERO, 0),
    (FROM_ZERO, 5),
    (SIGNED, -40),
    (GRAMS, 933),
    (MONEY, 1250),
    (MONEY, 1250.55),
    (RANK, 1),
    (RANK, 12),
    (PLACE, 3),
    (indicator("15", "10", "以下", unit="単位"), 0),
]


@pytest.mark.parametrize(("of", "value"), SILENT)
def test_a_correct_entry_is_silent(of, value):
    assert places(issues_of(plan_of(of), {"1-01-1": {"R8": value}})) == []


@pytest.mark.parametrize(
    ("of", "value", "better"),
    [
        (SHARE, 0.48, "48"),
        (SHARE, stored(0.485, number_format="0%"), "48.5"),
        (SHARE, stored(48, number_format="0%"), "48"),
        (COUNT, "約120人", "120"),
        (COUNT, "1,02", "102"),
        (SIGNED, "約△10人", "-10"),
        (MONEY, "約1,241億5,500万円", "1241.55"),
        (SHARE, "75%以上", "75"),
        (RANK, "全国10位以内", "10"),
        (SIGNED, "△10人以下", "-10"),
    ],
)
def test_a_better_value_is_offered_in_the_remedy(of, value, better):
    (found,) = issues_of(plan_of(of), {"1-01-1": {"R8": value}})
    assert set(re.findall(r"-?[\d.]+", found.remedy)) == {better}
    assert found.severity is Severity.ERROR


BOUNDARY = indicator("10", "20", unit="%")


@pytest.mark.parametrize(
    ("value", "code"), [(0.99, "percent-fraction"), (1, None), (1.01, "too-many-decimals")]
)
def test_a_share_is_far_too_small_below_a_twentieth_of_what_is_known(value, code):
    found = places(issues_of(plan_of(BOUNDARY), {"1-01-1": {"R8": value}}), "digit-slip")
    assert found == ([(code, "J5")] if code else [])


@pytest.mark.parametrize(("value", "code"), [(1, "percent-fraction"), (1.01, "too-many-decimals")])
def test_a_share_above_one_is_no_fraction(value, code):
    wide = indicator("60", "90", unit="%")
    found = places(issues_of(plan_of(wide), {"1-01-1": {"R8": value}}), "digit-slip")
    assert found == [(code, "J5")]


@pytest.mark.parametrize(
    ("text", "offered"), [("5①", "5"), ("ー30", "-30"), ("(30)", "-30"), ("▼３０人", "-30")]
)
def test_the_figure_is_offered_as_it_was_meant(text, offered):
    (found,) = issues_of(plan_of(SIGNED), {"1-01-1": {"R8": text}})
    assert (found.code, found.value) == ("not-a-number", text)
    assert f"{offered} と入力してください" in found.remedy


def test_an_extreme_number_is_not_written_out():
    (found,) = issues_of(plan_of(COUNT), {"1-01-1": {"R8": 1e308}})
    assert (found.value, found.severity) == ("1E+308", Severity.ERROR)
    assert "1E+308" in found.finding


def test_a_numeral_is_shown_before_and_after():
    (found,) = issues_of(plan_of(MONEY), {"1-01-1": {"R8": "１，２４１億５，５００万円"}})
    assert found.value == "１，２４１億５，５００万円"
    assert "１，２４１億５，５００万円" in found.finding
    assert "1241.55" in found.finding


def test_a_measured_quantity_may_have_decimals():
    found = issues_of(plan_of(GRAMS), {"1-01-1": {"R8": 932.4}})
    assert [(i.code, i.severity) for i in found] == [("too-many-decimals", Severity.INFO)]
    assert found[0].finding == "整数の指標に、932.4g と入力されています。"
    (rate,) = issues_of(plan_of(BELOW), {"1-01-1": {"R8": 6.48}})
    assert rate.finding == "小数第1位までの指標に、6.48% と入力されています。"


def test_every_round_is_checked():
    typed = {"1-01-1": {"R7": "百人", "R8": 100, "R10": True}}
    assert places(issues_of(plan_of(COUNT), typed)) == [("unknown-mark", "I5"), ("boolean", "L5")]


def test_a_qualitative_indicator_takes_a_verdict_or_a_mark():
    typed = {
        "1-H1": {"R7": "達成"},
        "2-H1": {"R7": "○"},
        "2-H2": {"R7": 1},
        "3-H1": {"R7": "集計中"},
    }
    found = issues_of(second(), typed)
    assert [(i.code, i.indicator) for i in found if i.code == "not-a-verdict"] == [
        ("not-a-verdict", "2-H1"),
        ("not-a-verdict", "2-H2"),
    ]


def test_real_indicators_that_are_measured_are_no_counts():
    assert not third().by_id["4-34-1"].is_count
    assert third().by_id["4-13-1"].is_count


def test_value_of_a_float_has_no_binary_dust():
    (found,) = issues_of(plan_of(SHARE), {"1-01-1": {"R8": 100.1 + 0.2}})
    assert Decimal(found.value or "") == Decimal("100.3")
