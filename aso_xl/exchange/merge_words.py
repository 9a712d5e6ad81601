"""What is said of a merge wherever it was asked for: on the command line, by a button or an icon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .cell_values import Key, shown
from .inbox import Found
from .merge_files import Outcome

_NAMED: Final = 5
"""Files of other kinds that are named; of more only the number is told."""


def errors_of(outcome: Outcome) -> str:
    """Return how many errors the values that were taken in have, in total and by department."""
    wrong = {name: count for name, count in outcome.errors.items() if count}
    if not wrong:
        return "取り込んだ内容にエラーはありません。"
    by_department = "、".join(f"{name} {count}件" for name, count in wrong.items())
    return f"取り込んだ内容のエラー {sum(wrong.values())}件({by_department})"


def passed_over(found: Found) -> Iterator[str]:
    """Yield what lay in the folders and was not read."""
    if found.locks:
        yield f"一時ファイルなど(~$、._)を {found.locks}件とばしました。"
    if found.passed:
        names = [path.name for path in found.passed[:_NAMED]]
        more = " ほか" if found.others > _NAMED else ""
        yield f"ブックでないファイルを {found.others}件とばしました({'、'.join(names)}{more})。"


def remarks(outcome: Outcome) -> Iterator[str]:
    """Yield what is to be known of the files, and of values that are neither new nor in question."""
    yield from passed_over(outcome.found)
    yield from (f"マスターの {note}" for note in outcome.notes)
    for each in outcome.files:
        if each.failed:
            yield each.failed
        yield from (f"{each.file}: {note}" for note in each.notes)
    for past in outcome.past:
        change = f"{place(past.key)}: {shown(past.before)} → {shown(past.after)}"
        by = past.file or "配布の後にマスターで変更"
        yield f"過年度の値の変更 {change}({by})"
    for old in outcome.merged.superseded:
        taken = f"取り込み済み {place(old.key)}: {shown(old.value)}({old.file})。"
        yield f"{taken}その後、マスターは {shown(old.master)} に変わっています。"


def place(key: Key) -> str:
    """Return which cell of the master it is: id, word for the field, round."""
    return " ".join(filter(None, (key.id, key.label, key.round)))
