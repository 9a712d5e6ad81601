"""Figures far from all that is known: slips are seen, honest change stays silent."""

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import ROUNDS, indicator, issues_of, plan_of, plausible, third
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.catalogue import CATALOGUE
from aso_xl.domain.checks import Severity, check
from aso_xl.domain.checks.outliers import Range, is_far, slipped_from
from aso_xl.workbook.read.reading import read

OUTLYING = frozenset({"digit-slip", "far-off", "row-slip"})


def outlying(plan, typed):
    """Return (code, id, round) of what is said of figures that lie far out."""
    found = issues_of(plan, typed)
    return [(i.code, i.indicator, str(i.round)) for i in found if i.code in OUTLYING]


def of_one(kpi, *values):
    """Return the codes of one indicator's actuals from R7 on, by round."""
    typed = {str(r): v for r, v in zip(ROUNDS, values, strict=False) if v is not None}
    return {round_: code for code, _, round_ in outlying(plan_of(kpi), {"1-01-1": typed})}


def count(baseline, target, unit="件", rule="以上", **more):
    return indicator(baseline, target, rule, unit=unit, **more)


def share(baseline, target, rule="以上", **more):
    return indicator(baseline, target, rule, unit="%", **more)


HONEST = {
    "相談が年々増える": (count("227", "1000", cumulative=True), 410, 640, 830, 1000, 1250),
    "目標を2倍超える": (count("36", "60"), 70, 110, 128),
    "目標を3倍近く超える": (count("94", "120", "人"), 150, 240, 330),
    "ゼロから始まる": (count("0", "20"), 0, 4, 15, 31),
    "ゼロから一気に進む": (share("0", "100"), 12, 80, 100),
    "ゼロのまま": (count("0", "5"), 0, 0, 0),
    "基準値なし": (count(None, "50"), 3, 20, 48),
    "基準値なしで目標の10倍": (count(None, "50"), 500),
    "講座が3回から30回": (count("3", "6", "回/年"), 4, 12, 30),
    "講座が途絶える": (count("3", "6", "回/年"), 2, 0, 1),
    "一桁の起業": (count("1", "5"), 2, 9, 4),
    "12件から一桁へ": (count("12", "22", "人"), 8, 3, 14),
    "行事の中止": (count("4200", "5000", "人"), 0, 3100, 4600),
    "感染症で観光客が半減": (count("6260264", "6500000", "人"), 3000000, 2200000, 5100000),
    "外国人宿泊者の回復": (count("219704", "235000", "人"), 80000, 240000, 410000),
    "低い受診率": (share("1.5", "1.7"), 1.1, 0.9, 2.8),
    "ごく低い割合": (share("1.5", "1.7"), 0.3),
    "少しの割合が倍になる": (share("1.0", "1.2"), 1.4, 2.6),
    "割合が下がる": (share("17.4", "30.0"), 12.0, 9.8, 21.0),
    "割合が大きく伸びる": (share("16.3", "18.0"), 25.0, 44.0),
    "未満の割合": (share("6.7", "6.5", "未満"), 8.4, 4.1, 6.48),
    "超えてよい割合": (share("99.0", "105.0", over_100=True), 88.0, 131.5, 160.0),
    "社会動態": (count("-10", "170", "人", signed=True), -120, 57, -200, 300),
    "社会動態が負で始まる": (count("-3703", "-2000", "人", signed=True), -4100, -2530, 350),
    "財政調整の増減": (indicator("-1.5", "0", unit="億円", signed=True), -3.2, 1.1),
    "空き家を減らす": (count("19", "17", rule="以下"), 15, 6, 2),
    "ごみの量": (indicator("935", "931", "以下", unit="g"), 941, 902.5, 880),
    "総生産": (indicator("1241.55", "1300", unit="億円"), 1198.4, 1310.02),
    "農業産出額": (indicator("65.5", "66", unit="億円"), 58.2, 71.9),
    "農地集積": (indicator("4965.0", "5423.0", unit="ha"), 5010.4, 4880.0),
    "耕作放棄地": (indicator("24.4", "30.0", unit="ha"), 12.3, 51.0),
    "道路改良": (indicator("429.7", "431.0", unit="km"), 430.1, 430.9),
    "舗装": (indicator("7.5", "9.6", unit="km"), 3.1, 18.2),
    "図書貸出": (indicator("5.3", "5.4", unit="冊"), 4.1, 6.2),
    "合計特殊出生率": (indicator("1.71", "1.90", unit=""), 1.52, 1.28, 1.83),
    "出生数": (count("108", "100", "人"), 91, 84, 70),
    "推計人口": (count("23550", "22000", "人"), 23101, 22780, 22410),
    "閲覧者が伸びる": (count("42893", "60000", "人"), 71000, 120500, 176000),
    "ふるさと納税": (indicator("3.2", "5", unit="億円"), 4.8, 9.7, 14.2),
    "年々3倍になる": (count("20", "60", "人"), 60, 170, 500),
    "移住世帯": (count("12", "40", "世帯"), 21, 48, 95),
    "累計が積み上がる": (count("224", "250", "人", cumulative=True), 251, 290, 352),
    "補修した橋": (count("37", "52", "橋", cumulative=True), 44, 52, 60),
    "路線バス": (count("71131", "78300", "人"), 41000, 52300, 66010),
    "未公表をはさむ": (count("425", "450", "人"), "未公表", 431, "対象外", 440),
    "大きく離れた目標": (count("10", "5000", "人"), 12, 600, 9000),
    "電子申請": (count("2", "150"), 2, 35, 140, 310),
    "自主防災組織率": (share("96.55", "100"), 97.1, 100),
    "維持": (count("500", "500", "人"), 410, 620, 700),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_change_is_silent(name):
    kpi, *values = HONEST[name]
    assert of_one(kpi, *values) == {}


KNOWN = count("94", "120", "人")
SLIPS = [
    (KNOWN, 94 * 6, "far-off"),
    (KNOWN, 120 * 6, "far-off"),
    (KNOWN, 94 // 6, "digit-slip"),
    (KNOWN, 120 // 6, "far-off"),
    (KNOWN, 967223204, "far-off"),
    (KNOWN, 97_000_000, "digit-slip"),
    (KNOWN, 10**15, "far-off"),
    (KNOWN, 6260264, "far-off"),
    (KNOWN, 1000, "digit-slip"),
    (count("36", "60"), 36 * 6, "far-off"),
    (count("12", "22", "人"), 12 * 6, "far-off"),
    (count("227", "1000"), 3001, "digit-slip"),
    (count("227", "1000"), 18000, "far-off"),
    (count("3", "6", "回/年"), 967223204, "far-off"),
    (count("3", "6", "回/年"), 51, "digit-slip"),
    (count("3", "6", "回/年"), 52, "digit-slip"),
    (count("0", "20"), 400, "far-off"),
    (count("0", "0"), 51, "far-off"),
    (count(None, "50"), 5001, "far-off"),
    (count("6260264", "6500000", "人"), 1043377, "far-off"),
    (count("6260264", "6500000", "人"), 108, "far-off"),
    (count("23550", "22000", "人"), 3, "far-off"),
    (share("6.7", "6.5", "未満"), 40.2, "far-off"),
    (share("1.0", "1.2"), 6.0, "far-off"),
    (share("60.3", "65.0"), 10.1, "far-off"),
    (share("99.0", "105.0", over_100=True), 594.0, "far-off"),
    (indicator("5.3", "5.4", unit="冊"), 31.8, "far-off"),
    (indicator("5.3", "5.4", unit="冊"), 0.9, "far-off"),
    (indicator("1.71", "1.90", unit=""), 10.2, "far-off"),
    (indicator("1241.55", "1300", unit="億円"), 206.9, "far-off"),
    (indicator("1241.55", "1300", unit="億円"), 7449.3, "far-off"),
    (indicator("935", "931", "以下", unit="g"), 5610, "far-off"),
    (count("-10", "170", "人", signed=True), 1020, "far-off"),
    (count("-10", "170", "人", signed=True), -967223204, "far-off"),
    (count("-3703", "-2000", "人", signed=True), -22218, "far-off"),
]


@pytest.mark.parametrize(("kpi", "value", "code"), SLIPS)
def test_a_slip_is_seen_and_said_once(kpi, value, code):
    assert of_one(kpi, None, value) == {"R8": code}


def test_what_was_expected_is_said():
    (found,) = (
        i
        for i in issues_of(plan_of(KNOWN), {"1-01-1": {"R7": 101, "R8": 660}})
        if i.code in OUTLYING
    )
    assert (found.code, found.cell, found.severity) == ("far-off", "J5", Severity.WARNING)
    assert "660人" in found.finding
    assert "94人～120人" in found.finding
    steady = count("500", "500", "人")
    (same,) = (i for i in issues_of(plan_of(steady), {"1-01-1": {"R8": 90}}) if i.code in OUTLYING)
    assert "(500人)" in same.finding


def test_other_years_are_known_too():
    grown = count("20", "30", "人")
    assert of_one(grown, None, 200) == {"R8": "digit-slip"}
    assert of_one(grown, 80, 200) == {}
    assert of_one(grown, None, 160, 210) == {}


@pytest.mark.parametrize(
    ("value", "code"),
    [(470, None), (471, "far-off"), (24, None), (23, "far-off")],
)
def test_the_bounds_are_three_times_the_greatest_and_five_times_the_least(value, code):
    found = of_one(count("94", "120", "人"), None, value)
    assert found == ({"R8": code} if code else {})


@pytest.mark.parametrize(
    ("value", "code"), [(3000, None), (3001, "digit-slip"), (75, "digit-slip"), (76, None)]
)
def test_the_bounds_of_a_wide_range(value, code):
    assert of_one(count("227", "1000"), None, value) == ({"R8": code} if code else {})


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1490, "digit-slip"),
        (1500, "digit-slip"),
        (1510, "far-off"),
        (750, "far-off"),
        (760, "digit-slip"),
    ],
)
def test_digits_put_right_must_come_near_the_known_values(value, code):
    assert of_one(KNOWN, None, value) == {"R8": code}


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("150", None),
        ("1500", "150"),
        ("1501", None),
        ("752", "75.2"),
        ("751", None),
        ("100e8", "100"),
        ("100e9", None),
        ("100e5", None),
        ("100e7", None),
        ("100e6", "100"),
        ("0.000001", "100"),
        ("0.0000001", None),
    ],
)
def test_the_bounds_of_a_slip_of_digits(value, meant):
    found = slipped_from(Decimal(value), Decimal(94), Decimal(120))
    assert found == (None if meant is None else Decimal(meant))


