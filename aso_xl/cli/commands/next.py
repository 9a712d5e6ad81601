"""``aso-xl next``: the master made ready for the round after the confirmed one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ...jobs import years
from .. import options
from ..each import Printout, show
from ..json.years import next_payload
from ..year_lines import next_lines


def arguments(parser: ArgumentParser) -> None:
    """Declare the master."""
    options.master(parser)


def run(args: Namespace) -> int:
    """Return the exit code of going on to the next round."""
    begun = years.begin_next(args.master)
    return show(Printout(next_payload(begun), next_lines(begun)), as_json=args.json)
