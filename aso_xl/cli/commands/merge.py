"""``aso-xl merge``: what came back, merged into the master."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from ...console import paragraphs, print_json, say
from ...exchange.cell_values import shown
from ...exchange.merge_files import Outcome, merge_files
from ...exchange.merge_words import errors_of, place, remarks
from ...workbook.layout import CHANGES, CONFLICTS, REJECTED
from ..each import told
from ..json.exchange import merge_payload
from ..targets import workbook_target

_MOST = 20
"""Changes listed one by one in the terminal; the sheets hold them all."""


def run(args: Namespace) -> int:
    """Return the exit code: 1 if there are conflicts, errors, or files that cannot be used."""
    output = workbook_target(args.output, args.master.name, args.master.suffix)
    outcome = merge_files(args.master, args.places, output, strict=args.strict, progress=told)
    if args.json:
        print_json(merge_payload(outcome))
    else:
        say(*paragraphs(_lines(outcome), 4))
    return int(outcome.has_findings)


def _lines(outcome: Outcome) -> Iterator[str]:
    merged, conflicts = outcome.merged, outcome.open_conflicts
    read = sum(each.submission is not None for each in outcome.files)
    yield f"{read}件のブックを読みました。"
    yield from (f"  {line}" for line in remarks(outcome))
    yield f"取り込み {len(merged.applied)}件、変更なし {merged.unchanged}件、" + (
        f"競合 {len(conflicts)}件、受け付けなかった変更 {len(outcome.rejected)}件"
    )
    yield errors_of(outcome)
    for a in merged.applied[:_MOST]:
        yield f"  {place(a.key)}: {shown(a.before)} → {shown(a.after)}({a.file})"
        for issue in outcome.flags.get((a.key, a.file), ()):
            yield f"    {issue.finding}{issue.remedy}"
    for c in conflicts[:_MOST]:
        yield (
            f"  競合 {place(c.key)}: 送付時 {shown(c.base)}、マスター {shown(c.master)}、"
            f"提出 {shown(c.submitted)}({c.file})"
        )
    for r in outcome.rejected[:_MOST]:
        where = " ".join(filter(None, (r.id, r.label, r.round)))
        yield f"  受け付けず {where}: {shown(r.value)}({r.file})。{r.reason}。"
    yield from _ending(outcome)


def _ending(outcome: Outcome) -> Iterator[str]:
    if outcome.output is None:
        yield "マスターに変更はありません。"
        return
    yield f"{outcome.output} に保存しました。"
    if outcome.merged.applied:
        yield f"  変更はシート「{CHANGES}」にあります。"
    if outcome.open_conflicts:
        yield f"  シート「{CONFLICTS}」の採用を選び、もう一度 merge を実行してください。"
    if outcome.rejected:
        yield f"  受け付けなかったものはシート「{REJECTED}」にあります。"
