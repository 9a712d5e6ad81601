"""Every rule in every direction, in words: none reads as its opposite."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import R8, R9, indicator

from aso_xl.domain.achievement import judge
from aso_xl.domain.outlook import missing_of, missing_words
from aso_xl.domain.plan import Actual, Indicator, Verdict
from aso_xl.domain.settings import Settings
from aso_xl.domain.shown import show_target

RANK = {"unit": "位", "name": "全国順位"}
MONEY = {"unit": "億円", "money": True}
SHARE = {"unit": "%"}
SIGNED = {"signed": True}

# baseline, target, rule, more, value, sentence, what is missing ("" where the target is met)
SAID = [
    # increase
    ("94", "120", "以上", {}, "111", "目標120人以上に対し実績111人 → 未達成(基準比+17人)", "あと9人"),
    ("94", "120", "以上", {}, "90", "目標120人以上に対し実績90人 → 未達成(基準比△4人)", "あと30人"),
    ("94", "120", "以上", {}, "120", "目標120人以上に対し実績120人 → 達成(基準比+26人)", ""),
    # decrease
    ("1030", "1000", "以下", {}, "1005", "目標1,000人以下に対し実績1,005人 → 未達成(基準比△25人)",
     "あと5人の減少"),
    ("1030", "1000", "以下", {}, "1040", "目標1,000人以下に対し実績1,040人 → 未達成(基準比+10人)",
     "あと40人の減少"),
    ("1030", "1000", "以下", {}, "990", "目標1,000人以下に対し実績990人 → 達成(基準比△40人)", ""),
    # floor
    ("108", "100", "以上", {}, "103",
     "目標100人以上に対し実績103人 → 達成(現時点で維持)(基準比△5人)。"
     "年に約2.5人の減少が続くと、R10は約98人で、目標に届きません", ""),
    ("108", "100", "以上", {}, "99", "目標100人以上に対し実績99人 → 未達成(基準比△9人)", "あと1人"),
    # ceiling
    ("17", "19", "以下", {}, "18", "目標19人以下に対し実績18人 → 達成(現時点で維持)(基準比+1人)", ""),
    ("17", "19", "以下", {}, "20", "目標19人以下に対し実績20人 → 未達成(基準比+3人)", "あと1人の減少"),
    # keep
    ("5", "5", "以上", {}, "5", "目標5人以上に対し実績5人 → 達成(現時点で維持)(基準比±0人)", ""),
    ("5", "5", "以上", {}, "4", "目標5人以上に対し実績4人 → 未達成(基準比△1人)", "あと1人"),
    ("5", "5", "以下", {}, "6", "目標5人以下に対し実績6人 → 未達成(基準比+1人)", "あと1人の減少"),
    # strict
    ("6.7", "6.5", "未満", SHARE, "6.5", "目標6.5%未満に対し実績6.5% → 未達成(基準比△0.2%)",
     "目標値ちょうど(6.5%を下回る必要)"),
    ("6.7", "6.5", "未満", SHARE, "6.6", "目標6.5%未満に対し実績6.6% → 未達成(基準比△0.1%)",
     "あと0.1ポイントを超える減少"),
    ("10", "20", "超", {}, "20", "目標20人超に対し実績20人 → 未達成(基準比+10人)",
     "目標値ちょうど(20人を上回る必要)"),
    ("10", "20", "超", {}, "18", "目標20人超に対し実績18人 → 未達成(基準比+8人)",
     "あと2人を超える増加"),
    ("20", "10", "超", {}, "9", "目標10人超に対し実績9人 → 未達成(基準比△11人)", "あと1人を超える増加"),
    # negative numbers
    ("-10", "170", "以上", SIGNED, "-20", "目標170人以上に対し実績△20人 → 未達成(基準比△10人)",
     "あと190人"),
    ("-50", "-10", "以上", SIGNED, "-12", "目標△10人以上に対し実績△12人 → 未達成(基準比+38人)",
     "あと2人"),
    ("5", "-10", "以下", SIGNED, "-7", "目標△10人以下に対し実績△7人 → 未達成(基準比△12人)",
     "あと3人の減少"),
    # money and shares
    ("1241.55", "1300", "以上", MONEY, "1290",
     "目標1,300億円以上に対し実績1,290億円 → 未達成(基準比+48億4,500万円)", "あと10億円"),
    ("1300", "1250", "以下", MONEY, "1260.5",
     "目標1,250億円以下に対し実績1,260億5,000万円 → 未達成(基準比△39億5,000万円)",
     "あと10億5,000万円の減少"),
    ("80", "85", "以上", SHARE, "84", "目標85%以上に対し実績84% → 未達成(基準比+4%)",
     "あと1ポイント"),
    ("30", "20", "以下", SHARE, "21.5", "目標20%以下に対し実績21.5% → 未達成(基準比△8.5%)",
     "あと1.5ポイントの減少"),
    # ranks: the smaller, the better
    ("15", "10", "以下", RANK, "12", "目標10位以内に対し実績12位 → 未達成(基準比3位分上昇)",
     "あと2位分の上昇"),
    ("15", "10", "以下", RANK, "17", "目標10位以内に対し実績17位 → 未達成(基準比2位分下降)",
     "あと7位分の上昇"),
    ("1", "1", "以下", RANK, "1", "目標1位以内に対し実績1位 → 達成(現時点で維持)(基準と同じ順位)", ""),
    ("1", "1", "以下", RANK, "2", "目標1位以内に対し実績2位 → 未達成(基準比1位分下降)",
     "あと1位分の上昇"),
    ("5", "10", "以下", RANK, "8",
     "目標10位以内に対し実績8位 → 達成(現時点で維持)(基準比3位分下降)。"
     "年に約1.5位分の下降が続くと、R10は約11位で、目標に届きません", ""),
    ("15", "10", "未満", RANK, "10", "目標10位より上位に対し実績10位 → 未達成(基準比5位分上昇)",
     "目標値ちょうど(10位より上位になる必要)"),
    ("15", "10", "未満", RANK, "11", "目標10位より上位に対し実績11位 → 未達成(基準比4位分上昇)",
     "あと1位分を超える上昇"),
    ("3", "10", "以上", RANK, "8",
     "目標10位またはそれより下位に対し実績8位 → 未達成(基準比5位分下降)",
     "あと2位分の下降"),
    ("3", "10", "超", RANK, "10", "目標10位より下位に対し実績10位 → 未達成(基準比7位分下降)",
     "目標値ちょうど(10位より下位になる必要)"),
    # 単位 (credits) are counted, not ranked
    ("30", "20", "以下", {"unit": "単位"}, "25", "目標20単位以下に対し実績25単位 → 未達成(基準比△5単位)",
     "あと5単位の減少"),
    # without a baseline
    (None, "10", "以下", RANK, "12", "目標10位以内に対し実績12位 → 未達成", "あと2位分の上昇"),
    (None, "10", "以上", {}, "9", "目標10人以上に対し実績9人 → 未達成", "あと1人"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("baseline", "target", "rule", "more", "value", "sentence", "missing"), SAID
)
def test_a_rule_reads_as_it_judges(
    baseline: str | None,
    target: str,
    rule: str,
    more: dict[str, object],
    value: str,
    sentence: str,
    missing: str,
) -> None:
    own = indicator(baseline, target, rule, **more)
    judged = judge(own, {R8: Actual(Decimal(value))}, R8, Settings(R8))
    assert judged.sentence == sentence
    gap = missing_of(judged)
    assert ("" if gap is None else missing_words(own, gap)) == missing


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (Verdict.ACHIEVED, "人口は25,000人台を維持する。 → 達成"),
        (Verdict.MISSED, "人口は25,000人台を維持する。 → 未達成"),
    ],
)
def test_a_typed_verdict_stands_behind_its_statement(verdict: Verdict, sentence: str) -> None:
    own = indicator(None, None, "定性", statement="人口は25,000人台を維持する。")
    judged = judge(own, {R8: Actual(verdict=verdict)}, R8, Settings(R8))
    assert (judged.sentence, missing_of(judged)) == (sentence, None)


@pytest.mark.parametrize(
    ("own", "label", "target"),
    [
        (indicator("15", "10", "以下", **RANK), "以内", "10位以内"),
        (indicator("15", "1", "以下", **RANK), "以内", "1位以内"),
        (indicator("15", "10", "以下"), "以下", "10人以下"),
        (indicator("15", "10", "以下", unit="単位"), "以下", "10単位以下"),
    ],
)
def test_the_word_of_a_rule_fits_what_it_stands_behind(
    own: Indicator, label: str, target: str
) -> None:
    assert (own.rule_label, show_target(own)) == (label, target)


def test_a_rank_moves_towards_its_target() -> None:
    own = indicator("15", "10", "以下", **RANK)
    judged = judge(own, {R9: Actual(Decimal(12))}, R9, Settings(R9))
    assert (str(judged.progress), own.rule.asks_for_more) == ("60.0", False)
