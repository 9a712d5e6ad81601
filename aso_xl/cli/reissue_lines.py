"""What came of a document, renewed or compared, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ..domain.checks import Issue, Severity
from ..report.reissue.changes import Renewal
from ..report.reissue.lines import change_lines, lack_lines
from .findings import finding_lines, has_errors, tally

_STATES: Final = {
    "same": "ブックは、この文書を作ったときのままです。",
    "changed": "ブックは、この文書を作った後に変わっています。",
    "unknown": "この文書には、どのブックから作ったかの記録がありません。",
}


def updated(
    head: str, written: Path | None, found: Renewal, issues: Iterable[Issue], blanks: int = 0
) -> Iterator[str]:
    """Yield what was renewed, what was not found, and what is left to staff."""
    if written is None:
        yield f"{head}新しくするところはありません。文書は作りませんでした。"
    else:
        yield f"{head}{len(found.renewed)}か所を新しくし、{written} を作りました。元の文書はそのままです。"
        yield from change_lines(found.renewed)
    yield from lack_lines(found)
    issues = tuple(issues)
    if has_errors(issues):
        yield "  ブックに次のエラーが残っています。"
        yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)
    if blanks:
        yield blank_line(blanks)


def blank_line(blanks: int) -> str:
    """Return why a document without errors is a draft, and what to do."""
    return (
        f"  未入力が{blanks}項目あるため、下書きです。"
        "未入力のまま確定した文書にするときは、--with-blanks を付けてください。"
    )


def compared(head: str, found: Renewal, state: str) -> Iterator[str]:
    """Yield which printed figures are out of date."""
    if found.renewed:
        yield f"{head}ブックと違うところが{len(found.renewed)}か所あります。"
        yield "  aso-xl report ブック --update 文書 で新しくできます。"
    elif found.missing:
        yield f"{head}見つかった数字はすべてブックと同じです。"
    else:
        yield f"{head}印字された数字はすべてブックと同じです。"
    yield f"  {_STATES[state]}"
    yield from change_lines(found.renewed)
    yield from lack_lines(found)


def stopped(document: Path, issues: Iterable[Issue]) -> Iterator[str]:
    """Yield why a document was not renewed."""
    issues = tuple(issues)
    yield f"{document.name}: ブックにエラーがあるため、新しくしませんでした({tally(issues)})。"
    yield "  直してからもう一度実行するか、--draft を付けてください。"
    yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)
