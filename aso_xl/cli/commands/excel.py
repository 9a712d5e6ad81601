"""``aso-xl excel …``: how the buttons get into Excel, out of it again, and onto other PCs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...console import pad, paragraphs
from ...files.inputs import read_input
from ...office.suffixes import MACRO_BOOK
from .. import options
from ..each import Printout, show
from ..saved_file import save
from ..targets import ADDIN, named


def arguments(parser: ArgumentParser) -> None:
    """Declare the actions, each with its own options."""
    action = options.actions(parser)
    install = action("install", "Excel にボタンを、「送る」に項目を入れます")
    words = "ブックを落とすアイコンをデスクトップにも置きます"
    install.add_argument("--desktop", action="store_true", help=words)
    action("uninstall", "install で入れたものをすべて取り除きます")
    action("doctor", "そろっているものと足りないものを示します")
    addin = action("addin", "アドイン(.xlam)を取り出します")
    options.output(addin, "FILE", "保存先のアドイン名(.xlam)", required=True)
    workbook = action("button-workbook", "ボタンの付いたブック(.xlsm)を作ります")
    workbook.add_argument("master", type=Path, metavar="MASTER", help="評価ブック(.xlsx)")
    options.output(workbook, "FILE", "保存先のブック名(.xlsm)", required=True)
    bundle = action("bundle", "インターネットのないPCに入れるための配布フォルダーを作ります")
    options.output(bundle, "DIR", "新しく作るフォルダー", required=True)


def run(args: Namespace) -> int:
    """Return the exit code of the action: ``doctor`` returns 1 if something is missing."""
    actions = {
        "install": _install,
        "uninstall": _uninstall,
        "doctor": _doctor,
        "addin": _addin,
        "button-workbook": _button_workbook,
        "bundle": _bundle,
    }
    return actions[args.action](args)


def _install(args: Namespace) -> int:
    from ...excel.install import install
    from ...excel.install.computer import Computer

    done = install.install(Computer.this(), install.packaged_addin(), desktop=args.desktop)
    payload = {"installed": [str(path) for path in done.files], "notes": list(done.notes)}
    lines = ["次のものを置きました。", *(f"  {path}" for path in done.files), *done.notes]
    lines.append("Excel が開いていれば、すべて閉じて開き直してください。「総合戦略」タブが出ます。")
    return show(Printout(payload, lines), as_json=args.json)


def _uninstall(args: Namespace) -> int:
    import os

    from ...excel.install import install
    from ...excel.install.folders import Folders

    done = install.uninstall(Folders.of(os.environ))
    kept = [{"path": str(path), "reason": reason} for path, reason in done.kept]
    payload = {"removed": [str(path) for path in done.removed], "kept": kept}
    lines = ["次のものを削除しました。", *(f"  {path}" for path in done.removed)]
    if not done.removed:
        lines = ["インストールされたものはありません。"]
    lines += [f"残したもの: {path}: {reason}" for path, reason in done.kept]
    return show(Printout(payload, lines), as_json=args.json)


def _doctor(args: Namespace) -> int:
    from ...excel.install import doctor, install
    from ...excel.install.computer import Computer

    if sys.platform == "win32":
        items = doctor.examined(Computer.this(), install.packaged_addin())
    else:
        items = doctor.elsewhere()
    missing = [item for item in items if item.ok is False]
    words = {True: "○", False: "× 不足", None: "? 不明"}
    lines = [f"{pad(words[item.ok], 8)}{item.finding}{item.remedy}" for item in items]
    lines.append(f"足りないものが {len(missing)}件あります。" if missing else "そろっています。")
    payload = {"complete": not missing, "items": [item.to_json() for item in items]}
    printout = Printout(payload, paragraphs(lines, 8), bool(missing))
    return show(printout, as_json=args.json)


def _addin(args: Namespace) -> int:
    from ...excel.install.install import packaged_addin

    return save(named(args.output, ADDIN), packaged_addin(), as_json=args.json)


def _button_workbook(args: Namespace) -> int:
    from ...excel.addin.button_workbook import make

    wanted = named(args.output, MACRO_BOOK)
    return save(wanted, make(read_input(args.master)), as_json=args.json)


def _bundle(args: Namespace) -> int:
    from ...excel.bundle.bundle import bundle, contents

    folder = bundle(args.output)
    wheels, pythons = contents(folder)
    payload = {"output": str(folder), "pythons": pythons, "wheels": wheels}
    lines = [f"{folder} を作りました({len(wheels)} 個の wheel、Python {'、'.join(pythons)} 用)。"]
    lines.append("フォルダー全体をPCに運び、中の install.cmd を実行してください。")
    return show(Printout(payload, lines), as_json=args.json)
