"""Counting per goal and overall, truncated with integers."""

from decimal import ROUND_DOWN, Decimal

import pytest
from builders import R7, R8, indicator, plan_of, second, third
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.plan import Actual, Mark, Same, Verdict
from aso_xl.domain.settings import Settings
from aso_xl.domain.summary import Count, rate, summarize

DONE, SHORT = Actual(Decimal(120)), Actual(Decimal(100))
UNPUBLISHED, PENDING, EXCLUDED = (Actual(mark=mark) for mark in Mark)
KPIS = tuple(indicator(id=f"1-01-{n}") for n in range(1, 8))
MIXED = (DONE, DONE, SHORT, UNPUBLISHED, PENDING, EXCLUDED, Actual())


def summary(actuals=MIXED, plan=None, **settings):
    found = {kpi.id: {R8: actual} for kpi, actual in zip(KPIS, actuals, strict=False)}
    return summarize(plan or plan_of(*KPIS), found, R8, Settings(R8, **settings))


@pytest.mark.parametrize(
    ("achieved", "total", "percent"),
    [
        (4, 11, "36.3"),
        (5, 15, "33.3"),
        (3, 11, "27.2"),
        (4, 15, "26.6"),
        (23, 40, "57.5"),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
        (16, 52, "30.7"),
        (29, 50, "58.0"),
    ],
)
def test_rates_are_truncated(achieved, total, percent):
    assert str(rate(achieved, total)) == percent


def test_nothing_has_no_rate():
    assert rate(0, 0) is None
    assert Count().rate is None
    assert Count(excluded=3).rate is None


@given(st.integers(1, 10_000).flatmap(lambda m: st.tuples(st.integers(0, m), st.just(m))))
def test_rates_agree_with_a_decimal_oracle(counts):
    achieved, total = counts
    exact = Decimal(100 * achieved) / Decimal(total)
    assert rate(achieved, total) == exact.quantize(Decimal("0.1"), ROUND_DOWN)
    assert rate(achieved, total) == Decimal(1000 * achieved // total) / 10


def test_every_result_is_counted_on_its_own():
    kpi = summary().kpi
    assert (kpi.achieved, kpi.missed, kpi.unpublished, kpi.blank, kpi.excluded) == (2, 1, 2, 1, 1)
    assert (kpi.pending, kpi.total, str(kpi.rate)) == (1, 6, "33.3")


def test_unpublished_ones_leave_the_denominator_by_a_setting():
    kpi = summary(exclude_unpublished=True).kpi
    assert (kpi.unpublished, kpi.total, str(kpi.rate)) == (2, 4, "50.0")


def test_an_earlier_value_counts_as_judged():
    actuals = {"1-01-1": {R7: DONE, R8: UNPUBLISHED}}
    kpi = summarize(plan_of(KPIS[0]), actuals, R8, Settings(R8)).kpi
    assert (kpi.achieved, kpi.earlier, kpi.unpublished) == (1, 1, 0)
    off = summarize(plan_of(KPIS[0]), actuals, R8, Settings(R8, use_earlier=False)).kpi
    assert (off.achieved, off.earlier, off.unpublished) == (0, 0, 1)


def test_a_repeated_figure_is_counted_once():
    plan = plan_of(*KPIS[:3], relations=(Same(("1-01-1", "1-01-2")),))
    found = summary((DONE, DONE, SHORT), plan)
    assert (found.kpi.achieved, found.kpi.total) == (1, 2)
    assert len(found.goals[0].kpis) == 3


def test_a_figure_shared_by_headline_and_kpi_counts_in_both():
    value = {R8: Actual(Decimal(6_600_000))}
    found = summarize(third(), {"2-H4": value, "2-02-1": value}, R8, Settings(R8)).goals[1]
    assert (found.headline.achieved, found.kpi.achieved) == (1, 1)


def test_the_second_term_counts_as_published():
    typed = {i.id: {R7: Actual(verdict=Verdict.MISSED)} for i in second().indicators()}
    typed["2-H2"] = {R7: Actual(verdict=Verdict.ACHIEVED)}
    found = summarize(second(), typed, R7, Settings(R7))
    assert [str(g.kpi.rate) for g in found.goals] == ["36.3", "33.3", "27.2", "26.6"]
    assert (found.kpi.achieved, found.kpi.total, str(found.kpi.rate)) == (16, 52, "30.7")
    assert (found.headline.achieved, found.headline.total) == (1, 5)


def test_goals_add_up_to_the_whole():
    found = summarize(third(), {}, R8, Settings(R8, exclude_unpublished=True))
    assert [g.kpi.total for g in found.goals] == [16, 4, 4, 36]
    assert (found.kpi.total, found.headline.total, found.kpi.blank) == (60, 7, 60)
    assert found.kpi.exclude_unpublished
    assert set(found.achievements) == set(third().by_id)
