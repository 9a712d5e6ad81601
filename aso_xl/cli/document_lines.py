"""What came of documents, made, renewed or compared, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ..domain.checks import Issue, errors_of
from ..report.reissue.renewal_lines import change_lines, lack_lines
from .findings import finding_lines, tally

if TYPE_CHECKING:
    from ..jobs.edited_documents import Compared, Renewed
    from ..jobs.inputs import Input
    from ..jobs.reports import Reported
    from ..report.reissue.pairing import Pair

_STATES: Final = {
    "same": "ブックは、この文書を作ったときのままです。",
    "changed": "ブックは、この文書を作った後に変わっています。",
    "unknown": "この文書には、どのブックから作ったかの記録がありません。",
}


def report_lines(reported: Reported, *, renamed: bool) -> Iterator[str]:
    """Yield what was made, or why nothing was. ``renamed``: not under the name asked for."""
    given = reported.given
    head = f"{given.path.name}({given.round.label}の評価): "
    if not reported.documents:
        yield f"{head}エラーがあるため、文書を作りませんでした({tally(given.issues)})。"
        yield "  直してからもう一度実行するか、--draft を付けて下書きを作ってください。"
        yield from finding_lines(reported.stopping)
        return
    yield from (f"{head}{document} を作りました。" for document in reported.documents)
    if renamed:
        yield "  同じ名前の文書があるため、番号を付けました。"
    if not all(kind.is_of_plan for kind in reported.kinds):
        yield from _of_what(given)
    if reported.stopping:
        yield "  下書きです。次のエラーが残っています。"
        yield from finding_lines(reported.stopping)
    elif given.issues:
        yield f"  {tally(given.issues)}。内容は aso-xl check で確かめられます。"
    yield from _blanks(reported.blanks)


def _of_what(given: Input) -> Iterator[str]:
    """Yield whether the documents are of a record, and whether texts could not be printed."""
    if record := given.ledger.records.get(given.round):
        yield f"  {given.round.label}の確定の記録({record.at} {record.by})から作りました。"
    if other := given.printed.texts_of:
        yield (
            f"  備考や取組などの文は{other.label}のものです。{given.round.label}の確定の記録に"
            "文がないため、載せていません。"
        )


def renewed_lines(pair: Pair, renewed: Renewed) -> Iterator[str]:
    """Yield what was renewed, what was not found, and what is left to staff; or why nothing was."""
    if renewed.stopped:
        counts = tally(pair.issues)
        yield f"{pair.document.name}: ブックにエラーがあるため、新しくしませんでした({counts})。"
        yield "  直してからもう一度実行するか、--draft を付けてください。"
        yield from _errors(pair.issues)
        return
    renewal, head = renewed.renewal, _head(pair)
    if renewed.document is None:
        yield f"{head}新しくするところはありません。文書は作りませんでした。"
    else:
        yield (
            f"{head}{len(renewal.renewed)}か所を新しくし、{renewed.document} を作りました。"
            "元の文書はそのままです。"
        )
        yield from change_lines(renewal.renewed)
    yield from lack_lines(renewal)
    if pair.errors:
        yield "  ブックに次のエラーが残っています。"
        yield from _errors(pair.issues)
    yield from _blanks(renewed.blanks)


def compared_lines(pair: Pair, compared: Compared) -> Iterator[str]:
    """Yield which printed figures are out of date."""
    renewal, head = compared.renewal, _head(pair)
    if renewal.renewed:
        yield f"{head}ブックと違うところが{len(renewal.renewed)}か所あります。"
        yield "  aso-xl report ブック --update 文書 で新しくできます。"
    elif renewal.missing:
        yield f"{head}見つかった数字はすべてブックと同じです。"
    else:
        yield f"{head}印字された数字はすべてブックと同じです。"
    yield f"  {_STATES[compared.workbook_is]}"
    yield from change_lines(renewal.renewed, compared.cell_words)
    yield from lack_lines(renewal)


def _head(pair: Pair) -> str:
    return f"{pair.document.name}({pair.round.label}の評価): "


def _errors(issues: Iterable[Issue]) -> Iterator[str]:
    return finding_lines(errors_of(issues))


def _blanks(blanks: int) -> Iterator[str]:
    """Yield why a document without errors is a draft, and what to do."""
    if blanks:
        yield (
            f"  未入力が{blanks}項目あるため、下書きです。"
            "未入力のまま確定した文書にするときは、--with-blanks を付けてください。"
        )
