"""Counting what crosses to the spreadsheet, and refusing it where a test says so.

Every public property and method of the engine's objects is one crossing, as each is at least one
COM call to Excel; what happens inside of it is not counted again. Handing out an object (a book's
sheets, a sheet's tables) is none: nothing is asked of the spreadsheet.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ClassVar

SPECIAL = frozenset({"__call__", "__len__", "__iter__", "__contains__", "__getitem__"})
REJECTED = -2147418111
"""RPC_E_CALL_REJECTED: Excel's answer while a cell is being edited or a dialog is open."""


class CallRejected(Exception):
    """What pywin32's com_error looks like to a macro when Excel takes no calls."""

    hresult = REJECTED


@dataclass
class Calls:
    """Crossings since ``reset``: how many of each name, and the seconds spent beyond them."""

    names: Counter[str] = field(default_factory=Counter)
    spent: dict[str, float] = field(default_factory=dict)
    refuse: Callable[[int, str], bool] | None = None
    """Asked before each crossing (its number from 1, its name): true raises CallRejected."""
    _inside: bool = False

    @property
    def count(self) -> int:
        return self.names.total()

    @property
    def seconds(self) -> float:
        return sum(self.spent.values())

    def reset(self) -> None:
        self.names, self.spent, self.refuse = Counter(), {}, None

    @contextmanager
    def crossing(self, name: str) -> Iterator[None]:
        if self._inside:
            yield
            return
        self.names[name] += 1
        if self.refuse and self.refuse(self.count, name):
            raise CallRejected(name)
        self._inside, start = True, time.perf_counter()
        try:
            yield
        finally:
            self._inside = False
            self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - start


CALLS = Calls()


class Counted:
    """Makes every public member of a subclass count as a crossing, except those in LOCAL."""

    LOCAL: ClassVar[frozenset[str]] = frozenset({"api", "engine"})

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, member in list(vars(cls).items()):
            if name in cls.LOCAL or (name.startswith("_") and name not in SPECIAL):
                continue
            if isinstance(member, property):
                get, set_ = member.fget, member.fset
                get, set_ = get and _counted(cls, get), set_ and _counted(cls, set_)
                setattr(cls, name, property(get, set_, doc=member.__doc__))
            elif callable(member) and not isinstance(member, type):
                setattr(cls, name, _counted(cls, member))


def _counted(cls: type, function: Callable[..., Any]) -> Callable[..., Any]:
    name = f"{cls.__name__}.{function.__name__}"

    @wraps(function)
    def crossing(*args: Any, **kwargs: Any) -> Any:
        with CALLS.crossing(name):
            return function(*args, **kwargs)

    return crossing
