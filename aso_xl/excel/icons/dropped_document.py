"""A document on an icon or 「送る」: compared with the workbook it was made from, or renewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...report.reissue.changes import Renewal
from ...report.reissue.lines import change_lines, lack_lines
from ...report.reissue.open_document import open_document
from ...report.reissue.pairing import Pair, numbered, own_workbook, paired
from ...workbook.read.reading import read
from ..blanks import final_with_blanks
from .dialogs import Dialogs
from .text_lists import DONE, FOUND, findings, text_file


def compare(path: Path, talk: Dialogs) -> int:
    """Compare a document with its workbook; what is out of date is opened as a text."""
    pair = _pair(path)
    found = pair.compared()
    if found == Renewal():
        talk.say(f"{path.name}: 印字された数字はすべて {pair.workbook.name} と同じです。")
        return DONE
    head = f"{path.name} を {pair.workbook.name} と比べた結果: {len(found.renewed)}か所が違います"
    talk.open(_listed(path, "照合", head, found))
    return FOUND if found.renewed or found.missing else DONE


def renew(path: Path, talk: Dialogs) -> int:
    """Renew a document beside it and open both it and the list; errors offer a draft first."""
    pair = _pair(path)
    if pair.errors:
        name = f"{path.stem}_入力チェック.txt"
        talk.open(text_file(path.with_name(name), findings(pair.workbook.name, pair.issues)))
        question = (
            f"{pair.workbook.name} にはエラーが{len(pair.errors)}件あります(一覧を開きました)。"
        )
        if not talk.ask(f"{question}\n\n{path.name} を下書きとして新しくしますか。"):
            return FOUND
    with_blanks = not pair.errors and final_with_blanks(pair.blanks, talk.ask)
    found = pair.renewed(draft=bool(pair.errors), with_blanks=with_blanks)
    if found == Renewal():
        talk.say(f"{path.name}: 新しくするところはありません。")
        return DONE
    made = pair.saved(numbered(path)) if found.renewed else path
    head = f"{made.name}: {len(found.renewed)}か所を新しくしました(元の文書はそのままです)"
    talk.open(_listed(path, "新しくしたところ", head, found))
    if found.renewed:
        talk.open(made)
    return FOUND if found.missing or pair.errors else DONE


def _pair(path: Path) -> Pair:
    document = open_document(path)
    workbook = own_workbook(document, path)
    return paired(document, read(workbook), workbook)


def _listed(path: Path, what: str, head: str, found: Renewal) -> Path:
    def told() -> Iterator[str]:
        yield from (head, "")
        yield from change_lines(found.renewed)
        yield from lack_lines(found)

    return text_file(path.with_name(f"{path.stem}_{what}.txt"), told())
