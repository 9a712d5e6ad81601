"""``aso-xl undo``: the master workbook as it was before the last change."""

from __future__ import annotations

from argparse import Namespace

from ...console import complain, print_json, say
from ...exchange.restoring import restore
from ...files.history import history


def run(args: Namespace) -> int:
    """Return the exit code of bringing the previous master back; what cannot be used is told."""
    restored = restore(args.master)
    kept = next(iter(history(args.master)), None)
    for path, why in restored.passed_over:
        complain(f"{path.name} は使えないため、その前のブックにしました。{why}")
    if args.json:
        passed_over = [{"file": str(p), "reason": why} for p, why in restored.passed_over]
        print_json(
            {
                "output": str(args.master),
                "restored": str(restored.kept),
                "kept": str(kept) if kept else None,
                "passed_over": passed_over,
            }
        )
        return 0
    say(f"{args.master} を {restored.kept.name} の状態に戻しました。")
    say(f"  戻す前のブックは {kept} にあります。もう一度 undo を行うと、そのブックに戻ります。")
    return 0
