"""Lists for people without Excel's help: texts that Windows' own editor opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from ...domain import checks
from ...domain.checks import Issue, Severity
from ...files.output import write_beside

DONE, FOUND, FAILED = 0, 1, 2
"""Exit codes, as the commands have them."""

_WORDS: Final = {Severity.ERROR: "エラー", Severity.WARNING: "警告", Severity.INFO: "情報"}


def text_file(target: Path, lines: Iterable[str]) -> Path:
    """Return the path of a text written to ``target`` or beside it, for Windows' own editor."""
    content = "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig", errors="replace")
    return write_beside(target, lambda stream: stream.write(content))


def findings(name: str, issues: Sequence[Issue]) -> Iterator[str]:
    """Yield the findings as lines, gravest first, each with its place, finding and remedy."""
    counts = checks.counts(issues)
    tally = "、".join(f"{word} {counts[severity.value]}件" for severity, word in _WORDS.items())
    yield f"入力チェックの結果: {name}"
    yield tally
    for severity, word in _WORDS.items():
        found = [issue.message for issue in issues if issue.severity is severity]
        if found:
            yield from ("", f"【{word}】", *(f"・{' '.join(message.split())}" for message in found))
