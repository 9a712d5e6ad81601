"""``aso-xl diff``: what two workbooks of one plan say differently."""

from __future__ import annotations

from argparse import Namespace

from ...console import complain, paragraphs, print_json, say
from ...exchange.cell_values import shown
from ...exchange.diff import KINDS, SHEET, Comparison, compare, write_sheet
from ...files.output import write_beside
from ..json.exchange import diff_payload
from ..targets import workbook_target


def run(args: Namespace) -> int:
    """Return the exit code 0: a difference is no error."""
    output = workbook_target(args.output, f"{SHEET}.xlsx")
    found = compare(args.one, args.other)
    if output:
        names = (args.one.name, args.other.name)
        path = write_beside(output, lambda stream: write_sheet(found, names, stream))
        (complain if args.json else say)(f"{path} を作りました。")
    if args.json:
        print_json(diff_payload(found))
    else:
        _say(found, args)
    return 0


def _say(found: Comparison, args: Namespace) -> None:
    say(f"A: {args.one}", f"B: {args.other}", f"違い {len(found.differences)}件")
    lines = (
        f"  {KINDS[d.kind]} {' '.join(filter(None, (d.id, d.label, d.round)))}: "
        f"{shown(d.one)} → {shown(d.other)}"
        for d in found.differences
    )
    say(*paragraphs(lines, 4))
    say(*paragraphs([f"  {note}" for note in found.notes], 4))
    for ids, name in ((found.only_one, "A"), (found.only_other, "B")):
        if ids:
            say(*paragraphs([f"  {name} だけにあるもの: {'、'.join(ids)}"], 4))
