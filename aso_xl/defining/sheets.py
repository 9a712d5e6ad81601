"""What stands where in a definition workbook: sheets, columns, the words that can be chosen.

The builder writes by this and the reader finds by this: sheets by name, columns by heading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from ..domain.rule import Rule
from ..strategies import more

PLAN, GOALS, INDICATORS = "総合戦略", "基本目標と施策", "指標"
RELATIONS, GRADES, FIELDS, REVISIONS = "関係", "評価区分", "追加の欄", "改訂"
GUIDE, ENTRIES, REPAIRS = "書き方", "はじめの値", "読み替えの記録"
NEEDED: Final = (PLAN, GOALS, INDICATORS, RELATIONS, GRADES, FIELDS)
SHEETS: Final = (*NEEDED, REVISIONS)
"""The sheets of every new book; one without 改訂 was made before there was one."""
DEPARTMENTS: Final = "担当課の一覧"
"""Heading of the list below the table of 総合戦略."""
NONE: Final = "(なし)"
"""Stands for a list that is written down and empty."""
YES, NO = "○", "×"
SEPARATOR: Final = "、"
SEPARATORS: Final = "[、,，]"

Kind = Literal[
    "text", "lines", "figure", "year", "years", "whole", "flag", "list", "choice", "id", "ids"
]
"""What is typed: ``text`` on one line (line ends of a pasted one are closed), ``lines`` on several."""


@dataclass(frozen=True)
class Column:
    """A column (of 総合戦略: a row): its key, heading and width, and what is typed in it.

    ``choices`` are the words that can be chosen, by what stands for them in a definition.
    """

    key: str
    head: str
    width: int
    prompt: str
    kind: Kind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    is_needed: bool = False


def _choice(key: str, head: str, width: int, prompt: str, words: Mapping[str, str]) -> Column:
    return Column(key, head, width, prompt, "choice", words)


PLAN_ROWS: Final = (
    Column("id", "番号", 0, "変えない番号。半角で、例: aso-3", is_needed=True),
    Column("title", "名称", 0, "正式な名称", is_needed=True),
    Column("short_title", "略称", 0, "例: 第3期総合戦略", is_needed=True),
    Column("municipality", "市町村", 0, "例: 阿蘇市", is_needed=True),
    Column("period", "計画期間", 0, "初年度と最終年度。例: R8～R11", "years", is_needed=True),
    Column("rounds", "評価年度", 0, "評価する年度のすべて。例: R7～R11", "years", is_needed=True),
    Column(
        "round", "はじめの評価年度", 0, "新しいブックで選ばれている年度", "year", is_needed=True
    ),
    Column("baseline_year", "基準年度", 0, "指標に書かないときの基準年度。例: R6", "year"),
    Column("target_year", "目標年度", 0, "指標に書かないときの目標年度。例: R10", "year"),
    Column("stated_kpi_total", "本文のKPI数", 0, "本文に書かれた KPI の数(なければ空欄)", "whole"),
    _choice(
        "judged_against", "判定の相手", 0, "空欄なら、最終の目標値で判定します", more.JUDGED_AGAINST
    ),
    _choice("progress", "進捗率", 0, "空欄なら、基準値からの進みです", more.PROGRESS),
    _choice("rounding", "率の端数", 0, "空欄なら、切り捨てます", more.ROUNDING),
)
GOAL_COLUMNS: Final = (
    Column("goal", "基本目標", 9, "基本目標の番号(1、2、…)", "whole", is_needed=True),
    Column("measure", "施策", 8, "施策の番号。基本目標の行では空欄にします", "whole"),
    Column("label", "印字する番号", 14, "戦略に印字されている番号。例: 基本目標Ⅰ、(1)"),
    Column("name", "名称", 60, "基本目標または施策の名称", is_needed=True),
    Column("group", "上の見出し", 24, "施策の上に立つ見出し。例: ア 農業"),
    Column("total", "KPIの項目数", 11, "KPI の一覧がなく、数だけ公表されているとき", "whole"),
    Column("achieved", "うち達成", 9, "同じく、達成した項目数", "whole"),
    Column(
        *("was", "前の番号", 12, "改訂で番号が変わったとき。施策は 1-02、基本目標は 1 のように"),
        "ids",
    ),
)
KINDS: Final = {"headline": "数値目標", "kpi": "KPI"}
_RULES: Final = {rule.label: rule.label for rule in Rule}
INDICATOR_COLUMNS: Final = (
    Column("id", "番号", 10, "空欄なら自動で付きます。一度付いた番号は変えません", "id"),
    Column("goal", "基本目標", 9, "基本目標の番号", "whole"),
    Column(
        "measure", "施策", 7, "施策の番号。数値目標と、基本目標に直接付く KPI では空欄", "whole"
    ),
    _choice("kind", "種類", 10, "数値目標か KPI", KINDS),
    Column("label", "印字する番号", 9, "戦略に印字されている番号。例: ①"),
    Column("name", "名称", 44, "指標の名称", is_needed=True),
    Column("unit", "単位", 9, "空欄なら、基準値・目標値に書かれた単位を使います"),
    Column(
        "baseline",
        "基準値",
        14,
        "印字のとおりに。例: 1,020人、△10、－(なし)、新規",
        "figure",
    ),
    Column("baseline_year", "基準年度", 9, "「総合戦略」の基準年度と違うとき。例: R5", "year"),
    Column(
        "target",
        "目標値",
        14,
        "印字のとおりに。例: 1,170人、6.5%未満、10位以内、増加",
        "figure",
        is_needed=True,
    ),
    Column("target_year", "目標年度", 9, "「総合戦略」の目標年度と違うとき。例: R11", "year"),
    _choice(
        "rule",
        "判定方法",
        9,
        "空欄なら、目標値が基準値より大きければ以上、小さければ以下です",
        _RULES,
    ),
    Column("printed_baseline", "印字する基準値", 12, "数字の代わりに印字する文字。例: 新規"),
    Column("printed_target", "印字する目標値", 12, "数字の代わりに印字する文字。例: 延伸"),
    _choice("aggregate", "値の合わせ方", 10, "空欄なら、最新の値です", more.AGGREGATE),
    Column("from", "尋ねる最初", 9, "尋ねる最初の評価年度(空欄なら、どの年度も)", "year"),
    Column("until", "尋ねる最後", 9, "尋ねる最後の評価年度(空欄なら、どの年度も)", "year"),
    Column("lag", "公表の遅れ", 9, "公表が遅れる年数。2 なら、2 年度前の値を入れます", "whole"),
    Column("cumulative", "累計", 7, "減ることのない累計なら ○", "flag"),
    Column("signed", "負の数", 7, "負になりうるなら ○", "flag"),
    Column("over_100", "100%超", 8, "100% を超えうるなら ○", "flag"),
    Column("money", "億で印字", 8, "「1,241億5,500万円」のように印字するなら ○", "flag"),
    Column("department", "担当課", 14, "戦略に書かれているときだけ"),
    Column(
        *("statement", "検証に印字する文", 40),
        "例: 転入者数を1,170人にする。定性では必ず書きます",
        "lines",
    ),
    Column("source", "資料", 30, "数値の出どころ。例: 住民基本台帳", "lines"),
    Column("note", "注意", 30, "入力する人への注意(※の文)", "lines"),
    Column("was", "前の番号", 12, "改訂で番号が変わったとき、前の番号。例: 1-01-2", "ids"),
    Column("factor", "単位の倍率", 10, "改訂で単位が変わったとき、前の値に掛ける数。例: 0.001"),
)
RELATION_KINDS: Final = {
    "derived": "計算で決まる",
    "same": "同じ値",
    "part": "内訳",
    "together": "1つの指標",
}
RELATION_COLUMNS: Final = (
    _choice("kind", "種類", 14, "値どうしの関係", RELATION_KINDS),
    Column("name", "名称", 30, "「1つの指標」の名称。例: 健康寿命"),
    Column("ids", "指標", 34, "指標の番号。いくつもあるときは「、」で区切ります", "ids"),
    Column("plus", "足す指標", 24, "「計算で決まる」とき", "ids"),
    Column("minus", "引く指標", 24, "「計算で決まる」とき", "ids"),
    Column("whole", "全体の指標", 14, "「内訳」のとき: 指標は、この指標を超えません", "id"),
)
GRADE_COLUMNS: Final = (
    Column("name", "区分", 16, "よいものから順に。例: A、◎", is_needed=True),
    Column("at_least", "下限(%)", 12, "この値以上なら、この区分。最後の区分は空欄", "figure"),
    _choice("of", "何で分けるか", 18, "どの区分も同じに。空欄なら進捗率", more.GRADE_OF),
)
FIELD_COLUMNS: Final = (
    Column("key", "記号", 14, "変えない名前。半角の英字で、例: budget", is_needed=True),
    Column("name", "印字する名前", 24, "例: 決算額", is_needed=True),
    _choice("at", "付く所", 12, "どこに付く欄か", more.FIELD_AT),
    _choice("type", "書くもの", 12, "空欄なら文", more.FIELD_TYPE),
    Column("unit", "単位", 10, "数値のとき。例: 千円"),
    _choice("by", "書く人", 12, "空欄なら担当課。事務局の欄は配布しません", more.FIELD_BY),
    Column("print", "印字", 8, "文書に印字するなら ○", "flag"),
    Column("choices", "選択肢", 44, "選択のとき。「、」で区切ります", "list"),
    Column("optional", "空でもよい", 10, "空でも記入を求めないなら ○", "flag"),
    _choice("role", "役割", 14, "意見と、その対応を書く欄のとき。ほかは空欄", more.FIELD_ROLE),
)
REVISION_COLUMNS: Final = (
    Column("id", "指標", 12, "改訂した指標の番号。例: 1-01-2", "id", is_needed=True),
    Column("from", "適用", 9, "新しい値で判定する最初の評価年度。例: R9", "year", is_needed=True),
    Column("target", "新しい目標値", 16, "印字のとおりに。変わったときだけ。例: 430人", "figure"),
    Column("target_year", "新しい目標年度", 10, "変わったときだけ", "year"),
    Column("baseline", "新しい基準値", 16, "変わったときだけ", "figure"),
    Column("baseline_year", "新しい基準年度", 10, "変わったときだけ", "year"),
    _choice("rule", "新しい判定方法", 10, "変わったときだけ", _RULES),
    Column("printed_target", "印字する目標値", 14, "数字の代わりに印字する文字。例: 延伸"),
    Column("reason", "改訂の理由", 60, "新旧対照表に印字します", "lines"),
)
ENTRY_KINDS: Final = {
    "settings": "設定",
    "actuals": "実績値",
    "remarks": "備考",
    "departments": "担当課",
    "measures": "施策の文",
    "indicators": "指標の追加の欄",
    "goals": "基本目標の追加の欄",
}
ENTRY_COLUMNS: Final = (
    _choice("kind", "種類", 12, "何の値か", ENTRY_KINDS),
    Column("of", "番号・項目", 20, "指標・施策・基本目標の番号、設定の項目"),
    Column("at", "年度・欄", 14, "実績値の年度、欄の名前(取組など)"),
    Column("value", "値", 70, "値", "lines"),
)
REPAIR_COLUMNS: Final = (
    Column("place", "場所", 24, "原文の場所", "lines"),
    Column("stood", "元の文字", 44, "原文に書かれていた文字", "lines"),
    Column("read_as", "読み", 44, "どう読んだか", "lines"),
    Column("reason", "理由", 50, "そう読んだ理由", "lines"),
    Column("confirm", "原本で確認", 11, "印刷された原本で確かめるなら ○", "flag"),
)
COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    GOALS: GOAL_COLUMNS,
    INDICATORS: INDICATOR_COLUMNS,
    RELATIONS: RELATION_COLUMNS,
    GRADES: GRADE_COLUMNS,
    FIELDS: FIELD_COLUMNS,
    REVISIONS: REVISION_COLUMNS,
    ENTRIES: ENTRY_COLUMNS,
    REPAIRS: REPAIR_COLUMNS,
}
TARGET_OF: Final = "targets."
"""Key of a column of one round's targets: ``targets.R8``; its heading is the round."""
