"""What can be asked on the command line: every command with its options, in Japanese."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from .usage import CommandParser

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def parser() -> CommandParser:
    """Return the parser of all commands."""
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
    _template(commands)
    checked = _workbooks(commands, "check", "ブックの入力を確かめ、指摘をすべて示します")
    words = "文書(.docx)の数字が古くないかを、このブックと比べて示します"
    checked.add_argument("--against", type=Path, metavar="WORKBOOK", help=words)
    _workbooks(commands, "evaluate", "達成・未達成を判定し、集計します")
    report = _workbooks(commands, "report", "検証報告書(Word文書)を作ります")
    report.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE|DIR",
        help="保存先の文書名(.docx)またはフォルダー。"
        "省くと、いまのフォルダーかブックの隣の outputs に保存します",
    )
    report.add_argument(
        "--draft", action="store_true", help="エラーがあっても「下書き」と記して作ります"
    )
    report.add_argument(
        "--with-blanks",
        action="store_true",
        help="未入力があっても「下書き」と記しません(付けなければ、未入力のある文書は下書きです)",
    )
    report.add_argument(
        "--kind",
        action="append",
        metavar="検証|年次評価|概要版|担当課別",
        help="文書の種類。繰り返すか「すべて」と書くと、いくつも作ります。省くとブックの設定によります",
    )
    words = "職員が直した文書の数字・表・図だけを新しくし、文書の隣に番号を付けて保存します"
    report.add_argument("--update", type=Path, metavar="FILE", help=words)
    report.add_argument("--base", type=Path, metavar="FILE", help="独自のひな形(.docx)を使います")
    export = _command(commands, "export", "ブックの中身を JSON または CSV に書き出します")
    export.add_argument("workbook", type=Path, metavar="WORKBOOK", help="評価ブック(.xlsx)")
    export.add_argument("--csv", type=Path, metavar="DIR", help="CSV を保存するフォルダー")
    _base(commands)
    _sharing(commands)
    _excel(commands)
    return top


def _command(commands: _SubParsersAction[Any], name: str, words: str) -> Any:
    command = commands.add_parser(name, help=words, description=words)
    command.add_argument("--json", action="store_true", help="結果を JSON で出力します")
    return command


def _workbooks(commands: _SubParsersAction[Any], name: str, words: str) -> Any:
    """Return a new command on one or more workbooks in one round."""
    command = _command(commands, name, words)
    command.add_argument(
        "workbooks", type=Path, nargs="+", metavar="WORKBOOK", help="評価ブック(.xlsx)。いくつでも"
    )
    command.add_argument("--round", metavar="R10", help="評価年度。省くとブックの設定によります")
    return command


def _template(commands: _SubParsersAction[Any]) -> None:
    command = _command(commands, "template", "総合戦略の定義から評価ブック(.xlsx)を作ります")
    command.add_argument(
        "--strategy",
        default="third",
        metavar="third|second|FILE",
        help="総合戦略。第3期、第2期、または定義ファイル(省くと第3期)",
    )
    command.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="保存先のブック名(.xlsx)"
    )
    command.add_argument("--sample", action="store_true", help="記入例(架空の値)を入れて作ります")


def _base(commands: _SubParsersAction[Any]) -> None:
    command = _command(
        commands, "base", "独自のひな形(.docx)を確かめるか、標準のひな形を取り出します"
    )
    command.add_argument("file", type=Path, nargs="?", metavar="FILE", help="確かめるひな形(.docx)")
    _saved(command, "FILE", "標準のひな形を保存する文書名(.docx)")


def _sharing(commands: _SubParsersAction[Any]) -> None:
    """Add the commands by which workbooks travel between departments."""
    split = _on_master(commands, "split", "マスターを担当課ごとのブックに分けます")
    _saved(split, "DIR", "保存先のフォルダー")
    split.add_argument("--deadline", metavar="TEXT", help="ブックに表示する提出期限")
    status = _on_master(commands, "status", "どの課が提出したかを一覧にします")
    _places(status, "DIR")
    _saved(status, "FILE", "一覧を保存するブック名(.xlsx)")
    merge = _on_master(commands, "merge", "提出されたブックをマスターに取り込みます")
    _places(merge, "DIR|FILE")
    _saved(merge, "FILE", "マスターを変えずに別のブックへ保存します")
    strict = "入力チェックでエラーになる値を取り込みません"
    merge.add_argument("--strict", action="store_true", help=strict)
    diff = _command(commands, "diff", "2 つのブックの違いを示します")
    diff.add_argument("one", type=Path, metavar="A", help="評価ブック(.xlsx)")
    diff.add_argument("other", type=Path, metavar="B", help="比べる評価ブック(.xlsx)")
    _saved(diff, "FILE", "違いを保存するブック名(.xlsx)")
    _on_master(commands, "undo", "マスターを、最後に書き換える前のブックに戻します")


def _on_master(commands: _SubParsersAction[Any], name: str, words: str) -> Any:
    command = _command(commands, name, words)
    command.add_argument("master", type=Path, metavar="MASTER", help="評価ブック(.xlsx)")
    return command


def _places(command: Any, metavar: str) -> None:
    words = "提出されたブックのフォルダー、またはブック。いくつでも"
    command.add_argument("places", type=Path, nargs="+", metavar=metavar, help=words)


def _saved(command: Any, metavar: str, words: str) -> None:
    command.add_argument("-o", "--output", type=Path, metavar=metavar, help=words)


def _excel(commands: _SubParsersAction[Any]) -> None:
    words = "Excel のボタンを入れる・外す・調べる・配る"
    actions = commands.add_parser("excel", help=words, description=words).add_subparsers(
        dest="action", metavar="ACTION", required=True, title="すること", help="することを選びます"
    )
    install = _command(actions, "install", "Excel にボタンを、「送る」に項目を入れます")
    install.add_argument(
        "--desktop", action="store_true", help="ブックを落とすアイコンをデスクトップにも置きます"
    )
    _command(actions, "uninstall", "install で入れたものをすべて取り除きます")
    _command(actions, "doctor", "そろっているものと足りないものを示します")
    addin = _command(actions, "addin", "アドイン(.xlam)を取り出します")
    _output(addin, "FILE", "保存先のアドイン名(.xlam)")
    workbook = _command(actions, "button-workbook", "ボタンの付いたブック(.xlsm)を作ります")
    workbook.add_argument("master", type=Path, metavar="MASTER", help="評価ブック(.xlsx)")
    _output(workbook, "FILE", "保存先のブック名(.xlsm)")
    bundle = _command(
        actions, "bundle", "インターネットのないPCに入れるための配布フォルダーを作ります"
    )
    _output(bundle, "DIR", "新しく作るフォルダー")


def _output(command: Any, metavar: str, words: str) -> None:
    command.add_argument("-o", "--output", type=Path, required=True, metavar=metavar, help=words)
