"""``aso-xl status``: which departments have sent what."""

from __future__ import annotations

from argparse import Namespace

from ...console import Align, complain, cut, grid, print_json, say
from ...exchange.status import LABELS, SHEET, State, status, write_sheet
from ...files.output import write_beside
from ..each import told
from ..json.exchange import status_payload
from ..targets import workbook_target

_HEADS = ("担当課", "依頼", "入力済み", "誤り", "状態", "提出ファイル")
_ALIGNS: tuple[Align, ...] = ("left", "right", "right", "right", "left", "left")


def run(args: Namespace) -> int:
    """Return the exit code: 1 if a workbook has errors or could not be read."""
    output = workbook_target(args.output, f"{SHEET}.xlsx")
    found = status(args.master, args.places, told)
    if output:
        path = write_beside(output, lambda stream: write_sheet(found, args.master.stem, stream))
        (complain if args.json else say)(f"{path} を作りました。")
    if args.json:
        print_json(status_payload(found))
    else:
        rows = [
            (
                d.name,
                *map(str, (d.asked, d.filled, d.errors)),
                LABELS[d.state],
                cut(d.file or "", 40),
            )
            for d in found.departments
        ]
        say(f"{args.master.name}({found.round.label}の評価)の回収状況")
        say(*grid([_HEADS, *rows], _ALIGNS))
        missing = sum(d.state is State.MISSING for d in found.departments)
        say(f"  {len(found.departments)}課のうち、未提出は {missing}課です。")
        for each in found.failed:
            say(f"  {each.failed}")
        for note in found.notes:
            say(f"  {note}")
    return int(found.has_findings)
