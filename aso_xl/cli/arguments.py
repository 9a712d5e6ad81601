"""The commands there are. Their options stand beside what they do, in ``commands/``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from .. import __version__
from .usage import CommandParser

COMMANDS: Final = {
    "template": "総合戦略の定義から評価ブック(.xlsx)を作ります",
    "check": "ブックの入力を確かめ、指摘をすべて示します",
    "mark": "指摘を書き込んだ、ブックの写しを作ります",
    "evaluate": "達成・未達成を判定し、集計します",
    "report": "検証報告書(Word文書)を作ります",
    "trace": "印字した数字がどのセルから来たか、だれが届けたか、どう計算したかを一覧にします",
    "export": "ブックの中身を JSON または CSV に書き出します",
    "base": "独自のひな形(.docx)を確かめるか、標準のひな形を取り出します",
    "definition": "総合戦略の定義を、Excel の定義ブックで作る・確かめる・書き換える",
    "split": "マスターを担当課ごとのブックに分けます",
    "status": "どの課が提出したかを一覧にします",
    "merge": "提出されたブックをマスターに取り込みます",
    "return": "確かめてほしいことのある課へ、ブックを差し戻します",
    "close": "評価年度を確定し、その記録をブックに残します",
    "next": "確定した年度の次の年度へ進みます",
    "revise": "改訂した定義に合わせて、入力を引き継いだ新しいマスターを作ります",
    "diff": "2 つのブックの違いを示します",
    "undo": "マスターを、最後に書き換える前のブックに戻します",
    "excel": "Excel のボタンを入れる・外す・調べる・配る",
}
"""Every command, a module of ``commands/``, and what the help says of it."""


def parser(typed: Sequence[str] | None = None) -> CommandParser:
    """Return the parser of all commands.

    Only the command among the words ``typed`` gets its options, so that a run imports no other;
    without words every one gets them.
    """
    top = CommandParser(
        prog="aso-xl", description="総合戦略の評価: 入力チェック・集計・検証報告書の作成"
    )
    version = f"%(prog)s {__version__}"
    top.add_argument("--version", action="version", version=version, help="版を表示します")
    commands = top.add_subparsers(
        dest="command",
        metavar="COMMAND",
        required=True,
        title="コマンド",
        help="することを選びます",
    )
    wanted = COMMANDS if typed is None else [word for word in typed if word in COMMANDS][:1]
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        if name in wanted:
            import_module(f".commands.{name}", __package__).arguments(command)
    return top
