"""Reading what came back: each file by itself, a bad one does not stop the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ..domain.catalogue import (
    COLUMN_MISSING,
    COLUMN_RENAMED,
    GOAL_MISSING,
    ID_MISSING,
    LINK_EXTERNAL,
    MEASURE_MISSING,
    OF_SLIPS,
    SHEET_MISSING,
    TABLE_DOUBLED,
    TABLE_MISSING,
)
from ..domain.checks import Issue, check, errors_of
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.record import RoundRecord
from ..domain.slip import CONFIRMED
from ..domain.text import one_line
from ..errors import WorkbookError
from ..files.inputs import read_input
from ..last_net import sentence_of
from ..workbook.handout import RECORD, Handout, unpacked
from ..workbook.layout import (
    BEFORE,
    FINDINGS,
    GUIDE,
    REQUEST,
    SCHEMA,
    SETTINGS,
    SLIP,
    STAMP,
    SUMMARY,
)
from ..workbook.read.reading import read
from ..workbook.write.sheet_cells import can_hold
from . import written_beside
from .cell_values import Key, Value, Values, cell_of, same, values_of
from .inbox import Inbox, names
from .refused import refused, unreadable
from .sent_before import NO_LONGER, forward, onward_of
from .three_way import Rejected, Submission

TOO_MUCH: Final = "マスターの欄に入らない値です"


@dataclass(frozen=True)
class Returned:
    """One file that came back: its content, or the sentence that says why it cannot be used.

    ``file`` is its name as listed, ``notes`` are sentences about it as a whole. ``origin`` are its
    own cells by those of the master, where the strategy was revised since it was sent.
    """

    path: Path
    file: str
    failed: str | None = None
    handout: Handout | None = None
    ledger: Ledger | None = None
    issues: tuple[Issue, ...] = ()
    submission: Submission | None = None
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()
    changed_at: float = 0.0
    origin: Mapping[Key, Key] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        return len(errors_of(self.issues))


def read_all(
    inbox: Inbox, master: Ledger, progress: Callable[[int, int, Path], None]
) -> Iterator[Returned]:
    """Yield what every file holds for the master; files of equal content are read once."""
    seen: dict[bytes, str] = {}
    named = names((*inbox.paths, *(each.path for each in inbox.unread)))
    for each in inbox.unread:
        yield Returned(each.path, named[each.path], failed=each.sentence)
    for number, path in enumerate(inbox.paths, start=1):
        progress(number, len(inbox.paths), path)
        try:
            yield _read(path, named[path], master, seen)
        except Exception as error:  # whatever one file holds, the others go on
            yield Returned(path, named[path], failed=sentence_of(error))


def newest_first(files: Iterable[Returned]) -> list[Returned]:
    """Return files in the order in which they were saved, the last one first."""
    return sorted(files, key=lambda each: (each.changed_at, each.file), reverse=True)


def by_department(files: Iterable[Returned], round_: FiscalYear) -> dict[str, list[Returned]]:
    """Return the files of a round by the department to which they were sent, the newest first."""
    came: dict[str, list[Returned]] = {}
    for each in newest_first(files):
        if each.handout and each.handout.round == str(round_):
            came.setdefault(one_line(each.handout.department), []).append(each)
    return dict(sorted(came.items()))


def _read(path: Path, file: str, master: Ledger, seen: dict[bytes, str]) -> Returned:
    before = _state(path)
    mark = hashlib.sha256(read_input(path, WorkbookError)).digest()
    if mark in seen:
        return Returned(path, file, notes=(f"{seen[mark]} と同じ内容です。",))
    ledger = read(path)
    if before != (after := _state(path)):
        raise WorkbookError(
            f"{path.name} は読み取りの途中で変更されました。保存が終わってから、もう一度実行してください。"
        )
    seen[mark] = file
    handout = _handout(path.name, ledger, master)
    return _returned(path, file, ledger, handout, master, after[1] / 1e9)


def _state(path: Path) -> tuple[int, int]:
    """Return size and time of a file; what cannot be asked is said when it is read."""
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_size, about.st_mtime_ns


def _handout(name: str, ledger: Ledger, master: Ledger) -> Handout:
    """Return the record of the split. Raise WorkbookError for what was not sent by this master."""
    if ledger.plan.id != master.plan.id:
        raise WorkbookError(
            f"{name} は別の総合戦略({ledger.plan.short_title})のブックです。送った課に確かめてください。"
        )
    if ledger.record.get("schema") != str(SCHEMA):
        raise WorkbookError(
            f"{name} は古い様式のブックです。配布し直したブックに入力してください。"
        )
    if not ledger.record.get(RECORD):
        raise WorkbookError(
            f"{name} は課に配布したブックではありません。aso-xl split で作ったブックを指定してください。"
        )
    try:
        handout = unpacked(ledger.record[RECORD])
    except ValueError:
        raise WorkbookError(
            f"{name} の配布の記録が壊れています。配布した元のブックに入力し直してください。"
        ) from None
    sent = FiscalYear.parse(handout.round)
    if sent != master.settings.round and sent not in master.records:
        raise WorkbookError(
            f"{name} は{sent.label}の評価のブックです。"
            f"マスターの評価年度({master.settings.round.label})と違うため、取り込みません。"
        )
    return handout


def _returned(
    path: Path, file: str, ledger: Ledger, handout: Handout, master: Ledger, changed_at: float
) -> Returned:
    """Return what a readable file holds: its values, what is refused, what is to be said."""
    issues = check(ledger, FiscalYear.parse(handout.round))
    lost = unreadable(ledger)
    theirs = {key: value for key, value in values_of(ledger).items() if key not in lost}
    sent = {
        Key(id_, field): value
        for id_, fields in handout.values.items()
        for field, value in fields.items()
    }
    too_much = [key for key, value in theirs.items() if not can_hold(value)]
    if record := master.records.get(FiscalYear.parse(handout.round)):
        late = tuple(_late(sent, theirs, handout, file, record))
        note = f"確定した{record.round.label}の評価のブックです。取り込みません。"
        notes = (note, *_notes(ledger, handout, master, theirs))
        read = Returned(path, file, handout=handout, ledger=ledger, issues=issues)
        return replace(read, rejected=late, notes=notes, changed_at=changed_at)
    of_slip = (f"{issue.finding}{issue.remedy}" for issue in issues if issue.kind in OF_SLIPS)
    beyond = [
        Rejected(key.id, key.label, key.round, theirs.pop(key), handout.department, file, TOO_MUCH)
        for key in too_much
    ]
    notes = tuple(_notes(ledger, handout, master, theirs))
    origin: Mapping[Key, Key] = {}
    if onward := onward_of(handout, master):
        later = forward(sent, theirs, ledger, onward)
        beyond += _without_place(sent, theirs, later.without, handout, file)
        sent, theirs, origin = {**later.sent}, {**later.theirs}, later.origin
    return Returned(
        path,
        file,
        handout=handout,
        ledger=ledger,
        issues=issues,
        submission=Submission(file, handout.department, sent, theirs, handout.split),
        rejected=(*refused(ledger, handout, file, issues), *beyond),
        notes=(*notes, *of_slip),
        changed_at=changed_at,
        origin=origin,
    )


def _without_place(
    sent: Values, theirs: Values, without: Iterable[Key], handout: Handout, file: str
) -> Iterator[Rejected]:
    """Yield what was typed for what goes on as no single thing since the strategy was revised."""
    for key in without:
        if not same(theirs[key], sent.get(key)):
            place = (key.id, key.label, key.round)
            yield Rejected(*place, theirs[key], handout.department, file, NO_LONGER)


def _late(
    sent: Values, theirs: Values, handout: Handout, file: str, record: RoundRecord
) -> Iterator[Rejected]:
    """Yield what a workbook of a confirmed round brings: nothing of it is taken in."""
    reason = f"{record.round}は{record.at}に確定しています"
    for key, value in theirs.items():
        if not same(value, sent.get(key)):
            place = (key.id, key.label, key.round)
            yield Rejected(*place, value, handout.department, file, reason)


def _notes(
    ledger: Ledger, handout: Handout, master: Ledger, theirs: dict[Key, Value]
) -> Iterator[str]:
    if onward_of(handout, master):
        yield "配布した後に総合戦略が改訂されています。いまの番号の指標に取り込みました。"
    elif handout.whole != master.plan.fingerprint:
        yield "配布した後に、マスターの定義が変わっています。指標番号で取り込みました。"
    for oddity in ledger.oddities:
        if oddity.kind == LINK_EXTERNAL:
            yield "ほかのブックを参照する数式があります。保存されていた値を取り込みました。"
        if oddity.kind in (ID_MISSING, MEASURE_MISSING, GOAL_MISSING):
            yield f"{oddity.id} の行がありません。この行は配ったときのままとしました。"
        if oddity.kind == COLUMN_RENAMED:
            yield f"{oddity.sheet} の見出しが変わっています({oddity.detail})。同じ列として取り込みました。"
        if oddity.kind == TABLE_DOUBLED:
            yield f"同じ表が 2 か所にあります({oddity.detail})。かっこ内で先に挙げた方を取り込みました。"
        if oddity.kind in (SHEET_MISSING, TABLE_MISSING, COLUMN_MISSING):
            yield f"{oddity.sheet} の{oddity.detail or 'シート'}がありません。配ったときのままとしました。"
    for name in _added(ledger):
        yield f"シート「{name}」は配布したものではありません。中身は取り込みません。"
    yield from written_beside.sentences(ledger, handout)
    for key in theirs:
        cell = cell_of(ledger, key)
        if cell is not None and cell.is_formula:
            yield f"{cell.sheet} {cell.address}({key.id})は数式です。計算結果の値を取り込みました。"


def _added(ledger: Ledger) -> Iterator[str]:
    """Yield the sheets that were not sent; a sheet with one of our tables was only renamed."""
    known = {BEFORE, REQUEST, SLIP, GUIDE, SETTINGS, SUMMARY, FINDINGS, STAMP}
    known.update(area.sheet for area in ledger.areas.values())
    known.update(row.sheet for row in (*ledger.every_row(), *ledger.strays))
    return (name for name in ledger.sheets if name not in known)


def held_back(each: Returned) -> tuple[Submission | None, tuple[Rejected, ...]]:
    """Return the submission without the values that have an error, and those as rejected."""
    if each.submission is None or each.ledger is None:
        return each.submission, ()
    theirs, out = dict(each.submission.theirs), []
    for key, issues in flags(each).items():
        value, sent = theirs[key], each.submission.base.get(key)
        wrong = errors_of(issues)
        if wrong and not same(value, sent):
            theirs[key] = sent
            names = (each.submission.department, each.file)
            reason = f"入力チェックのエラー: {wrong[0].finding}"
            out.append(Rejected(key.id, key.label, key.round, value, *names, reason))
    return replace(each.submission, theirs=theirs), tuple(out)


def only_confirmed(each: Returned) -> Returned:
    """Return a file as it is if its chief has confirmed it; else without what it brings."""
    slip = each.ledger.slip if each.ledger else None
    if each.submission is None or (slip and slip.is_confirmed):
        return each
    reason = f"{CONFIRMED}でない" if slip else f"「{SLIP}」がなく、課長の確認がわからない"
    note = f"{reason}ため、取り込みません。"
    return replace(each, submission=None, rejected=(), notes=(*each.notes, note))


def flags(each: Returned) -> dict[Key, list[Issue]]:
    """Return the findings about the file's input cells, by cell."""
    if each.ledger is None or each.submission is None:
        return {}
    at = {
        (cell.sheet, cell.address): key
        for key in each.submission.theirs
        if (cell := cell_of(each.ledger, each.origin.get(key, key))) is not None
    }
    by_key: dict[Key, list[Issue]] = {}
    for issue in each.issues:
        if (key := at.get((issue.sheet or "", issue.cell or ""))) is not None:
            by_key.setdefault(key, []).append(issue)
    return by_key
