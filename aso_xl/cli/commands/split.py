"""``aso-xl split``: a workbook per 担当課."""

from __future__ import annotations

from argparse import Namespace

from ...console import pad, print_json, say
from ...exchange.split import split
from ..each import told
from ..json.exchange import split_payload


def run(args: Namespace) -> int:
    """Return the exit code of splitting; what is there already is never written over."""
    made = split(args.master, args.output, args.deadline or "", told)
    if args.json:
        print_json(split_payload(made))
        return 0
    say(f"{made.folder} に {len(made.workbooks)}課分のブックを作りました。")
    for each in made.workbooks:
        counts = f"指標 {len(each.part.indicators)}、施策 {len(each.part.measures)}"
        say(f"  {pad(each.part.department, 20)}  {pad(counts, 18)}  {each.path.name}")
    for note in made.notes:
        say(f"  {note}")
    if made.unassigned:
        say("  担当課が決まっていない指標は、未割当のブックに入れました。")
        say(f"    {'、'.join(made.unassigned)}")
    return 0
