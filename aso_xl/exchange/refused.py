"""What in a workbook that came back is not the department's to change, or cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..domain.catalogue import DEFINITION_CHANGED, STORED_BROKEN
from ..domain.cells import Cell, Row
from ..domain.checks import Issue
from ..domain.field_declaration import Level, Owner
from ..domain.fields import ID, MEASURE, PROGRESS, SOURCE, STANDARD, checked, fields_of, typed
from ..domain.ledger import Ledger, Unread
from ..domain.plan import Indicator, Plan
from ..domain.questions import ABOUT, ANSWER, BY_KEY, said
from ..domain.text import trimmed
from ..domain.words import NONE
from ..workbook.handout import Handout
from ..workbook.layout import SETTINGS
from .cell_values import Key, Value, cell_of, keys_of, same, value_of
from .three_way import Rejected

NOT_THEIRS: Final = "担当課が変えることのできない欄です"
OTHERS_ROW: Final = "この課に送っていない行です"
DOUBLED: Final = "同じ番号の行が 2 つ以上あります"
NO_QUESTION: Final = "照会のない回答です"
NO_RESULT: Final = "数式の計算結果が保存されていません"
_OF_INDICATORS: Final = {f.key: f.word for f in STANDARD if f.level is Level.INDICATOR}
FORMULA_WORD: Final = "(数式)"


def refused(
    ledger: Ledger, handout: Handout, file: str, issues: Iterable[Issue]
) -> Iterator[Rejected]:
    """Yield every change outside the department's own cells, and input that holds no value.

    ``issues`` are the checks' findings: they know which definition cells were changed.
    """

    def reject(id_: str, label: str, round_: str | None, value: Value, reason: str) -> Rejected:
        return Rejected(id_, label, round_, value, handout.department, file, reason)

    for id_, label, value in (*_defined(ledger, issues), *_computed(ledger), *_named(ledger)):
        yield reject(id_, label, None, value, NOT_THEIRS)
    for name, value in _settings(ledger, handout):
        yield reject(SETTINGS, name, None, value, NOT_THEIRS)
    for row in ledger.strays:
        for key, cell in typed_astray(ledger, row):
            value = value_of(cell.value, text=key.is_text)
            reason = DOUBLED if ledger.row(row.id) else OTHERS_ROW
            yield reject(row.id, key.label, key.round, value, reason)
    for unread in ledger.unread:
        value = value_of(unread.cell.value)
        place = f"{unread.cell.sheet} {unread.cell.address}"
        if not any(same(value, sent) for sent in _sent(ledger, handout, unread)):
            yield reject(unread.id, unread.head, None, value, f"{unread.reason}({place})")
    for row in ledger.questions:
        if not row.id and (value := value_of(row.cells[ANSWER].value, text=True)):
            yield reject(said(row, ABOUT), BY_KEY[ANSWER].word, None, value, NO_QUESTION)
    for key in unreadable(ledger):
        lost = cell_of(ledger, key)
        if lost is None or lost.flaw is None or not lost.is_unclear:
            yield reject(key.id, key.label, key.round, FORMULA_WORD, NO_RESULT)
        else:
            value = lost.left_out or value_of(lost.value)
            yield reject(key.id, key.label, key.round, value, lost.flaw.title)


def _sent(ledger: Ledger, handout: Handout, unread: Unread) -> Iterator[Value]:
    """Yield what was sent in an unread cell: by its heading, else what its row now lacks."""
    sent, row = handout.values.get(unread.id, {}), ledger.row(unread.id)
    heads = {field.head: field.key for field in fields_of(ledger.plan, unread.id)}
    key = heads.get(unread.head)
    for name, value in sent.items():
        if name == key or (key is None and (row is None or name not in row.cells)):
            yield value


def unreadable(ledger: Ledger) -> frozenset[Key]:
    """Return the input cells whose value is not certain: blank, or what is stored, is not meant.

    Such are formulas whose result was not saved, and figures whose look leaves open what they are.
    """
    cells = ((key, cell_of(ledger, key)) for key in keys_of(ledger))
    return frozenset(key for key, cell in cells if cell is not None and _is_lost(key, cell))


def _is_lost(key: Key, cell: Cell) -> bool:
    if cell.flaw == STORED_BROKEN or (cell.is_unclear and not key.is_text):
        return True
    return cell.is_formula and cell.value is None


Change = tuple[str, str, Value]


def _defined(ledger: Ledger, issues: Iterable[Issue]) -> Iterator[Change]:
    words = checked(ledger.plan)
    at = {
        (cell.sheet, cell.address): (row.id, field, cell)
        for row in ledger.rows.values()
        for field, cell in row.cells.items()
        if field in words
    }
    for issue in issues:
        if issue.kind == DEFINITION_CHANGED:
            id_, field, cell = at[issue.sheet or "", issue.cell or ""]
            yield id_, words[field], value_of(cell.value)


def _computed(ledger: Ledger) -> Iterator[Change]:
    """Yield what was typed over a formula."""
    for row in ledger.rows.values():
        for field in fields_of(ledger.plan, row.id):
            cell = row.cells.get(field.key)
            if cell is None or field.owner is not Owner.FORMULA or cell.is_formula:
                continue
            if value_of(cell.value) is None:
                continue
            if field.key != PROGRESS or cell.text != NONE:  # 「－」 stands where it is undefined
                yield row.id, field.word, value_of(cell.value)


def _named(ledger: Ledger) -> Iterator[Change]:
    """Yield changed labels that the checks pass over: 施策 and 資料 of an indicator, and what the
    rows of 施策 and goals are called.
    """
    for row in ledger.rows.values():
        expected = _labels(ledger, ledger.plan.by_id[row.id])
        for field, label in expected.items():
            cell = row.cells.get(field)
            if cell is not None and _bare(cell.text) != _bare(label):
                yield row.id, _OF_INDICATORS[field], value_of(cell.value)
    for id_, row in (*ledger.measures.items(), *ledger.goals.items()):
        for column in fields_of(ledger.plan, id_):
            cell = row.cells.get(column.key)
            if cell is None or column.owner is not Owner.PLAN or column.key == ID:
                continue
            if _bare(cell.text) != _bare(_plan_text(ledger.plan, id_, column.key)):
                yield id_, column.word, value_of(cell.value)


def _labels(ledger: Ledger, indicator: Indicator) -> Mapping[str, str]:
    if indicator.kind == "headline":
        return {SOURCE: indicator.source}
    measure = ledger.plan.measure_of(indicator)
    return {MEASURE: measure.printed_name if measure else ""}


def _plan_text(plan: Plan, id_: str, field: str) -> str:
    """Return what the plan says of a 施策 or goal in a cell."""
    measure = plan.measures.get(id_)
    return str(getattr(measure, field)) if measure else plan.name_of(id_)


def _settings(ledger: Ledger, handout: Handout) -> Iterator[tuple[str, Value]]:
    for key, sent in handout.settings.items():
        cell = ledger.setting_cells.get(key)
        value = value_of(cell.value, text=True) if cell is not None else sent
        if not same(trimmed(str(value or "")), trimmed(sent)):
            yield key, value


def typed_astray(ledger: Ledger, row: Row) -> Iterator[tuple[Key, Cell]]:
    """Yield the filled input cells of a row without a place; a repeated row only what differs."""
    first = ledger.row(row.id)
    fields = {field.key: field for field in typed(fields_of(ledger.plan, row.id))}
    for name, cell in row.cells.items():
        if name not in fields:
            continue
        key = Key(row.id, name, fields[name])
        value = value_of(cell.value, text=key.is_text)
        other = first.cells.get(name) if first else None
        if value is not None and (
            other is None or value_of(other.value, text=key.is_text) != value
        ):
            yield key, cell


def _bare(text: str) -> str:
    return "".join(text.split())
