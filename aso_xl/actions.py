"""The actions there are for staff: one table for ribbon, buttons, icons, commands and their docs.

A new action is a row here and the function it names; tests/test_actions.py then names what else has
to know it (ribbon.xml, the launcher's Subs, the pages of the docs).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import Any, Final

TITLE: Final = "総合戦略"
"""The tab of the ribbon, the title of every dialog, the first word of every shortcut."""

SHEET_GROUP, SHARING_GROUP, YEAR_GROUP = "評価ブック", "各課との共有", "年度"


class Door(Enum):
    """Where an action can be started, beside the command line."""

    RIBBON = "Excel のタブ"
    GOAL_SHEETS = "ボタン付きブックの基本目標のシート"
    GUIDE_SHEET = "ボタン付きブックの使い方"
    ICON = "「送る」とデスクトップのアイコン"


EVERYWHERE: Final = frozenset(Door)
NOT_ON_GOALS: Final = EVERYWHERE - {Door.GOAL_SHEETS}


@dataclass(frozen=True)
class Action:
    """One thing that staff can have done.

    ``job`` names the function of an action on a master (excel/master.py), the same for button and
    icon; where those differ, ``button`` and ``icon`` name theirs, and what no button starts names
    ``icon`` alone. ``document`` is what the icon does with a document instead, ``pair`` with two files
    that belong together. What ``is_alone`` needs no
    workbook: its button is given the Excel, its icon maybe no file. ``command`` does the
    same on the command line.
    """

    name: str
    label: str
    help: str
    doing: str
    group: str
    image: str
    macro: str
    command: str
    doors: frozenset[Door]
    job: str = ""
    button: str = ""
    icon: str = ""
    document: str = ""
    pair: str = ""
    is_alone: bool = False

    @property
    def shortcut(self) -> str:
        """Return the file name of the icon."""
        return f"{TITLE} {self.label}.lnk"


_ROWS: Final = (
    Action(
        name="new",
        label="新しいブック",
        help="総合戦略の新しい評価ブックを、開いているブックの横(なければデスクトップ)に作って開きます。",
        doing="新しい評価ブックを作成しています…",
        group=SHEET_GROUP,
        image="FileNew",
        macro="AsoNew",
        command="template",
        doors=frozenset({Door.RIBBON, Door.ICON}),
        button="excel.buttons.new_book:new",
        icon="excel.icons.new_book:new",
        is_alone=True,
    ),
    Action(
        name="check",
        label="入力チェック",
        help="開いている評価ブックの入力を確かめ、指摘を「検証結果」シートに一覧にします。"
        "保存していない入力も対象です。",
        doing="入力チェック中です…",
        group=SHEET_GROUP,
        image="AcceptInvitation",
        macro="AsoCheck",
        command="check",
        doors=EVERYWHERE,
        button="excel.buttons.workbook:check",
        icon="excel.icons.workbook:check",
        document="excel.icons.document:compare",
    ),
    Action(
        name="calculate",
        label="集計",
        help="基本目標ごとの達成数と達成率を数え、「集計」シートの式と一致するかを確かめます。",
        doing="集計しています…",
        group=SHEET_GROUP,
        image="AutoSum",
        macro="AsoCalculate",
        command="evaluate",
        doors=EVERYWHERE,
        button="excel.buttons.workbook:calculate",
        icon="excel.icons.workbook:calculate",
    ),
    Action(
        name="report",
        label="Word作成",
        help="入力を確かめて集計し、検証のWord文書をブックの横の outputs フォルダーに作って開きます。",
        doing="Word文書を作成しています…",
        group=SHEET_GROUP,
        image="ExportWord",
        macro="AsoReport",
        command="report",
        doors=EVERYWHERE,
        button="excel.buttons.workbook:report",
        icon="excel.icons.workbook:report",
        document="excel.icons.document:renew",
    ),
    Action(
        name="split",
        label="配布",
        help="担当課ごとのブックを、ブックの横の新しいフォルダーに作ります。",
        doing="各課へ配るブックを作成しています…",
        group=SHARING_GROUP,
        image="FileSendAsAttachment",
        macro="AsoSplit",
        command="split",
        doors=NOT_ON_GOALS,
        job="excel.sharing:split",
    ),
    Action(
        name="status",
        label="回収状況",
        help="ブックの横の「提出」フォルダーにあるブックを調べ、どの課が何件入力したかを一覧にします。",
        doing="回収状況を調べています…",
        group=SHARING_GROUP,
        image="TableInsert",
        macro="AsoStatus",
        command="status",
        doors=NOT_ON_GOALS,
        job="excel.sharing:status",
    ),
    Action(
        name="merge",
        label="統合",
        help="「提出」フォルダーのブックをこのブックに取り込みます。食い違いは「競合」シートに示し、"
        "統合前のブックは「履歴」フォルダーに残します。",
        doing="提出されたブックを統合しています…",
        group=SHARING_GROUP,
        image="ReviewCombineRevisions",
        macro="AsoMerge",
        command="merge",
        doors=NOT_ON_GOALS,
        job="excel.sharing:merge",
    ),
    Action(
        name="return",
        label="差戻し",
        help="指摘か照会のある課のブックを、書き込んで新しいフォルダーに作ります。"
        "届いたブックがない課には、配るブックを作ります。「照会」の回答は統合で入ります。",
        doing="差し戻すブックを作成しています…",
        group=SHARING_GROUP,
        image="ReviewNewComment",
        macro="AsoReturn",
        command="return",
        doors=NOT_ON_GOALS,
        job="excel.sharing:send_back",
    ),
    Action(
        name="close",
        label="年度の確定",
        help="評価年度を確定し、値・判定・文を「確定記録」シートに残します。エラーや競合があるときは確定しません。",
        doing="年度を確定しています…",
        group=YEAR_GROUP,
        image="Lock",
        macro="AsoClose",
        command="close",
        doors=NOT_ON_GOALS,
        job="excel.years:close",
    ),
    Action(
        name="next",
        label="次年度へ",
        help="確定した年度の次の年度へ進みます。その年度の欄が開き、前年の文は欄を選ぶと横に出ます。",
        doing="次年度の準備をしています…",
        group=YEAR_GROUP,
        image="GoToNextRecord",
        macro="AsoNext",
        command="next",
        doors=NOT_ON_GOALS,
        job="excel.years:begin_next",
    ),
    Action(
        name="define",
        label="評価ブックを作る",
        help="定義ブックから評価ブックを隣に作ります。直すところがあれば、書き込んだ写しを開きます。"
        "総合戦略のWord文書からは、定義ブックの下書きを作ります。評価ブックからは、その定義ブックを"
        "書き出し、直した定義ブックと評価ブックの 2 つを選ぶと、評価ブックを改訂します。次の総合戦略の"
        "定義と前の評価ブックの 2 つなら、次の評価ブックを作ります。",
        doing="評価ブックを作成しています…",
        group=SHEET_GROUP,
        image="",
        macro="",
        command="template",
        doors=frozenset({Door.ICON}),
        icon="excel.icons.definition:build",
        document="excel.icons.definition:draft",
        pair="excel.icons.with_master:build",
    ),
)

ACTIONS: Final = {action.name: action for action in _ROWS}
"""Every action by name, in the order in which ribbon and docs show them."""


def at(door: Door) -> tuple[Action, ...]:
    """Return the actions that can be started there, in order."""
    return tuple(action for action in ACTIONS.values() if door in action.doors)


def function(name: str) -> Any:
    """Return the function named as ``room.module:function``; imported only now."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(f".{module}", __package__), attribute)