THREE = [
    count("94", "120", "人", id="1-01-1"),
    count("425", "450", "人", id="1-01-2"),
    indicator("65.5", "66.0", unit="億円", id="1-01-3"),
    count("2718", "3200", "人", id="1-01-4"),
    count("37", "52", "橋", id="1-01-5"),
]
TRUE = [101, 431, 65.8, 2810, 41]


def column(values, round_="R8"):
    return {
        kpi.id: {round_: value}
        for kpi, value in zip(THREE, values, strict=True)
        if value is not None
    }


def test_the_true_column_is_silent():
    assert outlying(plan_of(*THREE), column(TRUE)) == []


def test_two_neighbours_that_changed_places_are_both_named():
    values = [431, 101, *TRUE[2:]]
    typed = column(values)
    assert outlying(plan_of(*THREE), typed) == [
        ("row-slip", "1-01-1", "R8"),
        ("row-slip", "1-01-2", "R8"),
    ]
    one, _ = (i for i in issues_of(plan_of(*THREE), typed) if i.code == "row-slip")
    assert (one.cell, one.severity) == ("J5", Severity.WARNING)
    assert all(word in one.finding for word in ("431人", "94人～120人", "1-01-2", "425人～450人"))


def test_neighbours_that_are_close_may_change_places_without_being_far_off():
    near = [count("94", "120", "人", id="1-01-1"), count("48", "60", "人", id="1-01-2")]
    typed = {"1-01-1": {"R8": 52}, "1-01-2": {"R8": 100}}
    assert [code for code, *_ in outlying(plan_of(*near), typed)] == ["row-slip", "row-slip"]
    neither = {"1-01-1": {"R8": 30}, "1-01-2": {"R8": 160}}
    assert outlying(plan_of(*near), neither) == []
    alone = {"1-01-1": {"R8": 52}, "1-01-2": {"R8": 50}}
    assert outlying(plan_of(*near), alone) == []


