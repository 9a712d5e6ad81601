"""Findings in bulk are told by kind, and none is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.catalogue import BLANK, CATALOGUE, DEPARTMENT_MISSING, EXCEL_ERROR
from aso_xl.domain.checks import Issue, Severity
from aso_xl.domain.checks.groups import grouped


def found(kind, number: int = 0) -> Issue:
    return Issue(kind, "基本目標1", f"A{number}", None, None, None, "指摘。", "対処。")


def test_six_of_a_kind_are_many_and_told_with_their_number():
    five, six = (grouped([found(DEPARTMENT_MISSING, n) for n in range(m)])[0] for m in (5, 6))
    assert (five.is_many, six.is_many) == (False, True)
    assert six.heading == "担当課が未設定: 6件"


def test_the_gravest_come_first_then_as_they_stand():
    kinds = [BLANK, DEPARTMENT_MISSING, EXCEL_ERROR, BLANK]
    groups = grouped(found(kind, number) for number, kind in enumerate(kinds))
    assert [group.kind for group in groups] == [EXCEL_ERROR, BLANK, DEPARTMENT_MISSING]
    assert [issue.cell for issue in groups[1].issues] == ["A0", "A3"]


@given(st.lists(st.sampled_from(list(CATALOGUE.values()))))
def test_no_finding_is_lost(kinds):
    issues = [found(kind, number) for number, kind in enumerate(kinds)]
    groups = grouped(issues)
    together = [issue for group in groups for issue in group.issues]
    assert sorted(together, key=issues.index) == issues
    order = [list(Severity).index(group.kind.severity) for group in groups]
    assert order == sorted(order)
