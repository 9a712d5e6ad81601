"""A master: made of a definition, followed by that of the next strategy, brought back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..domain.settings import ReportKind
from .inputs import Input
from .reports import Reported, report

if TYPE_CHECKING:
    from ..files.history import Restored
    from ..years.succeeding import NextStrategy

PLAN: Final = "third"
"""The packaged plan of which a new master is made where no other is named."""


def new(definition: str, folder: Path) -> Path:
    """Return the new master of a definition (``third``, or a file) in a folder, over nothing.

    Raise DefinitionError for a definition with faults, OutputError.
    """
    from ..defining.buildable import buildable
    from ..files.output import safe_name, write_beside
    from ..office.suffixes import WORKBOOK
    from ..workbook.build.template import build

    made = buildable(definition)
    package = build(made)
    master = folder / f"{safe_name(made.plan.short_title)}{WORKBOOK}"
    return write_beside(master, lambda out: out.write(package))


def is_master(path: Path) -> bool:
    """Return whether a file is a master or a part. Raise AsoError for one that cannot be opened."""
    from ..defining import any_definition
    from ..workbook.layout import STAMP
    from ..workbook.read.file.workbook_file import open_book

    return any_definition.is_workbook(str(path)) and open_book(path).sheet(STAMP) is not None


def is_next(definition: str, master: Path) -> bool:
    """Return whether a definition is of another plan of the municipality than a master's.

    Raise AsoError for a master that cannot be read, DefinitionError for a definition with faults.
    """
    from ..defining.buildable import buildable
    from ..exchange.split import master_of

    new, old = buildable(definition).plan, master_of(master).plan
    return new.municipality == old.municipality and new.id != old.id


@dataclass(frozen=True)
class Succeeded:
    """The master of the next strategy, what goes on in it, and the 検証 of the strategy before.

    ``verification`` has no documents where errors in the workbook before stand in its way.
    """

    path: Path
    strategy: NextStrategy
    verification: Reported


def succeed(definition: str, before: Path, wanted: Path) -> Succeeded:
    """Return the master of a definition after the workbook of the strategy before.

    ``wanted`` is a .xlsx or a folder. The 検証 of that strategy, from its last record, is saved
    beside. Nothing is overwritten. Raise AsoError for a workbook on which the definition cannot
    follow.
    """
    from ..defining.buildable import buildable
    from ..files.output import safe_name, write_beside
    from ..office.suffixes import WORKBOOK
    from ..years.succeeding import next_strategy

    made = next_strategy(buildable(definition), before)
    name = f"{safe_name(made.definition.plan.short_title)}{WORKBOOK}"
    path = wanted if wanted.suffix.lower() == WORKBOOK else wanted / name
    saved = write_beside(path, lambda out: out.write(made.package))
    given = Input(before, made.before, made.succession.round)
    return Succeeded(saved, made, report(given, saved.parent, (ReportKind.VERIFICATION,)))


@dataclass(frozen=True)
class Undone:
    """What was brought back, and where the workbook that stood there is kept now."""

    restored: Restored
    kept: Path | None


def undo(master: Path) -> Undone:
    """Return what came of bringing back the master before the last change. Raise AsoError."""
    from ..exchange.restoring import restore
    from ..files.history import history

    restored = restore(master)
    return Undone(restored, next(iter(history(master)), None))
