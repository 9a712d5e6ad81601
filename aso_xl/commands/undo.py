"""``aso-xl undo``: the master workbook as it was before the last change."""

from __future__ import annotations

from argparse import Namespace

from ..console import print_json, say
from ..history import history, undo


def run(args: Namespace) -> int:
    """Return the exit code of bringing the previous master back."""
    restored = undo(args.master)
    kept = history(args.master)[0]
    if args.json:
        print_json({"output": str(args.master), "restored": str(restored), "kept": str(kept)})
        return 0
    say(f"{args.master} を {restored.name} の状態に戻しました。")
    say(f"  戻す前のブックは {kept} にあります。もう一度 undo を行うと、そのブックに戻ります。")
    return 0
