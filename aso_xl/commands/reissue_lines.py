"""What came of a document, renewed or compared, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..checks import Issue, Severity
from ..console import cut, paragraphs, width
from .findings import finding_lines, has_errors, tally

if TYPE_CHECKING:
    from ..report.reissue.changes import Change, Renewal

_SHOWN, _LED = 60, 12
"""Letters of a text that are shown, and of those before what has changed."""

_STATES: Final = {
    "same": "ブックは、この文書を作ったときのままです。",
    "changed": "ブックは、この文書を作った後に変わっています。",
    "unknown": "この文書には、どのブックから作ったかの記録がありません。",
}


def updated(
    head: str, written: Path | None, found: Renewal, issues: Iterable[Issue]
) -> Iterator[str]:
    """Yield what was renewed, what was not found, and what is left to staff."""
    if written is None:
        yield f"{head}新しくするところはありません。文書は作りませんでした。"
    else:
        yield f"{head}{len(found.renewed)}か所を新しくし、{written} を作りました。元の文書はそのままです。"
        yield from _changes(found.renewed)
    yield from _lacks(found)
    issues = tuple(issues)
    if has_errors(issues):
        yield "  ブックに次のエラーが残っています。"
        yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)


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
    yield from _changes(found.renewed)
    yield from _lacks(found)


def stopped(document: Path, issues: Iterable[Issue]) -> Iterator[str]:
    """Yield why a document was not renewed."""
    issues = tuple(issues)
    yield f"{document.name}: ブックにエラーがあるため、新しくしませんでした({tally(issues)})。"
    yield "  直してからもう一度実行するか、--draft を付けてください。"
    yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)


def _changes(changes: Iterable[Change]) -> Iterator[str]:
    yield from paragraphs((f"  {change.label}: {_change(change)}" for change in changes), 4)


def _change(change: Change) -> str:
    if not change.before:
        return f"加わりました「{_shown(change.after)}」"
    if not change.after:
        return f"なくなりました「{_shown(change.before)}」"
    before, after = (" ".join(text.split()) for text in (change.before, change.after))
    if max(map(width, (before, after))) > _SHOWN:
        pairs = zip(before, after, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        start = max(0, same - _LED)
        before, after = (("…" if start else "") + text[start:] for text in (before, after))
    return f"{_shown(before)} → {_shown(after)}"


def _shown(text: str) -> str:
    return cut(text, _SHOWN)


def _lacks(found: Renewal) -> Iterator[str]:
    for title, lacks in (
        (
            "文書に見つからないところ(消されています。必要なら手で加えてください)",
            found.missing,
        ),
        ("ブックの報告にはもうないところ(そのままです。要らなければ消してください)", found.left),
    ):
        if lacks:
            yield f"  {title}:"
            yield from paragraphs((f"    {lack.label}" for lack in lacks), 6)
    if found.kept:
        yield "  文書とブックの両方で書き換えられたところ(文書のままです。ブックの文を確かめてください):"
        yield from paragraphs((f"    {kept.label}: {_change(kept)}" for kept in found.kept), 6)
    yield from paragraphs((f"  注意: {remark}" for remark in found.remarks), 4)
