"""The catalogue of findings, and that whoever names one fills its gaps: no more, no fewer."""

import ast
from collections.abc import Iterator

import pytest
from paths import ROOT

from aso_xl.domain import catalogue
from aso_xl.domain.catalogue import CATALOGUE, FAMILIES, UNCLEAR, IssueKind, Severity
from aso_xl.domain.cells import Cell
from aso_xl.domain.checks.issue import issue

OF_THE_CELL = {"value", "left_out", "format"}
"""Gaps that are filled with what stands in the cell."""
NAMES = {name: kind for name, kind in vars(catalogue).items() if isinstance(kind, IssueKind)}


def calls(*functions: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "aso_xl").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in functions:
                yield f"{path.name}:{node.lineno}", node


def words_of(call: ast.Call) -> frozenset[str]:
    return frozenset(word.arg for word in call.keywords if word.arg)


def named(call: ast.Call) -> list[IssueKind]:
    """Return the kinds that a call names in any of its arguments."""
    arguments = [*call.args, *(word.value for word in call.keywords)]
    names = (n.id for a in arguments for n in ast.walk(a) if isinstance(n, ast.Name))
    return [NAMES[name] for name in names if name in NAMES]


def test_every_kind_has_its_own_code_and_its_name_is_the_code() -> None:
    kinds = [kind for family in FAMILIES for kind in family.kinds]
    assert len(CATALOGUE) == len(kinds) == len(NAMES)
    assert {name.lower().replace("_", "-"): kind for name, kind in NAMES.items()} == CATALOGUE


def test_every_kind_is_named_somewhere() -> None:
    used = {
        node.id
        for path in (ROOT / "aso_xl").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and path.name != "catalogue.py"
    }
    assert NAMES.keys() - used == set()


def test_every_check_fills_the_gaps_of_the_kind_it_names() -> None:
    found = [(place, call, kind) for place, call in calls("issue") for kind in named(call)]
    assert len(found) > 20
    wrong = [
        (place, kind.code, sorted(kind.gaps ^ words_of(call)))
        for place, call, kind in found
        if (kind.gaps ^ words_of(call)) - OF_THE_CELL or not words_of(call) <= kind.gaps
    ]
    assert wrong == []


def test_what_the_reader_notices_has_room_for_its_detail_alone() -> None:
    found = {kind for _, call in calls("Oddity", "odd") for kind in named(call)}
    assert len(found) > 15
    assert {kind.code: kind.gaps for kind in found if kind.gaps != {"detail"}} == {}


def test_a_reading_offers_a_better_value_where_its_kind_has_a_gap_for_one() -> None:
    found = [(place, call, kind) for place, call in calls("Reading") for kind in named(call)]
    assert {kind for _, _, kind in found} >= {catalogue.NUMERAL_READ, catalogue.UNKNOWN_MARK}
    for place, call, kind in found:
        offers = len(call.args) > 2 or "better" in words_of(call)
        assert offers == ("better" in kind.gaps), place
        assert kind.gaps - {"better"} <= OF_THE_CELL, place


def test_looks_are_said_with_what_stands_in_the_cell() -> None:
    assert set(catalogue.LOOKS.kinds) >= UNCLEAR
    assert [kind.code for kind in catalogue.LOOKS.kinds if not kind.gaps <= OF_THE_CELL] == []


def test_words_that_are_missing_or_too_many_are_refused() -> None:
    cell = Cell("基本目標1", "L6", 500)
    with pytest.raises(TypeError, match="far-off: expected"):
        issue(catalogue.FAR_OFF, cell)
    with pytest.raises(TypeError, match="blank: better"):
        issue(catalogue.BLANK, cell, better="5")
    with pytest.raises(TypeError, match="table-missing: detail"):
        issue(catalogue.TABLE_MISSING)


def test_an_issue_says_code_and_severity_of_its_kind() -> None:
    found = issue(catalogue.FAR_OFF, Cell("基本目標1", "L6", 500), expected="94人～120人")
    assert (found.kind, found.code, found.severity) == (
        catalogue.FAR_OFF,
        "far-off",
        Severity.WARNING,
    )
    assert "500 は、" in found.finding and "(94人～120人)" in found.finding
