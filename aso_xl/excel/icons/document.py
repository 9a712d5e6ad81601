"""A document on an icon or 「送る」: compared with the workbook it was made from, or renewed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ...files.notepad import text_file
from ...jobs import edited_documents
from ...last_net import DONE, FOUND
from ...report.reissue.changes import Renewal
from ...report.reissue.pairing import numbered
from ...report.reissue.renewal_lines import change_lines, lack_lines
from ..dialogs import Dialogs
from ..draft_questions import wish
from ..text_files import findings


def compare(path: Path, talk: Dialogs) -> int:
    """Compare a document with its workbook; what is out of date is opened as a text."""
    pair = edited_documents.pair(path)
    compared = edited_documents.compare(pair)
    renewal = compared.renewal
    if renewal == Renewal():
        talk.say(f"{path.name}: 印字された数字はすべて {pair.workbook.name} と同じです。")
        return DONE
    head = f"{path.name} を {pair.workbook.name} と比べた結果: {len(renewal.renewed)}か所が違います"
    talk.open(_listed(path, "照合", head, renewal, compared.cell_words))
    return FOUND if renewal.renewed or renewal.missing else DONE


def renew(path: Path, talk: Dialogs) -> int:
    """Renew a document beside it and open both it and the list; errors offer a draft first."""
    pair = edited_documents.pair(path)
    if pair.errors:
        name = f"{path.stem}_入力チェック.txt"
        talk.open(text_file(path.with_name(name), findings(pair.workbook.name, pair.issues)))
    question = (
        f"{pair.workbook.name} にはエラーが{len(pair.errors)}件あります(一覧を開きました)。"
        f"\n\n{path.name} を下書きとして新しくしますか。"
    )
    wanted = wish(bool(pair.errors), lambda: pair.blanks, talk.ask, question)
    if wanted is None:
        return FOUND
    draft, final = wanted.draft, wanted.with_blanks
    renewed = edited_documents.renew(pair, numbered(path), draft=draft, with_blanks=final)
    renewal = renewed.renewal
    if renewal == Renewal():
        talk.say(f"{path.name}: 新しくするところはありません。")
        return DONE
    name = (renewed.document or path).name
    head = f"{name}: {len(renewal.renewed)}か所を新しくしました(元の文書はそのままです)"
    talk.open(_listed(path, "新しくしたところ", head, renewal, {}))
    if renewed.document:
        talk.open(renewed.document)
    return FOUND if renewal.missing or pair.errors else DONE


def _listed(path: Path, what: str, head: str, renewal: Renewal, cells: Mapping[str, str]) -> Path:
    def lines() -> Iterator[str]:
        yield from (head, "")
        yield from change_lines(renewal.renewed, cells)
        yield from lack_lines(renewal)

    return text_file(path.with_name(f"{path.stem}_{what}.txt"), lines())
