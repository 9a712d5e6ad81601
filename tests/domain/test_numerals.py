"""Japanese numerals and fiscal years, both ways."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aso_xl.domain.guessing import guess_number
from aso_xl.domain.numerals import (
    DASHES,
    LONGEST,
    FiscalYear,
    decimals_of,
    format_number,
    from_float,
    is_no_value,
    parse_number,
    plain,
    split_scale,
    written_decimals,
)

UNITS = ["人", "件", "%", "ha", "億円", "万円", "円", "千人", "回/年", "経営体", "㎡", ""]
FULL_WIDTH = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")
numbers = st.decimals(-(10**9), 10**9, places=3).filter(lambda d: d != 0 or not d.is_signed())


@given(numbers, st.sampled_from(UNITS), st.integers(0, 3), st.booleans())
@example(Decimal("1241.55"), "億円", 0, True)
@example(Decimal("-0.001"), "億円", 0, True)
@example(Decimal("100000000"), "円", 0, True)
def test_what_is_printed_is_read_back(value, unit, decimals, money):
    printed = format_number(value, decimals, unit, money=money)
    assert parse_number(printed, unit) == value
    assert parse_number(printed.translate(FULL_WIDTH), unit) == value
    assert parse_number(f" {printed.replace('△', '▲ ')} ", unit) == value


@given(st.decimals(-(10**11), 10**11, places=2))
def test_a_number_survives_its_float(value):
    assert from_float(float(value)) == value


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "money", "printed"),
    [
        ("-10", 0, "人", False, "△10人"),
        ("6260264", 0, "人", False, "6,260,264人"),
        ("4965", 1, "ha", False, "4,965.0ha"),
        ("6.48", 1, "%", False, "6.48%"),
        ("6.50", 1, "%", False, "6.5%"),
        ("1241.55", 0, "億円", True, "1,241億5,500万円"),
        ("1300", 0, "億円", True, "1,300億円"),
        ("12500", 0, "億円", True, "1兆2,500億円"),
        ("-1.5", 0, "億円", True, "△1億5,000万円"),
        ("1.00000001", 0, "億円", True, "1億1円"),
        ("0.5", 0, "億円", True, "0.5億円"),
        ("65.5", 1, "億円", False, "65.5億円"),
        ("0", 0, "件", False, "0件"),
        ("10000", 0, "万円", True, "1億円"),
        ("9999", 0, "万円", True, "9,999万円"),
        ("200000000", 0, "円", True, "200,000,000円"),
        ("Infinity", 0, "億円", True, "Infinity億円"),
        ("1E+40", 0, "", False, "10" + ",000" * 13),
        ("1E+41", 0, "", False, "1E+41"),
    ],
)
def test_numbers_are_printed_as_the_strategy_does(value, decimals, unit, money, printed):
    assert format_number(Decimal(value), decimals, unit, money=money) == printed


def test_a_number_is_printed_whole_and_without_words_for_money_unless_asked():
    assert format_number(Decimal(5)) == "5"
    assert format_number(Decimal("1241.55"), unit="億円") == "1,241.55億円"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("△10", "人", "-10"),
        ("▲10", "人", "-10"),
        ("−10", "人", "-10"),
        ("－10", "人", "-10"),
        ("-10人", "人", "-10"),
        ("△　１０", "人", "-10"),
        ("１，０２０", "人", "1020"),
        ("1 020 人", "人", "1020"),
        ("６．５％", "%", "6.5"),
        ("3回/年", "回/年", "3"),
        ("3回", "回/年", "3"),
        ("1,241億5,500万円", "億円", "1241.55"),
        ("1241.55", "億円", "1241.55"),
        ("5,500万円", "億円", "0.55"),
        ("12億", "億円", "12"),
        ("2万3,550", "人", "23550"),
        ("1.5千人", "人", "1500"),
        ("007", "人", "7"),
        ("1\u00a0020", "人", "1020"),
        ("\u200b120\ufeff人", "人", "120"),
        ("100m2", "㎡", "100"),
        ("5㎏", "kg", "5"),
        ("12　ｹﾝ", "ケン", "12"),
        ("3がい", "がい", "3"),
        ("3億2万", "円", "300020000"),
        ("50,000,000円", "億円", "0.5"),
        ("5万", "万", "5"),
        ("5".zfill(LONGEST), "人", "5"),
    ],
)
def test_numerals_are_read(text, unit, value):
    assert parse_number(text, unit) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "－",
        "△",
        "1,02",
        "1,0200",
        ",100",
        "1.",
        ".5",
        "1.5.3",
        "--1",
        "△△1",
        "約120人",
        "120件",
        "120~130",
        "110\n120",
        "5,500万1億",
        "R6",
        "千人",
        "1e5",
        "百",
        "1/2",
        "3億2億",
        "3億2億円",
        "3 5",
        "120 13",
        "5①",
        "121²",
        "315 ①",
        "①",
        "12½",
        "173⒈",
        "8⑨",
        "𝟓",
        "٣",
        "1٣",
        "㊿",
        "Ⅳ",
        "〇",
        "三",
        "ー30",
        "‐30",
        "–30",
        "—30",
        "―30",
        "▼30",
        "(30)",
        "（30）",
        "マイナス30",
        "30減",
        "➖30",
        "﹣30",
        "+30",
        "1" * 5000,
        "1" * (LONGEST + 1),
    ],
)
def test_what_is_not_one_number_is_not_read(text):
    assert parse_number(text, "人") is None


@pytest.mark.parametrize("text", ["円", "億円", "億", "5億人"])
def test_a_unit_alone_or_another_one_is_no_amount_of_money(text):
    assert parse_number(text, "億円") is None


@pytest.mark.parametrize("dash", [*DASHES, "…", " － ", "\u200b—", "ｰ", "➖\ufe0f"])
def test_a_lone_dash_is_no_value_and_never_zero(dash):
    assert is_no_value(dash)
    assert parse_number(dash, "人") is None


@pytest.mark.parametrize("text", ["0", "△", "--", "－1", ""])
def test_other_signs_are_no_dash(text):
    assert not is_no_value(text)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("約120人", "人", "120"),
        ("1,02", "人", "102"),
        ("1、020人くらい", "人", "1020"),
        ("およそ△10", "人", "-10"),
        ("約1,241億5,500万円", "億円", "1241.55"),
        ("48.5%(速報)", "%", "48.5"),
        ("約48%", "%", "48"),
        ("約5年", "年", "5"),
        ("全国3位", "位", "3"),
        ("約48パーセント", "%", "48"),
        ("約" + "あ" * 195 + "120人", "人", "120"),
        ("約" + "あ" * 196 + "120人", "人", None),
        ("▼1万2億人", "人", None),
        ("不明", "人", None),
    ],
)
def test_a_guess_is_offered(text, unit, value):
    assert guess_number(text, unit) == (None if value is None else Decimal(value))


MINUS_IN_ANY_GUISE = [
    *("ー30", "ｰ30", "‐30", "‑30", "–30", "—30", "―30", "─30", "▼30", "▽30", "↓30", "⁻30"),
    *("(30)", "（30）", "（３０人）", "(30)人", "マイナス30", "ﾏｲﾅｽ30", "マイナス 30 人"),
    *(
        "30減",
        "30人減",
        "30人の減",
        "30減少",
        "➖30",
        "➖\ufe0f30",
        "﹣30",
        "約▼30",
        "減30",
        "－ 30です",
    ),
]


@pytest.mark.parametrize("text", MINUS_IN_ANY_GUISE)
def test_a_minus_is_offered_as_a_minus(text):
    assert guess_number(text, "人") == -30


@given(
    st.sampled_from([*DASHES, *"△▲▽▼↓"]),
    st.sampled_from(["", " ", "約", "\u3000"]),
    st.integers(1, 10**6),
    st.sampled_from(["", "人", " 人", "①", "(速報)"]),
)
def test_a_minus_is_never_lost(sign, between, size, after):
    assert guess_number(f"{sign}{between}{size}{after}", "人") in (None, -size)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("121①", "121"),
        ("5①", "5"),
        ("315 ①", "315"),
        ("①121", "121"),
        ("414²", "414"),
        ("173⒈", "173"),
        ("62.3②", "62.3"),
        ("3\ufe0f\u20e3", "3"),
        ("𝟓", "5"),
        ("1𝟓人", "15"),
        ("ゲートキーパー120人", "120"),
        ("実績：120", "120"),
        ("120(前年30減)", "120"),
        ("+30", "30"),
        ("≒120", "120"),
        ("120人※1", "120"),
        ("¥1,200", "1200"),
    ],
)
def test_a_figure_is_offered_without_what_stands_beside_it(text, offered):
    assert guess_number(text, "人") == Decimal(offered)


@pytest.mark.parametrize(
    "text",
    [
        *("①", "²", "⒈", "½", "12½", "㊿", "Ⅳ", "〇", "三十", "12〇", "5百", "12O", "1O5", "1e5"),
        *("1.5.3", "1.234,5", "1/2", "3×4", "10^3", "R6", "±30", "3 5", "20-30", "120～130", "30-"),
        *(
            "120、130",
            "120\n130",
            "1'234",
            "1’234",
            "1_000",
            "1__0",
        ),
        *(
            "1·5",
            "1٫5",
            "1٬020",
            "1｡5",
            "0x10",
            "0b11",
            "120→130",
            "130 ← 120",
            "|20",
            "⊖30",
            "∼30",
        ),
        *("5割", "5分の1", "4月1日", "令和9年", "平成30", "9年度", "5%", "50パーセント", "2時"),
        *("△約30", "3\u03365", "120人に減", "△△1", "--1", "1" * 5000, "あ" * 5000),
    ],
)
def test_what_could_be_taken_for_another_figure_is_not_offered(text):
    assert guess_number(text, "人") is None


@given(st.text(max_size=20), st.sampled_from(UNITS))
def test_no_text_is_a_crash(text, unit):
    value = parse_number(text, unit)
    assert value is None or value.is_finite()
    if value is not None:
        assert guess_number(text, unit) is not None


@pytest.mark.parametrize("zero", ["-0", "△0", "▲0.0", "－０"])
def test_a_zero_has_no_sign(zero):
    read = parse_number(zero, "人")
    assert (read, plain(read).startswith("-")) == (0, False)
    assert plain(from_float(-0.0)) == "0"


def test_decimals():
    assert decimals_of(Decimal("4965.0")) == 0
    assert written_decimals(Decimal("4965.0")) == 1
    assert decimals_of(Decimal("6.480")) == 2
    assert decimals_of(Decimal(5)) == written_decimals(Decimal(5)) == 0
    assert decimals_of(Decimal("1E+3")) == written_decimals(Decimal("1E+3")) == 0
    assert plain(Decimal("1E+3")) == "1000"
    assert decimals_of(Decimal("Infinity")) == written_decimals(Decimal("Infinity")) == 0
    assert plain(None) is None


def test_a_scale_in_front_of_a_unit_is_parted_from_it_and_one_alone_is_a_unit():
    assert split_scale("億円") == (Decimal(10**8), "円")
    assert split_scale("万") == (1, "万")
    assert split_scale("") == (1, "")


@pytest.mark.parametrize(
    ("text", "year", "short", "label"),
    [
        ("R6", 2024, "R6", "令和6年度"),
        ("Ｒ１０", 2028, "R10", "令和10年度"),
        ("令和元年度", 2019, "R1", "令和元年度"),
        ("H31", 2019, "R1", "令和元年度"),
        ("平成元年", 1989, "H1", "平成元年度"),
        ("㍼63年", 1988, "S63", "昭和63年度"),
        ("大正15年", 1926, "S1", "昭和元年度"),
        ("大正元年", 1912, "T1", "大正元年度"),
        ("M44", 1911, "M44", "明治44年度"),
        ("平成30年", 2018, "H30", "平成30年度"),
        ("2025", 2025, "R7", "令和7年度"),
        (" 2025年度 ", 2025, "R7", "令和7年度"),
        ("㋿7年度", 2025, "R7", "令和7年度"),
        ("\u200bＲ７\u00a0", 2025, "R7", "令和7年度"),
    ],
)
def test_fiscal_years(text, year, short, label):
    found = FiscalYear.parse(text)
    assert (found.year, str(found), found.label) == (year, short, label)


@given(st.integers(1868, 2117))
def test_fiscal_years_both_ways(year):
    found = FiscalYear(year)
    assert FiscalYear.parse(str(found)) == FiscalYear.parse(found.label) == found
    assert (found + 3) - found == 3


@pytest.mark.parametrize(
    "text",
    ["", "R", "R0", "R6.5", "R⑥", "R٦", "R²", "２０2５①", "X6", "24", "令和", "20255", "来年度"],
)
def test_what_is_no_year(text):
    with pytest.raises(ValueError, match="年度"):
        FiscalYear.parse(text)


@pytest.mark.parametrize("value", [1e308, -1e308, 1e-300, float("inf"), 5e-324])
def test_extreme_numbers_are_not_written_out(value):
    number = from_float(value)
    for text in (plain(number), format_number(number, 1, "人"), format_number(number, money=True)):
        assert text is not None
        assert len(text) < 30
    assert from_float(1e22) == Decimal(10) ** 22
    assert plain(from_float(1e22)) == "1" + "0" * 22