@pytest.mark.parametrize("first", [None, 98])
def test_a_column_that_slid_down_names_the_rows(first):
    plan = plan_of(*(k for k in THREE if k.id != "1-01-3"))
    kept = [v for v in TRUE if v != 65.8]
    ids = ["1-01-1", "1-01-2", "1-01-4", "1-01-5"]
    slid = dict(zip(ids, [first, *kept[:-1]], strict=True))
    found = outlying(plan, {id_: {"R8": v} for id_, v in slid.items() if v is not None})
    assert found == [("row-slip", id_, "R8") for id_ in ids[1:]]


def test_a_column_that_slid_up_names_the_rows():
    plan = plan_of(*(k for k in THREE if k.id != "1-01-3"))
    ids = ["1-01-1", "1-01-2", "1-01-4", "1-01-5"]
    slid = dict(zip(ids, [431, 2810, 41, 40], strict=True))
    found = outlying(plan, {id_: {"R8": v} for id_, v in slid.items()})
    assert found == [("row-slip", id_, "R8") for id_ in ids[:3]]


def test_two_rows_alone_did_not_slide():
    near = [
        count(str(b), str(b + 10), "人", id=f"1-01-{n}") for n, b in enumerate((100, 60, 36), 1)
    ]
    typed = {"1-01-2": {"R8": 108}, "1-01-3": {"R8": 70}}
    assert outlying(plan_of(*near), typed) == []


