"""The arithmetic of printed figures holds: computed again, it gives what is printed."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_ledgers import filled, ledger_of_definition, ledger_of_plan, whole
from random_plans import definition_of

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.progress import percent
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.documents import report
from aso_xl.report.content.origins import OfCount, OfIndicators
from aso_xl.tracing.arithmetic import Arithmetic
from aso_xl.tracing.printed_figures import printed_figures

SUM = re.compile(
    r"([0-9.,△()−+÷]*[0-9)]÷[0-9.,△()−+÷]*[0-9)])=(△?[0-9.,]+)%(\((切り捨て|四捨五入)\))?"
)
NUMBER = re.compile(r"△?[0-9][0-9,]*(?:\.[0-9]+)?")


def computed(sum_: str) -> Fraction:
    """Return what a sum comes to, exactly."""
    exact = NUMBER.sub(
        lambda found: f'Fraction("{found[0].replace(",", "").replace("△", "-")}")', sum_
    )
    value = eval(exact.replace("−", "-").replace("÷", "/"), {"Fraction": Fraction})
    assert isinstance(value, Fraction)
    return value


def checked(ledger: Ledger) -> Counter[str]:
    """Return how many sums were computed again, by the words on their rounding."""
    arithmetic, seen = Arithmetic(ledger), Counter[str]()
    for kind in (ReportKind.ANNUAL, ReportKind.DEPARTMENTS):
        for figure in printed_figures(report(ledger, ledger.settings.round, kind)):
            if figure.origin is None:
                continue
            words = arithmetic.of(figure.origin)
            for sum_, shown, _, rounded in SUM.findall(words):
                share = computed(sum_)
                told = Fraction(shown.replace(",", "").replace("△", "-"))
                if rounded:
                    how = {"切り捨て": "truncate", "四捨五入": "half_up"}[rounded]
                    assert Fraction(percent(share, how)) == told, words  # type: ignore[arg-type]
                else:
                    assert share * 100 == told, words
                seen[rounded] += 1
                origin = figure.origin
                is_progress = isinstance(origin, OfIndicators) and origin.aspects == ("progress",)
                is_rate = isinstance(origin, OfCount) and origin.number == "rate"
                if "%" in figure.text and (is_progress or is_rate):
                    assert f"{shown}%" in figure.text, (figure.text, words)
    return seen


@pytest.mark.slow
@given(seed=st.integers(0, 10**9))
@settings(max_examples=5)
def test_sums_of_random_plans_hold(seed: int) -> None:
    checked(filled(whole(ledger_of_definition(definition_of(seed))), seed))


@pytest.mark.parametrize(
    ("plan", "rounded"), [("midori", "切り捨て"), ("ratio_half_up", "四捨五入")]
)
def test_sums_say_how_they_are_rounded(plan: str, rounded: str) -> None:
    seen = checked(whole(ledger_of_plan(plan)))
    assert seen[rounded] > 3 and seen[""] > 3
    assert set(seen) <= {rounded, "", "切り捨て"}
