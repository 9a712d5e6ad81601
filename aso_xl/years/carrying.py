"""What was typed in a master, carried over to the plan that a revision brings: each value to its id.

The rule. What goes on alone takes everything with it. Of something that is divided, each part gets
the texts and the 担当課, but no figure: nobody can tell whose it is. What is made of several gets
their texts and 担当課, joined, and a figure only where all say the same. What finds no place is
listed with its cell, but for what stands in the record of its round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from ..domain import words
from ..domain.cells import Cell, Row
from ..domain.departments import joined, names_in
from ..domain.field_declaration import Type
from ..domain.fields import DEPARTMENT, fields_of, typed
from ..domain.figures import EnteredFigure
from ..domain.ledger import Ledger
from ..domain.lineage import Descent, Lineage
from ..domain.plan import Plan
from ..domain.questions import is_question
from ..domain.record import RoundRecord
from ..exchange.cell_values import Key, Value, comparable, keys, same, value_of, values_of
from ..exchange.refused import FORMULA_WORD, NO_RESULT, typed_astray
from ..strategies.definition import Definition
from ..workbook.write.sheet_cells import can_hold
from .left_behind import LeftBehind
from .revised_plan import RevisedPlan

ENDED: Final = "新しい定義に、この番号の指標や施策がありません"
NO_ROUND: Final = "新しい定義に、この評価年度がありません"
NOT_ASKED: Final = "新しい定義では、この評価年度に尋ねません"
NO_FIELD: Final = "新しい定義に、この欄がありません"
DIVIDED: Final = "いくつかに分かれたため、どれの値か決まりません"
UNITED: Final = "いくつかを合わせたため、1つの値に決まりません"
TOO_LONG: Final = "文が長すぎて、1つの欄に入りません"
STRUCK: Final = "取り消し線などが付いていて、読まない文字です"
RESULT_ONLY: Final = "数式です。計算結果の値を引き継ぎました"
_WORDS: Final = (Type.TEXT, Type.DEPARTMENTS)
"""What may stand in several places."""


@dataclass(frozen=True)
class Carried:
    """The values of the new master by cell, and what found no place.

    ``cleared`` are indicators (by their ids now) whose 担当課 was taken away from what is defined.
    """

    values: Mapping[Key, Value]
    left: tuple[LeftBehind, ...] = ()
    cleared: frozenset[str] = frozenset()

    @property
    def figures(self) -> int:
        """Return how many actuals were carried over."""
        return sum(key.round is not None for key, _ in self._filled)

    @property
    def texts(self) -> int:
        """Return how many other values were: texts, 担当課, fields of the plan."""
        return sum(key.round is None for key, _ in self._filled)

    def shown(self, key: Key, plan: Plan) -> Value:
        """Return what stands in a cell: a 担当課 that nobody typed is that of the definition."""
        value, own = self.values.get(key), plan.by_id.get(key.id)
        is_defined = key.field == DEPARTMENT and key.id not in self.cleared
        return own.department or None if value is None and own and is_defined else value

    @property
    def _filled(self) -> list[tuple[Key, Value]]:
        return [(key, value) for key, value in self.values.items() if value is not None]


def lost_on_the_way(
    ledger: Ledger, revised: RevisedPlan, new: Ledger
) -> dict[str, dict[str, tuple[Value, Value]]]:
    """Return the values of a master that the ``new`` one would not bring back by itself, by id and
    field: each with what it would bring.
    """
    own = Definition(revised.before, ledger.record["definition"], {})
    way_back = RevisedPlan(revised.plan, own, revised.lineage.inverted, revised.since)
    back = carried(new, way_back)
    lost: dict[str, dict[str, tuple[Value, Value]]] = {}
    for key, value in values_of(ledger).items():
        if is_question(key.id):  # those go on as they are: carried_questions.py
            continue
        if not same(value, there := back.shown(key, revised.before)):
            lost.setdefault(key.id, {})[key.field] = (value, there)
    return lost


def carried(ledger: Ledger, revised: RevisedPlan) -> Carried:
    """Return what becomes of everything that was typed in the rows of a master."""
    return _Carrying(ledger, revised).all()


@dataclass(frozen=True)
class _Source:
    """A typed cell and its value, in the unit that it has in the new master."""

    key: Key
    cell: Cell
    value: Value


@dataclass
class _Carrying:
    ledger: Ledger
    revised: RevisedPlan
    left: list[LeftBehind] = field(default_factory=list)
    found: dict[Key, list[_Source]] = field(default_factory=dict)

    def all(self) -> Carried:
        for row in self.ledger.every_row():
            self._row(row)
        for key, cell, reason in _unread(self.ledger):
            self._leave(key, cell, value_of(cell.value, text=key.is_text), reason)
        values = {key: self._settled(key, sources) for key, sources in self.found.items()}
        return self._bring_back(Carried(values, tuple(self.left), frozenset(self._cleared())))

    @cached_property
    def places(self) -> Mapping[Key, Key]:
        """Return every cell of the new master that can be filled."""
        return {key: key for key in keys(self.revised.plan)}

    def _bring_back(self, made: Carried) -> Carried:
        """Return the values with those that stood before the revision that is taken back, where
        nobody changed them since.
        """
        last = self.revised.taken_back
        found = {
            key: both[0]
            for key in self.places
            if last and (both := last.lost.get(key.id, {}).get(key.field))
            if same(made.shown(key, self.revised.plan), both[1])
        }
        blank = {key.id for key, v in found.items() if key.field == DEPARTMENT and v is None}
        return replace(
            made, values={**made.values, **found}, cleared=frozenset((*made.cleared, *blank))
        )

    def _cleared(self) -> Iterator[str]:
        after = self.revised.plan.by_id
        for id_, row in self.ledger.rows.items():
            defined, cell = self.revised.before.by_id[id_].department, row.cells.get(DEPARTMENT)
            if defined and cell is not None and not cell.text:
                links = self.revised.lineage.of.get(id_, ())
                yield from (each.after for each in links if after[each.after].department == defined)

    def _row(self, row: Row) -> None:
        for column in typed(fields_of(self.ledger.plan, row.id)):
            if (cell := row.cells.get(column.key)) is None:
                continue
            key = Key(row.id, column.key, column)
            if cell.left_out:
                self._leave(key, cell, cell.left_out, STRUCK)
            value = self._typed(key, cell)
            if cell.is_formula and cell.value is not None:
                self._leave(key, cell, FORMULA_WORD, RESULT_ONLY)
            elif cell.is_formula:
                self._leave(key, cell, FORMULA_WORD, NO_RESULT)
            if value is not None:
                self._place(key, cell, value)

    def _typed(self, key: Key, cell: Cell) -> Value:
        value = value_of(cell.value, text=key.is_text)
        if key.field == DEPARTMENT:
            return self._department(key.id, value)
        return None if key.round and value == words.NONE and not self._is_asked(key) else value

    def _department(self, id_: str, value: Value) -> Value:
        """Return a 担当課 that was typed; that of the definition is no typed one."""
        own = self.revised.before.by_id.get(id_)
        return None if own and own.department and same(value, own.department) else value

    def _is_asked(self, key: Key) -> bool:
        return any(str(round_) == key.round for round_ in self.ledger.figures.get(key.id, ()))

    def _place(self, key: Key, cell: Cell, value: Value) -> None:
        """Put a value where it goes on, or list it."""
        links = self.revised.lineage.of.get(key.id, ())
        there = [link for link in links if Key(link.after, key.field) in self.places]
        is_word = key.declared is not None and key.declared.type in _WORDS
        if not there:
            self._leave(key, cell, value, self._why(key, links))
        elif len(there) > 1 and not is_word:
            self._leave(key, cell, value, f"{DIVIDED}({'・'.join(e.after for e in there)})")
        for link in there if len(there) == 1 or is_word else ():
            place = self.places[Key(link.after, key.field)]
            source = _Source(key, cell, self._converted(key, value, link))
            self.found.setdefault(place, []).append(source)

    def _converted(self, key: Key, value: Value, link: Descent) -> Value:
        figure = self._figure(key)
        if link.factor == 1 or figure is None or figure.value is None:
            return value
        return link.convert(figure.value)

    def _figure(self, key: Key) -> EnteredFigure | None:
        by_round = self.ledger.figures.get(key.id, {})
        return next((f for round_, f in by_round.items() if str(round_) == key.round), None)

    def _why(self, key: Key, links: Iterable[Descent]) -> str:
        if not links:
            return ENDED
        if key.round is None:
            return NO_FIELD
        is_there = key.round in map(str, self.revised.plan.rounds)
        return NOT_ASKED if is_there else NO_ROUND

    def _settled(self, key: Key, sources: list[_Source]) -> Value:
        """Return the value of a place that several may go into."""
        if len({comparable(each.value) for each in sources}) == 1:
            return sources[0].value
        if key.declared and key.declared.type is Type.DEPARTMENTS:
            known = self.ledger.settings.departments
            names = (name for each in sources for name in names_in(str(each.value), known))
            return joined(dict.fromkeys(names))
        if key.declared and key.declared.type is Type.TEXT:
            text = "\n".join(dict.fromkeys(str(each.value) for each in sources))
            if can_hold(text):
                return text
        reason = TOO_LONG if key.declared and key.declared.type is Type.TEXT else UNITED
        for each in sources:
            self._leave(each.key, each.cell, each.value, f"{reason}({key.id})")
        return None

    def _leave(self, key: Key, cell: Cell, value: Value, reason: str) -> None:
        if value is not None and not self._is_recorded(key, value):
            about = (key.id, key.label, key.round)
            self.left.append(LeftBehind(cell.sheet, cell.address, value, reason, *about))

    def _is_recorded(self, key: Key, value: Value) -> bool:
        """Return whether the record of its round holds the value."""
        record, earlier = self._records.get(key.round or "", (None, None))
        if record is None or earlier is None:
            return False
        rows = {**record.goals, **record.measures, **record.rows}
        links = earlier.into.get(key.id, ())
        return any(same(rows.get(link.before, {}).get(key.field), value) for link in links)

    @cached_property
    def _records(self) -> Mapping[str, tuple[RoundRecord, Lineage]]:
        """Return the records by round, and under "" that of the texts, with what became of what."""
        found = {
            str(round_): (record, self.ledger.onward_from(record.plan))
            for round_, record in self.ledger.records.items()
        }
        texts = found.get(str(self.ledger.settings.round))
        return {**found, **({"": texts} if texts else {})}


def _unread(ledger: Ledger) -> Iterator[tuple[Key, Cell, str]]:
    """Yield what stands in our tables and is not read: in rows and columns that are none of ours."""
    for row in ledger.strays:
        reason = "同じ番号の行が2つあります" if ledger.row(row.id) else "番号が総合戦略にない行です"
        for key, cell in typed_astray(ledger, row):
            yield key, cell, reason
    for unread in ledger.unread:
        yield Key(unread.id, unread.head), unread.cell, unread.reason
