"""``aso-xl evaluate``: every indicator judged, counted per goal."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from ...jobs import inputs
from .. import options
from ..each import Printout, each
from ..evaluation_lines import count_lines, indicator_lines
from ..findings import tally
from ..json.evaluation import evaluation_payload


def arguments(parser: ArgumentParser) -> None:
    """Declare the workbooks and the round."""
    options.workbooks(parser)


def run(args: Namespace) -> int:
    """Return the exit code of evaluating the workbooks: 1 if their input has errors."""
    return each(args.workbooks, partial(_evaluated, args.round), as_json=args.json)


def _evaluated(wanted: str | None, path: Path) -> Printout:
    given = inputs.input_of(path, wanted)
    summary = inputs.evaluate(given)
    head = f"{path.name}({given.round.label}の評価)"
    lines = [head, "", *count_lines(summary), "", *indicator_lines(summary)]
    if given.stopping:
        counts = tally(given.issues)
        lines.append(f"  入力にエラーがあります({counts})。aso-xl check で確かめてください。")
    return Printout(evaluation_payload(summary), lines, bool(given.stopping))
