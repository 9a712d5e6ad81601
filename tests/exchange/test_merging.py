"""Three-way merging by itself: whatever several parties type, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from aso_xl.exchange.cell_values import Key, Value, Values, comparable, same
from aso_xl.exchange.three_way import (
    CHOICES,
    MASTER,
    OTHER,
    SUBMITTED,
    Conflict,
    Known,
    Merged,
    Source,
    Submission,
    merge,
)

KEYS = [Key("1-01-1", "R8"), Key("1-01-1", "remark"), Key("1-01", "efforts")]
values = st.sampled_from([None, Decimal(1), Decimal("2.5"), "文", "=1", "二行\n目"])
tables = st.fixed_dictionaries(dict.fromkeys(KEYS, values))
edits = st.dictionaries(st.sampled_from(KEYS), values)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Values, list[Submission]]:
    """Return what the master holds now, and up to four submissions, of two splits or of one.

    All files have the same name; what was sent is the master of the day of each split.
    """
    first = draw(tables)
    second = first | draw(edits)
    mine = second | draw(edits)
    sources = [("S1", "農政課"), ("S1", "観光課"), ("S2", "農政課"), ("S1", "農政課")]
    came = []
    for split, department in sources[: draw(st.integers(0, 4))]:
        base = first if split == "S1" else second
        came.append(Submission("提出.xlsx", department, base, base | draw(edits), split))
    return mine, came


def known(merged: Merged) -> set[Known]:
    return {
        Known(a.key, source, comparable(a.after)) for a in merged.applied for source in a.sources
    }


def kept(key: Key, merged: Merged) -> list[Value]:
    """Return every value of a cell that is still to be found: in the master, listed or told."""
    listed = [c.submitted for c in merged.conflicts if c.key == key]
    return [merged.values[key], *listed, *(s.value for s in merged.superseded if s.key == key)]


def in_turn(mine: Values, submissions: Sequence[Submission]) -> Merged:
    """Return what merging one file after the other comes to."""
    merged, taken = Merged(mine), set[Known]()
    for submission in submissions:
        merged = merge(merged.values, [submission], merged.conflicts, taken)
        taken |= known(merged)
    return merged


@given(cases())
@settings(max_examples=200)
def test_every_typed_value_is_in_the_master_or_in_a_conflict(
    case: tuple[Values, list[Submission]],
) -> None:
    mine, submissions = case
    merged = merge(mine, submissions)
    for submission in submissions:
        for key, value in submission.theirs.items():
            if not same(value, submission.base[key]):
                assert any(same(value, found) for found in kept(key, merged))
    for key in KEYS:
        changed = {comparable(a.before) for a in merged.applied if a.key == key}
        assert same(merged.values[key], mine[key]) or changed == {comparable(mine[key])}


@given(cases())
@settings(max_examples=200)
def test_what_is_merged_in_turn_is_found_when_its_turn_comes(
    case: tuple[Values, list[Submission]],
) -> None:
    mine, submissions = case
    merged, taken = Merged(mine), set[Known]()
    for submission in submissions:
        merged = merge(merged.values, [submission], merged.conflicts, taken)
        taken |= known(merged)
        for key, value in submission.theirs.items():
            if not same(value, submission.base[key]):
                assert any(same(value, found) for found in kept(key, merged))


@given(cases())
@settings(max_examples=100)
def test_the_order_of_files_makes_no_difference(case: tuple[Values, list[Submission]]) -> None:
    mine, submissions = case
    found = [merge(mine, order) for order in permutations(submissions)]
    assert len({str((m.values, m.conflicts)) for m in found}) <= 1


@given(cases())
@settings(max_examples=100)
def test_the_files_of_one_split_may_come_in_any_runs(case: tuple[Values, list[Submission]]) -> None:
    mine, submissions = case
    submissions = [s for s in submissions if s.split == "S1"]
    results = [in_turn(mine, order) for order in permutations(submissions)]
    for key in KEYS:
        assert len({frozenset(map(str, kept(key, merged))) for merged in results}) == 1


@given(cases(), st.lists(st.tuples(st.sampled_from(CHOICES), values), min_size=4, max_size=4))
@settings(max_examples=200)
def test_twice_is_once_and_decisions_last(
    case: tuple[Values, list[Submission]], choices: list[tuple[str, Value]]
) -> None:
    mine, submissions = case
    first = merge(mine, submissions)
    taken = known(first)
    again = merge(first.values, submissions, first.conflicts, taken)
    assert (again.applied, again.conflicts, again.values) == ((), first.conflicts, first.values)
    decided = [
        Conflict(*vars(c).values()) if not choice else _decided(c, *choice)
        for c, choice in zip(first.conflicts, [*choices, *[("", None)] * 20], strict=False)
    ]
    obeyed = merge(first.values, submissions, decided, taken)
    taken |= known(obeyed)
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


CELL = KEYS[0]


def came(split: str, base: int | None, value: int | None, department: str = "農政課") -> Submission:
    """Return a submission of one cell, always of the same file name."""
    values = [None if n is None else Decimal(n) for n in (base, value)]
    return Submission("提出.xlsx", department, {CELL: values[0]}, {CELL: values[1]}, split)


def taken_from(split: str, value: int, department: str = "農政課") -> set[Known]:
    return {Known(CELL, Source(split, department), Decimal(value))}


def test_a_value_typed_again_after_a_new_split_counts() -> None:
    """130 was taken, corrected to 125 and sent out anew: 130 is typed again."""
    merged = merge({CELL: Decimal(125)}, [came("S2", 125, 130)], (), taken_from("S1", 130))
    assert [(a.before, a.after) for a in merged.applied] == [(125, 130)]


def test_what_was_taken_and_corrected_since_is_told() -> None:
    merged = merge({CELL: Decimal(125)}, [came("S1", None, 130)], (), taken_from("S1", 130))
    assert (merged.applied, merged.conflicts, merged.unchanged) == ((), (), 1)
    assert [(s.value, s.master, s.department) for s in merged.superseded] == [(130, 125, "農政課")]


def test_what_another_department_typed_is_no_repetition() -> None:
    merged = merge(
        {CELL: Decimal(125)}, [came("S1", None, 130, "観光課")], (), taken_from("S1", 130)
    )
    assert [c.submitted for c in merged.conflicts] == [130]


def test_submissions_disagree_although_one_is_as_the_master() -> None:
    """A late workbook of the first split says what the master holds; one of the second does not."""
    both = [came("S1", 10, 20), came("S2", 20, 21, "観光課")]
    merged = merge({CELL: Decimal(20)}, both)
    assert (merged.applied, [c.submitted for c in merged.conflicts]) == ((), [21])
    chosen = [_decided(merged.conflicts[0], SUBMITTED, None)]
    obeyed = merge(merged.values, both, chosen)
    assert (obeyed.values[CELL], [c.is_open for c in obeyed.conflicts]) == (21, [False])


def test_a_decision_holds_for_its_split_only() -> None:
    """The master's 125 was chosen over 130; sent out anew, 130 is typed again."""
    row = Conflict(
        CELL, None, Decimal(125), Decimal(130), "農政課", "提出.xlsx", MASTER, split="S1"
    )
    assert merge({CELL: Decimal(125)}, [came("S1", None, 130)], [row]).applied == ()
    again = merge({CELL: Decimal(125)}, [came("S2", 125, 130)], [row])
    assert (again.values[CELL], again.conflicts) == (130, ())


def test_all_who_brought_a_value_are_known() -> None:
    both = [came("S1", None, 20), came("S1", None, 20, "観光課")]
    merged = merge({CELL: None}, both)
    corrected = merge({CELL: Decimal(25)}, both, (), known(merged))
    assert (corrected.applied, corrected.conflicts) == ((), ())
    assert {s.department for s in corrected.superseded} == {"農政課", "観光課"}
