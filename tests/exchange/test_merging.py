"""Three-way merging by itself: whatever several parties type, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from aso_xl.exchange.merging import (
    CHOICES,
    MASTER,
    OTHER,
    SUBMITTED,
    Conflict,
    Merged,
    Submission,
    merge,
)
from aso_xl.exchange.values import Key, Value, Values, same

KEYS = [Key("1-01-1", "R8"), Key("1-01-1", "remark"), Key("1-01", "efforts")]
values = st.sampled_from([None, Decimal(1), Decimal("2.5"), "文", "=1", "二行\n目"])
tables = st.fixed_dictionaries(dict.fromkeys(KEYS, values))
edits = st.dictionaries(st.sampled_from(KEYS), values)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Values, Values, list[Submission]]:
    """Return what was sent, what the master holds now, and up to four submissions."""
    base = draw(tables)
    mine = base | draw(edits)
    came = draw(st.lists(edits, max_size=4))
    names = [
        ("一.xlsx", "農政課"),
        ("二.xlsx", "農政課"),
        ("三.xlsx", "観光課"),
        ("四.xlsx", "福祉課"),
    ]
    return base, mine, [Submission(*n, base, base | e) for n, e in zip(names, came, strict=False)]


def kept(key: Key, merged: Merged) -> list[Value]:
    """Return every value of a cell that is still to be found: in the master or in 競合."""
    return [merged.values[key], *(c.submitted for c in merged.conflicts if c.key == key)]


def in_turn(mine: Values, submissions: Sequence[Submission]) -> Merged:
    """Return what merging one file after the other comes to."""
    merged, taken = Merged(mine), dict[tuple[Key, str], Value]()
    for submission in submissions:
        merged = merge(merged.values, [submission], merged.conflicts, taken)
        taken |= {(a.key, a.file): a.after for a in merged.applied}
    return merged


@given(cases())
@settings(max_examples=150)
def test_every_typed_value_is_in_the_master_or_in_a_conflict(
    case: tuple[Values, Values, list[Submission]],
) -> None:
    base, mine, submissions = case
    for merged in (merge(mine, submissions), in_turn(mine, submissions)):
        for submission in submissions:
            for key, value in submission.theirs.items():
                if not same(value, base[key]):
                    assert any(same(value, found) for found in kept(key, merged))
        for key in KEYS:
            if not same(mine[key], base[key]):
                assert same(merged.values[key], mine[key])


@given(cases())
@settings(max_examples=60)
def test_the_order_changes_only_which_conflict_is_listed(
    case: tuple[Values, Values, list[Submission]],
) -> None:
    _, mine, submissions = case
    orders = list(permutations(submissions))[:8]
    assert len({str(merge(mine, order)) for order in orders}) == 1
    results = [in_turn(mine, order) for order in orders]
    for key in KEYS:
        assert len({frozenset(map(str, kept(key, merged))) for merged in results}) == 1


@given(cases(), st.lists(st.tuples(st.sampled_from(CHOICES), values), min_size=4, max_size=4))
@settings(max_examples=100)
def test_twice_is_once_and_decisions_last(
    case: tuple[Values, Values, list[Submission]], choices: list[tuple[str, Value]]
) -> None:
    _, mine, submissions = case
    first = merge(mine, submissions)
    taken = {(a.key, a.file): a.after for a in first.applied}
    again = merge(first.values, submissions, first.conflicts, taken)
    assert (again.applied, again.conflicts, again.values) == ((), first.conflicts, first.values)
    decided = [
        Conflict(*vars(c).values()) if not choice else _decided(c, *choice)
        for c, choice in zip(first.conflicts, [*choices, *[("", None)] * 20], strict=False)
    ]
    obeyed = merge(first.values, submissions, decided, taken)
    taken |= {(a.key, a.file): a.after for a in obeyed.applied}
    after = merge(obeyed.values, submissions, obeyed.conflicts, taken)
    assert (after.applied, after.values, after.conflicts) == ((), obeyed.values, obeyed.conflicts)


def _decided(conflict: Conflict, choice: str, other: Value) -> Conflict:
    row = dict(vars(conflict))
    return Conflict(**{**row, "choice": choice, "other": other})


def conflict(choice: str, submitted: Value, department: str = "農政課", **more: Value) -> Conflict:
    other = more.get("other")
    return Conflict(KEYS[0], None, Decimal(1), submitted, department, "a.xlsx", choice, other)


def test_decisions_that_contradict_each_other_are_asked_again() -> None:
    rows = [conflict(SUBMITTED, Decimal(2)), conflict(SUBMITTED, Decimal(3), "観光課")]
    merged = merge({KEYS[0]: Decimal(1)}, [], rows)
    assert merged.values[KEYS[0]] == 1
    assert [(c.submitted, c.choice) for c in merged.conflicts] == [(2, ""), (3, "")]


def test_another_value_must_be_written() -> None:
    merged = merge({KEYS[0]: Decimal(1)}, [], [conflict(OTHER, Decimal(2))])
    assert (merged.values[KEYS[0]], merged.conflicts[0].choice) == (1, "")


def test_another_value_without_a_choice_is_not_thrown_away() -> None:
    rows = [conflict("", Decimal(2), other=Decimal(5))]
    merged = merge({KEYS[0]: Decimal(1)}, [], rows)
    assert [(c.choice, c.other) for c in merged.conflicts] == [("", 5)]


def test_a_settled_conflict_is_not_taken_in_later() -> None:
    """Decided for the master; then the master goes back to what was sent."""
    came = Submission("a.xlsx", "農政課", {KEYS[0]: None}, {KEYS[0]: Decimal(2)})
    merged = merge({KEYS[0]: None}, [came], [conflict(MASTER, Decimal(2))])
    assert (merged.values[KEYS[0]], [c.choice for c in merged.conflicts]) == (None, [MASTER])


def test_a_cell_that_the_master_lacks_is_rejected() -> None:
    came = Submission("a.xlsx", "農政課", {}, {KEYS[0]: Decimal(2), KEYS[1]: None})
    merged = merge({}, [came])
    assert [(r.id, r.round, r.value) for r in merged.rejected] == [("1-01-1", "R8", 2)]


def test_trailing_blanks_and_line_ends_make_no_difference() -> None:
    assert same("一行 \r\n二行\n".replace("\r\n", "\n"), "一行\n二行")
    assert not same("12", Decimal(12))
    assert same("", None)
