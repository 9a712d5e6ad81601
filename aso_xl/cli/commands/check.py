"""``aso-xl check``: all findings in the input of a workbook."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ...domain.checks import check
from .. import reissue
from ..each import Outcome, each, opened
from ..findings import finding_lines, has_errors, tally
from ..json.evaluation import issues_payload


def run(args: Namespace) -> int:
    """Return the exit code of checking the workbooks: 1 if there is an error, not for warnings."""
    if reissue.is_comparison(args):
        return reissue.compare(args)

    def work(path: Path) -> Outcome:
        ledger, round_ = opened(path, args.round)
        issues = check(ledger, round_)
        head = f"{path.name}({round_.label}の評価): {tally(issues)}"
        return Outcome(issues_payload(issues), [head, *finding_lines(issues)], has_errors(issues))

    return each(args.workbooks, work, as_json=args.json)