sizes = st.integers(1, 10**7)


@given(sizes, sizes, st.data())
def test_what_lies_among_the_known_values_is_silent(one, other, data):
    low, high = sorted((one, other))
    values = data.draw(st.lists(st.integers(low, min(high * 3, 10**8)), max_size=5))
    assert of_one(count(str(low), str(high)), *values) == {}


@given(st.integers(200, 10**6), st.integers(100, 195), st.booleans())
def test_six_times_and_a_sixth_are_seen_wherever_the_target_is_within_twice_the_baseline(
    baseline, percent, more
):
    target = baseline * percent // 100
    for true in (baseline, target):
        value = true * 6 if more else true // 6
        assert set(of_one(count(str(baseline), str(target)), None, value)) == {"R8"}


@given(st.lists(st.one_of(st.integers(-(10**15), 10**15), st.none()), min_size=5, max_size=5))
def test_a_figure_has_at_most_one_such_finding(values):
    typed = {
        kpi.id: {str(r): value for r in ROUNDS}
        for kpi, value in zip(THREE, values, strict=True)
        if value is not None
    }
    found = [(id_, round_) for _, id_, round_ in outlying(plan_of(*THREE), typed)]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("path", ["sample_path", "second_path", "template_path"])
def test_our_own_workbooks_are_silent(request, path):
    ledger = read(request.getfixturevalue(path))
    assert [i for i in check(ledger, ledger.settings.round) if i.code in OUTLYING] == []


@pytest.mark.parametrize("times", ["0.7", "0.85", "1", "1.2", "1.45"])
def test_the_strategy_itself_is_silent_in_good_and_bad_years(times):
    typed = {}
    for id_, rounds in plausible(third()).items():
        whole = third().by_id[id_].is_count
        moved = {r: float(Decimal(str(v)) * Decimal(times)) for r, v in rounds.items()}
        typed[id_] = {r: round(v) if whole else v for r, v in moved.items()}
    assert outlying(third(), typed) == []


@pytest.mark.parametrize(
    ("range_", "value", "times"),
    [
        (("94", "120"), "100", "1"),
        (("94", "120"), "240", "2"),
        (("94", "120"), "47", "2"),
        (("-10", "170"), "340", "2"),
        (("-10", "170"), "-180", "2"),
        (("0", "0"), "5", "100"),
        (("0.3", "0.5"), "1", "2"),
        (("94", "120"), "0.94", "100"),
    ],
)
def test_how_many_times_beyond_a_value_lies(range_, value, times):
    assert Range(*map(Decimal, range_)).times(Decimal(value)) == Decimal(times)


@pytest.mark.parametrize(
    ("places", "slips"),
    [(1, True), (2, True), (3, True), (4, True), (5, False), (6, True), (7, False), (8, True)],
)
def test_digits_slip_by_a_key_a_point_or_a_unit(places: int, slips: bool) -> None:
    """千 is three digits, 万 four, 百万 six, 億 eight: nobody slips by five or seven."""
    ends = Decimal(94), Decimal(120)
    for value in (Decimal(100).scaleb(places), Decimal(100).scaleb(-places)):
        assert slipped_from(value, *ends) == (Decimal(100) if slips else None)


@pytest.mark.parametrize(
    ("kpi", "value", "code"),
    [
        (count("0", "5"), 40, None),
        (count("0", "5"), 51, "far-off"),
        (count("0.10", "0.20", "g"), 0.7, "far-off"),
        (count("0.10", "0.20", "g"), 0.59, None),
        (count("1.0", "2.0", "g"), 15, "digit-slip"),
        (count("300.5", "400.5", "g"), 1, "far-off"),
    ],
)
def test_nothing_and_small_measures_have_their_bounds(kpi, value, code):
    assert of_one(kpi, value).get("R7") == code


@pytest.mark.parametrize(
    ("kpi", "values", "found"),
    [
        (count("1000", "1100"), [None, 5], {"R8": "far-off"}),
        (count("999", "1100"), [None, 5], {}),
        (share("0.30", "0.35"), [None, 2.34], {}),
        (share("0.30", "0.35"), [None, 2.35], {"R8": "far-off"}),
        (count("10", "170", "人", signed=True), [None, -1020], {"R8": "far-off"}),
        (count("10", "170", "人", signed=True), [None, -510], {}),
        (count("10", "170", "人", signed=True), [None, -511], {"R8": "far-off"}),
        (count(None, "300", aggregate="sum"), [None, 70], {}),
        (count(None, "300000", aggregate="sum"), [50000, 300], {"R8": "far-off"}),
        (count(None, None, aggregate="sum"), [None, 450], {}),
        (count("94", None, "人"), [100, 1000], {"R8": "digit-slip"}),
    ],
)
def test_what_is_far_where_little_or_less_is_known(kpi, values, found):
    assert of_one(kpi, *values) == found


