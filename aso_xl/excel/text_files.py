"""Lists for people without Excel's help: texts that Windows' own editor opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..domain.checks import Issue, Severity
from ..domain.checks.groups import grouped
from ..job_words import in_bulk, tally


def findings(name: str, issues: Sequence[Issue]) -> Iterator[str]:
    """Yield the findings as lines, gravest first, each with its place, finding and remedy.

    Those of one kind stand together; where there are many, their number is said above them all.
    """
    yield f"入力チェックの結果: {name}"
    yield tally(issues)
    yield from (f"  {heading}" for heading in in_bulk(issues))
    groups = grouped(issues)
    for severity in Severity:
        alike = [group for group in groups if group.kind.severity is severity]
        if alike:
            yield from ("", f"【{severity.word}】")
        for group in alike:
            if group.is_many:
                yield f"■{group.heading}"
            yield from (f"・{' '.join(issue.message.split())}" for issue in group.issues)
