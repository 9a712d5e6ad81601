"""次年度へ: a master made ready for the round after the one that is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..domain.catalogue import CONFIRMED_TEXT
from ..domain.cells import Cell
from ..domain.checks import records as record_checks
from ..domain.field_declaration import Field, Role, Type
from ..domain.fields import fields_of, notes
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.record import RoundRecord
from ..domain.settings import ROUND_KEY, keys
from ..domain.words import COPIED
from ..errors import AsoError, WorkbookError
from ..exchange.cached_results import cached
from ..exchange.cell_values import Key
from ..exchange.merge_files import with_values
from ..exchange.split import master_of
from ..files.history import replace_master
from ..files.inputs import read_input
from ..files.lock import alone
from ..workbook.read.file.package import Package
from ..workbook.write.writing import CellEdit, apply
from .column_view import shown_columns
from .prompts_before import prompts_of
from .round_cells import locks_of
from .round_words import round_words

_DEADLINE: Final = keys("deadline")[0]


@dataclass(frozen=True)
class NextRound:
    """The round that was begun, after which one; ``copied`` texts begin as those of the year before.

    ``notes`` are sentences on what staff have to look at.
    """

    before: FiscalYear
    round: FiscalYear
    copied: int
    output: Path
    notes: tuple[str, ...] = ()


def begin_next(master: Path) -> NextRound:
    """Return what came of going on to the next round; the master before is kept in the history.

    Raise AsoError where the round is not confirmed, or was the last one, and where the master cannot
    be read or written.
    """
    with alone(master):
        data = read_input(master, WorkbookError)
        ledger = master_of(master)
        now = ledger.settings.round
        record = _confirmed(ledger, master.name)
        after = following(ledger, now)
        texts = dict(_texts(ledger))
        cell = ledger.setting_cells[ROUND_KEY]
        edits = [
            CellEdit(cell.sheet, cell.address, str(after)),
            *(CellEdit(cell.sheet, cell.address, text) for _, cell, text in texts.values()),
        ]
        later = _in_round(ledger, after, {key: text for key, (_, _, text) in texts.items()})
        package = Package(data, master.name)
        new = apply(
            data,
            edits,
            [*cached(later, package), *round_words(package, ledger.plan, now, after)],
            (),
            master.name,
            locks=locks_of(later, after, is_locked=False),
            prompts=prompts_of(ledger, record),
        )
        replace_master(master, shown_columns(new, later, after), data)
        copied = sum(text is not None for _, _, text in texts.values())
        return NextRound(now, after, copied, master, tuple(_notes(ledger)))


def following(ledger: Ledger, now: FiscalYear) -> FiscalYear:
    """Return the round after this one. Raise AsoError after the last one, saying what comes."""
    later = [round_ for round_ in ledger.plan.rounds if round_ > now]
    if later:
        return min(later, key=lambda each: each.year)
    raise AsoError(
        f"{now.label}は「{ledger.plan.short_title}」の最後の評価年度です。"
        "計画期間を延長するときは、評価年度を加えた定義に改訂してください。"
        "次の総合戦略は、その定義とこのブックから作ります"
        "(aso-xl template --strategy 次の定義 --after このブック)。"
    )


def _confirmed(ledger: Ledger, name: str) -> RoundRecord:
    """Return the record of the round in 設定. Raise AsoError where it is not what is typed."""
    now = ledger.settings.round
    record = ledger.records.get(now)
    if record is None:
        raise AsoError(
            f"{name} の{now.label}は、まだ確定していません。"
            "年度の確定を行ってから、次年度へ進んでください。"
        )
    changed = [each for each in record_checks.check(ledger) if each.kind == CONFIRMED_TEXT]
    if changed:
        raise AsoError(
            f"確定したときと違う文が{len(changed)}件あり、このままでは失われます"
            f"({changed[0].place} など)。元に戻すか、確定を取り消して確定し直してください。"
        )
    if ROUND_KEY not in ledger.setting_cells:
        raise AsoError(f"{name} の「設定」に{ROUND_KEY}の欄がありません。元に戻してください。")
    return record


Texts = Iterator[tuple[Key, tuple[Field, Cell, str | None]]]


def _texts(ledger: Ledger) -> Texts:
    """Yield what is written beside the figures, with what it begins as in the next round.

    What a council said, and what was answered to it, is of its round alone.
    """
    copies = ledger.settings.copies_texts
    for row in ledger.every_row():
        for field in notes(fields_of(ledger.plan, row.id)):
            cell = row.cells.get(field.key)
            if cell is None or cell.is_blank:
                continue
            is_copied = copies and _lasts(field) and bool(cell.text)
            text = COPIED + cell.text.removeprefix(COPIED) if is_copied else None
            yield Key(row.id, field.key, field), (field, cell, text)


def _lasts(field: Field) -> bool:
    return field.type is Type.TEXT and field.role is Role.NOTE


def _in_round(ledger: Ledger, after: FiscalYear, texts: Mapping[Key, str | None]) -> Ledger:
    """Return the ledger as it will be: in the next round, with its texts."""
    later = with_values(ledger, texts)
    return replace(later, settings=replace(ledger.settings, round=after))


def _notes(ledger: Ledger) -> Iterator[str]:
    """Yield what of the settings is still of the year before."""
    if ledger.settings.deadline:
        yield f"「設定」の{_DEADLINE}が「{ledger.settings.deadline}」のままです。"
    if any(ledger.settings.paragraphs):
        yield "「設定」の前文が前年のままです。"
