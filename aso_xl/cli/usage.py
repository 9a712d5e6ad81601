"""An argument parser that speaks Japanese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, Final, NoReturn

from ..console import complain

_COMPLAINTS: Final = (
    (r"the following arguments are required: (.+)", "{0} を指定してください。"),
    (r"unrecognized arguments: (.+)", "{0} という指定はありません。"),
    (r"argument (.+?): expected .*argument.*", "{0} に続けて値を書いてください。"),
    (
        r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)",
        "{0} に「{1}」は使えません。{2} のどれかを書いてください。",
    ),
    (r"argument (.+?): ignored explicit argument .+", "{0} に値は付けられません。"),
)
_METAVARS: Final = {"COMMAND": "コマンド", "ACTION": "すること", "WORKBOOK": "ブック"}


class Formatter(argparse.HelpFormatter):
    """Help in which the word for usage is Japanese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


class CommandParser(argparse.ArgumentParser):
    """A parser whose help and complaints are Japanese; a wrong call ends with exit code 2."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=Formatter, add_help=False, allow_abbrev=False, **settings)
        self._positionals.title = "指定するもの"
        self._optionals.title = "オプション"
        self.add_argument("-h", "--help", action="help", help="この使い方を表示します")

    def error(self, message: str) -> NoReturn:
        """Say in one sentence what is wrong with the call and end with exit code 2."""
        complain(f"{translated(message)}使い方は {self.prog} --help で表示します。")
        sys.exit(2)


def translated(message: str) -> str:
    """Return argparse's complaint in Japanese."""
    for pattern, sentence in _COMPLAINTS:
        if complaint := re.fullmatch(pattern, message, re.DOTALL):
            words = [_METAVARS.get(word, word.replace("'", "")) for word in complaint.groups()]
            return sentence.format(*words)
    return f"指定のしかたを確かめてください({message})。"
