"""``aso-xl undo``: the master workbook as it was before the last change."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ...console import complain
from ...jobs import masters
from .. import options
from ..each import Printout, show
from ..json.exchange import undo_payload
from ..sharing_lines import undo_lines


def arguments(parser: ArgumentParser) -> None:
    """Declare the master."""
    options.master(parser)


def run(args: Namespace) -> int:
    """Return the exit code of bringing the previous master back; what cannot be used is named."""
    undone = masters.undo(args.master)
    for path, why in undone.restored.passed_over:
        complain(f"{path.name} は使えないため、その前のブックにしました。{why}")
    lines = undo_lines(undone, args.master)
    return show(Printout(undo_payload(undone, args.master), lines), as_json=args.json)
