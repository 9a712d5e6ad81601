"""Two workbooks of one plan compared: figures, texts, definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Final

from ..domain.checks.structure import table_findings
from ..domain.field_declaration import Level
from ..domain.fields import NAME, REVISED, RULE, SOURCE, STANDARD, checked, defined, goal_fields
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.plan import Indicator, Plan
from ..domain.rule import Rule
from ..domain.shown import show_revisions
from ..errors import AsoError
from ..strategies.more import AGGREGATE
from ..workbook.read.reading import read
from .cell_values import Key, Value, cell_of, keys, same, shown, to_json, value_of, values_of
from .refused import FORMULA_WORD, unreadable

SHEET: Final = "比較"
HEADS: Final = ("種類", "指標", "名称", "項目", "年度", "A", "B")
WIDTHS: Final = (9, 10, 34, 12, 7, 34, 34)
FIGURE, TEXT, DEFINITION, SETTING = "figure", "text", "definition", "setting"
KINDS: Final = {FIGURE: "実績", TEXT: "文章", DEFINITION: "定義", SETTING: "設定"}
_MORE: Final[Mapping[str, str]] = {
    "lag": "公表の遅れ",
    "cumulative": "累計",
    "aggregate": "値の合わせ方",
    "since": "尋ねる最初の年度",
    "until": "尋ねる最後の年度",
    "statement": "検証の文",
    "source": next(field.word for field in STANDARD if field.key == SOURCE),
    "note": "注意",
    REVISED: next(field.word for field in STANDARD if field.key == REVISED),
}
"""What the plan says of an indicator in no cell that is checked."""

_MEASURE_NAME: Final = next(
    field.word for field in STANDARD if field.level is Level.MEASURE and field.key == NAME
)


@dataclass(frozen=True)
class Difference:
    """One thing that differs: ``label`` is the word for the field; None is blank."""

    kind: str
    id: str
    field: str
    label: str
    round: str | None
    one: Value
    other: Value

    def to_json(self) -> dict[str, str | None]:
        """Return the shape of the command line's JSON."""
        return {
            "kind": self.kind,
            "indicator": self.id,
            "field": self.field,
            "round": self.round,
            "a": to_json(self.one),
            "b": to_json(self.other),
        }


@dataclass(frozen=True)
class Comparison:
    """What differs, and the indicators and 施策 that stand in one workbook only.

    ``notes`` are sentences on what could not be compared, as it is not read.
    """

    plan: Plan
    differences: tuple[Difference, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]
    notes: tuple[str, ...] = ()


def compare(one: Path, other: Path) -> Comparison:
    """Return how two workbooks differ. Raise AsoError if they are not of one plan."""
    first, second = read(one), read(other)
    if first.plan.id != second.plan.id:
        raise AsoError(
            f"{one.name} は{first.plan.short_title}、{other.name} は{second.plan.short_title}のブックです。"
            "同じ総合戦略のブックを指定してください。"
        )
    differences = (*_definitions(first, second), *_values(first, second), *_settings(first, second))
    ids = [_ids(first.plan), _ids(second.plan)]
    return Comparison(
        first.plan,
        differences,
        tuple(i for i in ids[0] if i not in ids[1]),
        tuple(i for i in ids[1] if i not in ids[0]),
        tuple(
            f"{path.name}: {note}"
            for path, ledger in ((one, first), (other, second))
            for note in table_findings(ledger)
        ),
    )


def _ids(plan: Plan) -> dict[str, None]:
    goals = plan.by_goal if goal_fields(plan) else ()
    return dict.fromkeys((*plan.by_id, *plan.measures, *goals))


def _definitions(first: Ledger, second: Ledger) -> Iterator[Difference]:
    """Yield what the definitions, or the cells that show them, say differently."""
    for id_, indicator in first.plan.by_id.items():
        if other := second.plan.by_id.get(id_):
            for field, label in {**checked(first.plan), **checked(second.plan), **_MORE}.items():
                pair = (
                    _defined_value(first, indicator, field),
                    _defined_value(second, other, field),
                )
                if not same(*pair):
                    yield Difference(DEFINITION, id_, field, label, None, *pair)
    for id_, measure in first.plan.measures.items():
        renamed = second.plan.measures.get(id_)
        if renamed and renamed.name != measure.name:
            yield Difference(
                DEFINITION, id_, "name", _MEASURE_NAME, None, measure.name, renamed.name
            )


def _defined_value(ledger: Ledger, indicator: Indicator, field: str) -> Value:
    """Return what the indicator's cell shows; what has no cell, as the plan has it."""
    row = ledger.rows.get(indicator.id)
    if field not in _MORE and row and field in row.cells:
        return value_of(row.cells[field].value)
    value = getattr(indicator, field) if field in _MORE else defined(indicator, field)
    if field == "aggregate":
        return AGGREGATE[indicator.aggregate]
    if field == REVISED:
        return show_revisions(indicator) or None
    match value:
        case Rule() if field == RULE:
            return value.label
        case FiscalYear() | bool() | int():
            return str(value)
    return value if isinstance(value, Decimal) else str(value or "") or None


def _values(first: Ledger, second: Ledger) -> Iterator[Difference]:
    values = _as_stored(first), _as_stored(second)
    both = values[0].keys() & values[1].keys()
    for key in keys(first.plan):
        if key in both and not same(values[0][key], values[1][key]):
            yield _difference(key, values[0][key], values[1][key])


def _as_stored(ledger: Ledger) -> dict[Key, Value]:
    """Return the values, and for a figure that cannot be read what is stored: it is no blank."""
    values = values_of(ledger)
    for key in unreadable(ledger):
        cell = cell_of(ledger, key)
        if values[key] is None and cell is not None:
            values[key] = cell.left_out or FORMULA_WORD
    return values


def _difference(key: Key, one: Value, other: Value) -> Difference:
    kind = FIGURE if key.round else TEXT
    field = "actual" if key.round else key.field
    return Difference(kind, key.id, field, key.label, key.round, one, other)


def _settings(first: Ledger, second: Ledger) -> Iterator[Difference]:
    for name, cell in first.setting_cells.items():
        if other := second.setting_cells.get(name):
            pair = value_of(cell.value, text=True), value_of(other.value, text=True)
            if not same(*pair):
                yield Difference(SETTING, "", name, name, None, *pair)


def write_sheet(comparison: Comparison, names: tuple[str, str], stream: BinaryIO) -> None:
    """Write the sheet 比較 as a workbook of its own."""
    from .list_workbook import List, write

    rows: list[tuple[str, ...]] = [
        (
            KINDS[d.kind],
            d.id,
            comparison.plan.name_of(d.id),
            d.label,
            d.round or "",
            *map(shown, pair),
        )
        for d in comparison.differences
        for pair in [(d.one, d.other)]
    ]
    for ids, words in (
        (comparison.only_one, ("あり", "なし")),
        (comparison.only_other, ("なし", "あり")),
    ):
        rows += [("行", id_, comparison.plan.name_of(id_), "", "", *words) for id_ in ids]
    write(stream, List(SHEET, f"A: {names[0]}　B: {names[1]}", HEADS, WIDTHS, rows))
