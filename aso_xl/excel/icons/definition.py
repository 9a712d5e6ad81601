"""A definition, or the strategy's own document or tables, on an icon or 「送る」."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ...job_words import draft_lacks
from ...jobs import definitions, masters
from ...last_net import DONE, FOUND
from ..dialogs import Dialogs

_DEFINITION: Final = ".toml"
_MOST: Final = 5
"""Doubts that are read in a dialog."""


def build(path: Path, talk: Dialogs) -> int:
    """Make the master beside a definition; where something is wrong, open a marked copy.

    Of a strategy's own tables, whatever file they come in, a draft is made; of a master, the
    definition that it is of, to be revised.
    """
    if path.suffix.lower() != _DEFINITION and not definitions.is_ours(path):
        return draft(path, talk)
    if masters.is_master(path):
        return write_out(path, talk)
    defined = definitions.define(path, path.parent)
    if defined.wrong:
        talk.say(wrong(path, defined), grave=True)
    else:
        talk.say("\n".join(_made(defined)))
    talk.open(defined.path)
    return FOUND if defined.wrong else DONE


def wrong(path: Path, marked: definitions.Defined) -> str:
    """Return that a definition has faults, and where they are written in."""
    return (
        f"{path.name} には直すところが{marked.wrong}か所あります。"
        f"書き込んだ写し({marked.path.name})を開きます。\n\n"
        f"{path.name} を直してから、もう一度行ってください。"
    )


def write_out(path: Path, talk: Dialogs) -> int:
    """Write the definition of a master beside it and open it."""
    made = definitions.definition_of(path, path.parent)
    talk.say(
        f"{path.name} は、もうできている評価ブックです。その定義を {made.name} に書き出しました。\n\n"
        f"総合戦略を改訂するときは、これを直して保存して閉じ、{path.name} と 2 つを選んで、"
        "同じことを行ってください。"
    )
    talk.open(made)
    return DONE


def _made(defined: definitions.Defined) -> Iterator[str]:
    """Yield what the new master has, to be compared with the strategy, and what is doubtful in it."""
    yield f"{defined.path.name} を作りました。"
    yield f"{_counted(defined.counts)}。戦略の数と同じか、確かめてください。"
    if defined.doubts:
        yield "\nほかに確かめるところ:"
        yield from defined.doubts[:_MOST]
        if (left := len(defined.doubts) - _MOST) > 0:
            yield f"ほか {left} か所"


def _counted(counts: Mapping[str, int]) -> str:
    return (
        f"基本目標 {counts['goals']}、数値目標 {counts['headlines']}、施策 {counts['measures']}、"
        f"KPI {counts['kpis']}"
    )


def draft(path: Path, talk: Dialogs) -> int:
    """Make a draft of the definition workbook beside the strategy's document, and open it."""
    made = definitions.draft_definition(path, path.with_name(f"{path.stem}_定義.xlsx"))
    lacks = "".join(f"{line}\n\n" for line in draft_lacks(made.counts))
    talk.say(
        f"{path.name} から定義ブックの下書き({made.path.name})を作りました。"
        f"{_counted(made.counts)}、推定した欄 {made.guessed}(橙の欄)、"
        f"読み取れなかったもの {len(made.unread)}。\n\n"
        f"{lacks}"
        f"戦略と 1 行ずつ見比べて直し、保存して閉じてから、{made.path.name} で同じことを行ってください。",
        grave=bool(lacks),
    )
    talk.open(made.path)
    return DONE
