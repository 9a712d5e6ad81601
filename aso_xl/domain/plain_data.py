"""Frozen values as plain data (what JSON holds) and back, by their types.

What belongs to a plan is named by its number: an indicator by its id (with what differs, where it is
judged as another), a goal by its own. A field
that a type gains later is read as its default where older data has none, and one that a type has
lost is passed over.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from .numerals import FiscalYear
from .plan import Goal, Indicator, Plan

TYPE: Final = "type"
"""Key under which data says of which class it is."""

Reader = Callable[[Any, Plan], Any]


def plain_of(value: Any, plan: Plan) -> Any:
    """Return a value of a plan as plain data. Raise TypeError for what is none of ours."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Decimal() | Fraction() | FiscalYear():
            return str(value)
        case Indicator():
            return _plain_indicator(value, plan)
        case Goal():
            return value.number
        case Mapping():
            return {str(key): plain_of(item, plan) for key, item in value.items()}
        case tuple() | list():
            return [plain_of(item, plan) for item in value]
        case frozenset():
            return sorted(plain_of(item, plan) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        named = {each.name: plain_of(getattr(value, each.name), plan) for each in fields(value)}
        return {TYPE: type(value).__name__, **named}
    raise TypeError(type(value).__name__)


def _plain_indicator(indicator: Indicator, plan: Plan) -> Any:
    """Return the id of an indicator; of one that differs from the plan's, how it does so."""
    own = plan.by_id[indicator.id]
    if indicator == own:
        return indicator.id
    other = {
        each.name: plain_of(value, plan)
        for each in fields(Indicator)
        if (value := getattr(indicator, each.name)) != getattr(own, each.name)
    }
    return {"id": indicator.id, **other}


def value_of(kind: Any, data: Any, plan: Plan) -> Any:
    """Return the value of a type that plain data stands for.

    Raise ValueError, KeyError or TypeError for data that stands for none.
    """
    return _reader(kind)(data, plan)


@cache
def _reader(kind: Any) -> Reader:
    """Return how values of a type are read."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _of_union(inner)
    if origin is Literal:
        return lambda data, _: data
    if origin is tuple:
        return _of_tuple(inner)
    if origin is frozenset:
        each = _reader(inner[0])
        return lambda data, plan: frozenset(each(item, plan) for item in data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        of_key, of_item = map(_reader, inner)
        return lambda data, plan: {
            of_key(key, plan): of_item(item, plan) for key, item in data.items()
        }
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda data, _: kind(data)
    if is_dataclass(kind):
        return _of_class(kind)
    raise TypeError(kind)


_SIMPLE: Final[Mapping[Any, Reader]] = {
    type(None): lambda data, _: None,
    bool: lambda data, _: bool(data),
    int: lambda data, _: int(data),
    str: lambda data, _: str(data),
    Decimal: lambda data, _: Decimal(str(data)),
    Fraction: lambda data, _: Fraction(str(data)),
    FiscalYear: lambda data, _: FiscalYear.parse(data),
    Indicator: lambda data, plan: _indicator(data, plan),
    Goal: lambda data, plan: next(goal for goal in plan.goals if goal.number == int(data)),
}


def _indicator(data: Any, plan: Plan) -> Indicator:
    if isinstance(data, str):
        return plan.by_id[data]
    hints = get_type_hints(Indicator)
    other = {name: _reader(hints[name])(value, plan) for name, value in data.items()}
    return replace(plan.by_id[data["id"]], **other)


def _of_union(kinds: tuple[Any, ...]) -> Reader:
    """Return how one of several types is read: None, else by the class that the data names."""
    some = [kind for kind in kinds if kind is not type(None)]
    if len(some) == 1:
        only = _reader(some[0])
        return lambda data, plan: None if data is None else only(data, plan)
    named = {kind.__name__: _reader(kind) for kind in some}
    return lambda data, plan: None if data is None else named[data[TYPE]](data, plan)


def _of_tuple(kinds: tuple[Any, ...]) -> Reader:
    if kinds[1:] == (Ellipsis,):
        every = _reader(kinds[0])
        return lambda data, plan: tuple(every(item, plan) for item in data)
    each = tuple(map(_reader, kinds))
    return lambda data, plan: tuple(read(item, plan) for read, item in zip(each, data, strict=True))


def _of_class(kind: Any) -> Reader:
    """Return how a class is read; the types of its fields are asked later: it may hold itself."""
    readers: dict[str, Reader] = {}

    def read(data: Any, plan: Plan) -> Any:
        if not readers:
            hints = get_type_hints(kind)
            readers.update({each.name: _reader(hints[each.name]) for each in fields(kind)})
        there = {name: each(data[name], plan) for name, each in readers.items() if name in data}
        return kind(**there)

    return read
