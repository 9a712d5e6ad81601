"""A plan that is defined in Excel: drafted, looked through, made a master."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..defining.draft.items import NotTaken


def is_ours(path: Path) -> bool:
    """Return whether a file is a workbook made here: a definition workbook, a master or a part."""
    from ..defining import any_definition
    from ..defining.read import is_definition
    from ..workbook.layout import STAMP
    from ..workbook.read.file.workbook_file import open_book

    if not any_definition.is_workbook(str(path)):
        return False
    workbook = open_book(path)
    return is_definition(workbook) or workbook.sheet(STAMP) is not None


def is_definition(path: Path) -> bool:
    """Return whether a file is a definition workbook. Raise AsoError for one that cannot be opened."""
    from ..defining import any_definition
    from ..defining.read import is_definition
    from ..workbook.read.file.workbook_file import open_book

    return any_definition.is_workbook(str(path)) and is_definition(open_book(path))


@dataclass(frozen=True)
class Defined:
    """The master made of a definition workbook; or, where ``wrong`` is counted, a marked copy.

    Of a master: how many goals, 数値目標, 施策 and KPIs it has, and what is doubtful in them.
    """

    path: Path
    wrong: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def marked(definition: Path, folder: Path) -> Defined | None:
    """Return a copy of a definition with what is wrong written in; None where nothing is."""
    from ..defining import any_definition
    from ..defining.build import build
    from ..files.output import write_beside

    examined = any_definition.examine(str(definition))
    if not examined.found:
        return None
    data = build(examined.book, examined.found)
    copy = folder / f"{definition.stem}_指摘{any_definition.SUFFIX}"
    return Defined(write_beside(copy, lambda out: out.write(data)), len(examined.found))


def define(definition: Path, folder: Path) -> Defined:
    """Return the master made of a definition workbook, in a folder, over nothing.

    Where something is wrong, a copy with the findings written in is made instead. Raise AsoError
    for another kind of file, and for what the sheets do not know.
    """
    from ..defining import any_definition
    from ..defining.buildable import buildable
    from ..defining.overview import totals
    from ..files.output import safe_name, write_beside
    from ..workbook.build.template import build

    if copy := marked(definition, folder):
        return copy
    made = buildable(str(definition))
    data = build(made)
    master = folder / f"{safe_name(made.plan.short_title)}{any_definition.SUFFIX}"
    saved = write_beside(master, lambda out: out.write(data))
    doubts = tuple(map(str, any_definition.examine(str(definition)).doubts))
    return Defined(saved, counts=totals(made.plan), doubts=doubts)


def definition_of(master: Path, folder: Path) -> Path:
    """Return the definition workbook of the plan that a master is of, saved over nothing.

    Raise AsoError for a department's workbook.
    """
    import json

    from ..defining.build import build
    from ..defining.from_tables import book_of
    from ..exchange.split import master_of
    from ..files.output import write_beside
    from ..office.suffixes import WORKBOOK

    data = build(book_of(json.loads(master_of(master).record["definition"]), {}))
    return write_beside(folder / f"{master.stem}_定義{WORKBOOK}", lambda out: out.write(data))


@dataclass(frozen=True)
class Drafted:
    """The definition workbook drafted from a strategy's own file, and how much is to be looked at."""

    path: Path
    counts: Mapping[str, int]
    guessed: int
    unread: tuple[NotTaken, ...]


def draft_definition(source: Path, path: Path) -> Drafted:
    """Return the draft of a definition workbook, saved at ``path`` over nothing. Raise AsoError."""
    from ..defining.build import build
    from ..defining.draft.drafter import draft
    from ..files.output import write_beside

    made = draft(source)
    data = build(made.book, unread=made.unread)
    saved = write_beside(path, lambda out: out.write(data))
    return Drafted(saved, made.counts, made.guesses, tuple(made.unread))
