"""督促: a text per department that is late, ready to be pasted into a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from ..domain.settings import Settings, keys
from ..domain.slip import CONFIRMED
from ..domain.words import UNASSIGNED
from ..errors import OutputError
from ..files.notepad import text_file
from ..files.output import safe_name, whole_folder
from ..workbook.layout import SLIP
from . import dated_folder
from .standing import Standing, State
from .status import Status

FOLDER: Final = "督促"
_GAP: Final = re.compile(r"[{｛]([^{}｛｝\n]*)[}｝]")
_SECRETARIAT: Final = "事務局"


@dataclass(frozen=True)
class Reminders:
    """The texts that were written by department, and what is to be known of them."""

    folder: Path | None
    texts: Mapping[str, Path]
    notes: tuple[str, ...] = ()


def late_ones(status: Status) -> tuple[Standing, ...]:
    """Return the departments to be reminded: late, or without a day that could tell."""
    asked = (each for each in status.departments if each.name != UNASSIGNED)
    return tuple(each for each in asked if not each.state.is_done and each.late != 0)


def write(status: Status, folder: Path) -> Reminders:
    """Write a text per late department into the folder; into a dated one in it if that is filled.

    Nothing is made where nobody is late. Raise OutputError.
    """
    late = late_ones(status)
    notes = tuple(_notes(status, late))
    if not late:
        return Reminders(None, {}, notes)
    round_ = str(status.round)
    place = _place(folder, round_)
    texts: dict[str, Path] = {}
    with whole_folder(place) as making:
        for each in late:
            name = f"{safe_name(f'{FOLDER}_{round_}_{each.name}')}.txt"
            path = text_file(making / name, lines(status, each))
            texts[each.name] = place / path.name
    return Reminders(place, texts, notes)


def _place(folder: Path, round_: str) -> Path:
    if folder.suffix.lower() in (".txt", ".xlsx") and not folder.is_dir():
        raise OutputError(
            f"{folder.name} はファイル名です。督促の文には、フォルダーを指定してください。"
        )
    return dated_folder.fresh(folder, FOLDER, round_)


def lines(status: Status, each: Standing) -> Iterator[str]:
    """Yield the lines of a department's mail: subject, and the words of 設定 with its own."""
    settings = status.master.settings
    words = _words(status, each)
    yield f"件名: {' '.join(_filled(settings.reminder_subject, words).split())}"
    yield ""
    yield from _filled(settings.reminder, words).splitlines()


def _words(status: Status, each: Standing) -> dict[str, str]:
    settings = status.master.settings
    return {
        "担当課": each.name,
        "総合戦略": status.master.plan.short_title,
        "評価年度": status.round.label,
        "期限": each.deadline.text or "期限",
        "遅れ": f"{each.late}日" if each.late else "",
        "状況": situation(each, str(status.round)),
        "返送先": settings.send_to or _SECRETARIAT,
        "問い合わせ先": settings.contact or _SECRETARIAT,
    }


def situation(each: Standing, round_: str) -> str:
    """Return the sentence that says what is still asked of a department."""
    blank = f"未入力が {each.blanks}件 あります。" if each.blanks else ""
    match each.state:
        case State.MISSING:
            return "ブックがまだ届いておりません。"
        case State.UNTOUCHED:
            return "届いたブックは、お送りしたときのままです。"
        case State.EMPTY:
            return f"届いたブックに、{round_}の記入がありません。"
        case State.PARTIAL:
            return f"届いたブックに、{blank}"
        case State.ERRORS:
            return f"届いたブックに、入力チェックのエラーが {each.errors}件 あります。{blank}"
        case State.WAITING:
            return f"届いたブックの「{SLIP}」が、{CONFIRMED}になっておりません。"
        case State.RETURNED:
            return f"{each.returned} に差し戻したブックが、まだ届いておりません。"
        case State.COMPLETE | State.CONFIRMED | State.MERGED:
            return ""
    assert_never(each.state)


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Return the text with its gaps filled; one that nobody knows stays as it is."""
    return _GAP.sub(lambda gap: words.get("".join(gap[1].split()), gap[0]), text)


def _notes(status: Status, late: tuple[Standing, ...]) -> Iterator[str]:
    settings = status.master.settings
    yield from _unknown_gaps(status, settings)
    for each in late:
        if each.late is None:
            yield f"{each.name}: 期限が日にちとして読めないため、遅れの日数は書いていません。"
        if each.formerly:
            yield f"{each.name}: 配ったときの名前は「{each.formerly}」です。あて先を確かめてください。"
        elif settings.departments and each.name not in settings.departments:
            yield f"{each.name}: 「設定」の担当課の一覧にありません。あて先を確かめてください。"
    if any(each.name == UNASSIGNED and not each.state.is_done for each in status.departments):
        yield f"{UNASSIGNED}の指標には、督促の文を作りません。「担当割」で課を決めてください。"


def _unknown_gaps(status: Status, settings: Settings) -> Iterator[str]:
    if not status.departments:
        return
    known = _words(status, status.departments[0])
    for key, text in (
        (keys("reminder_subject")[0], settings.reminder_subject),
        (keys("reminder")[0], settings.reminder),
    ):
        for gap in dict.fromkeys(_GAP.findall(text)):
            if "".join(gap.split()) not in known:
                yield (
                    f"設定の「{key}」の {{{gap}}} は置き換えられません。"
                    f"使える語は {'・'.join(known)} です。"
                )