def test_what_was_expected_is_said_with_the_decimals_of_the_indicator():
    summed = indicator(None, "301.5", unit="km", aggregate="sum")
    (found,) = issues_of(plan_of(summed), {"1-01-1": {"R7": 60.3, "R8": 0.1}})
    assert (found.code, "(60.3km)" in found.finding) == ("far-off", True)
    shorter = replace(summed, since=ROUNDS[1], until=ROUNDS[2])
    (found,) = issues_of(plan_of(shorter), {"1-01-1": {"R8": 0.1}})
    assert "(150.8km)" in found.finding
    books = indicator("5.3", "5.4", unit="冊")
    (slip,) = (i for i in issues_of(plan_of(books), {"1-01-1": {"R8": 53}}) if i.code in OUTLYING)
    assert "5.3 " in slip.remedy or "5.3冊" in slip.remedy


def test_zero_is_never_far():
    assert not is_far(Decimal(0), Range(Decimal(9400), Decimal(12000)), KNOWN)


def test_one_known_value_a_row_does_not_say_that_two_changed_places():
    for target in (None, "450"):
        rows = [count("94", None, "人", id="1-01-1"), count("425", target, "人", id="1-01-2")]
        assert row_slips(plan_of(*rows), [431, 101]) == []


FIVE = [
    count("94", "120", "人"),
    count("425", "450", "人"),
    count("65", "70", "件"),
    count("2718", "3200", "人"),
    count("37", "52", "橋"),
]


def row_slips(plan, values):
    ids = [i.id for i in plan.indicators()]
    typed = {id_: {"R8": value} for id_, value in zip(ids, values, strict=True)}
    return [id_ for code, id_, _ in outlying(plan, typed) if code == "row-slip"]


def test_a_figure_that_is_at_home_parts_what_slid_and_one_that_is_nowhere_at_home_does_not():
    plan = plan_of(*(replace(k, id=f"1-01-{n}") for n, k in enumerate(FIVE, 1)))
    assert row_slips(plan, [98, 101, 431, 2810, 2810]) == []
    assert row_slips(plan, [98, 101, 431, None, 2810]) == ["1-01-2", "1-01-3", "1-01-5"]
    assert row_slips(plan, [98, 101, 431, 10**9, 2810]) == ["1-01-2", "1-01-3", "1-01-5"]


@pytest.mark.parametrize(("value", "parts"), [(550, False), (551, True)])
def test_a_figure_is_at_home_that_is_a_quarter_beyond_the_row_before(value, parts):
    rows = [FIVE[0], count("425", "440", "人"), count("500", "600", "人"), FIVE[3], FIVE[4]]
    plan = plan_of(*(replace(k, id=f"1-01-{n}") for n, k in enumerate(rows, 1)))
    slid = [] if parts else ["1-01-2", "1-01-4", "1-01-5"]
    assert row_slips(plan, [98, 101, value, 550, 2810]) == slid


@pytest.mark.parametrize(
    ("other", "values", "slips"),
    [
        (("170", "190"), (180, 100), False),
        (("170", "190"), (181, 100), True),
        (("150", "160"), (200, 99), True),
        (("150", "160"), (201, 99), False),
    ],
)
def test_two_rows_changed_places_from_half_beyond_their_own_to_a_quarter_beyond_the_other(
    other, values, slips
):
    low, high = other
    rows = [count("94", "120", "人", id="1-01-1"), count(low, high, "人", id="1-01-2")]
    assert row_slips(plan_of(*rows), values) == (["1-01-1", "1-01-2"] if slips else [])


def test_a_figure_at_home_in_two_rows_does_not_part_what_slid():
    alike = [FIVE[0], FIVE[1], count("430", "460", "人"), FIVE[3], FIVE[4]]
    plan = plan_of(*(replace(k, id=f"1-01-{n}") for n, k in enumerate(alike, 1)))
    assert row_slips(plan, [98, 101, 431, 440, 2810]) == ["1-01-2", "1-01-4", "1-01-5"]


def test_warnings_name_what_to_do():
    for code in OUTLYING:
        assert CATALOGUE[code].severity is Severity.WARNING
