"""Every finding there is: code, severity, title, and the words of finding and remedy.

A check, and whoever reads a workbook, names these objects; their codes are for JSON and the docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import Final, assert_never

from . import words


class Severity(StrEnum):
    """How grave a finding is: an error stops the report, a warning and an info do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def word(self) -> str:
        """Return how staff are told it."""
        match self:
            case Severity.ERROR:
                return words.ERROR
            case Severity.WARNING:
                return words.WARNING
            case Severity.INFO:
                return words.INFO
        assert_never(self)


@dataclass(frozen=True)
class IssueKind:
    """What one code means. ``finding`` and ``remedy`` are sentences with {named} gaps."""

    code: str
    severity: Severity
    title: str
    finding: str
    remedy: str

    @property
    def gaps(self) -> frozenset[str]:
        """Return the names of the gaps in its two sentences."""
        found = Formatter().parse(self.finding + self.remedy)
        return frozenset(name for _, name, _, _ in found if name)


@dataclass(frozen=True)
class Family:
    """Kinds of findings that stand together on the page of findings, in their order there."""

    title: str
    kinds: list[IssueKind] = field(default_factory=list)

    def error(self, code: str, title: str, finding: str, remedy: str) -> IssueKind:
        return self._add(IssueKind(code, Severity.ERROR, title, finding, remedy))

    def warning(self, code: str, title: str, finding: str, remedy: str) -> IssueKind:
        return self._add(IssueKind(code, Severity.WARNING, title, finding, remedy))

    def info(self, code: str, title: str, finding: str, remedy: str) -> IssueKind:
        return self._add(IssueKind(code, Severity.INFO, title, finding, remedy))

    def _add(self, kind: IssueKind) -> IssueKind:
        self.kinds.append(kind)
        return kind


_MARKS = "未公表・集計中・対象外"
_RETYPE = "数値を確かめて入力し直してください。"
_REBUILD = "新しいブックを作り(aso-xl template)、入力した値を写してください。"

VALUES: Final = Family("入力された値")
EXCEL_ERROR: Final = VALUES.error(
    "excel-error",
    "Excel のエラー値",
    "{value} という Excel のエラーになっています。",
    "数式を直すか、実績値を数値で入力してください。",
)
FORMULA_NO_VALUE: Final = VALUES.error(
    "formula-no-value",
    "計算結果のない数式",
    "数式の計算結果が保存されていません。",
    "Excel で開いて再計算し、上書き保存してください。",
)
BOOLEAN: Final = VALUES.error(
    "boolean", "TRUE/FALSE", "数値の欄に {value} が入っています。", "実績値を入力してください。"
)
DATE: Final = VALUES.error(
    "date",
    "日付",
    "数値の欄に日付または時刻({value})が入っています。",
    "セルの表示形式を数値に戻し、実績値を入力し直してください。",
)
NOT_A_NUMBER: Final = VALUES.error(
    "not-a-number",
    "数値として読めない",
    "「{value}」は数値として読めません。",
    "{better} の意味でしたら、数字だけで {better} と入力してください。",
)
EXTREME: Final = VALUES.error(
    "extreme", "桁が多すぎる数", "{value} は、実績値としては桁が多すぎます。", _RETYPE
)
UNKNOWN_MARK: Final = VALUES.error(
    "unknown-mark",
    "使えない記入",
    "「{value}」という記入は使えません。",
    f"数値、または {_MARKS} のどれかを入力してください。",
)
NO_VALUE_MARK: Final = VALUES.warning(
    "no-value-mark",
    "理由のない「－」",
    "「{value}」では、値がない理由がわかりません。",
    f"実績値、または {_MARKS} のどれかを入力してください。",
)
NOT_A_VERDICT: Final = VALUES.error(
    "not-a-verdict",
    "達成・未達成でない",
    "達成か未達成かで答える指標に「{value}」と入力されています。",
    "達成 または 未達成 を選んでください。",
)
RULE_TYPED: Final = VALUES.error(
    "rule-typed",
    "範囲で書かれた値",
    "「{value}」は目標のような範囲の書き方で、実績の値がわかりません。",
    "実績値を数字だけで入力してください(ちょうど {better} でしたら {better})。",
)
PERCENT_FRACTION: Final = VALUES.error(
    "percent-fraction",
    "1/100 の割合",
    "パーセントの入力のしかたにより、{value} として保存されています。",
    "{better}% でしたら、表示形式を標準に戻し、{better} と入力してください。",
)
PERCENT_UNCLEAR: Final = VALUES.warning(
    "percent-unclear",
    "割合かどうか不明",
    "{value}% なのか {better}% なのか、はっきりしません。",
    "{better}% でしたら {better} と入力してください。{value}% で正しければ、そのままで構いません。",
)
NUMERAL_READ: Final = VALUES.info(
    "numeral-read",
    "文字の数値",
    "「{value}」を {better} と読みました。",
    "違う場合は、数字だけで入力し直してください。",
)
NEGATIVE: Final = VALUES.error(
    "negative", "負の数", "負にならない指標の実績値が {value} になっています。", _RETYPE
)
FRACTIONAL_COUNT: Final = VALUES.error(
    "fractional-count",
    "件数の小数",
    "人数や件数など、数を数える指標に小数({value})が入っています。",
    "整数で入力してください。",
)
NOT_A_RANK: Final = VALUES.error(
    "not-a-rank",
    "順位でない数",
    "順位は 1 以上の整数ですが、{value} と入力されています。",
    "順位を確かめて入力し直してください。",
)
OVER_100: Final = VALUES.error(
    "over-100", "100%超", "割合が 100% を超えています({value})。", _RETYPE
)
TOO_MANY_DECIMALS: Final = VALUES.info(
    "too-many-decimals",
    "小数の桁数",
    "{digits}の指標に、{value} と入力されています。",
    "入力されたままの値で判定します。",
)

NOT_ASKED: Final = VALUES.warning(
    "not-asked",
    "尋ねない年度の値",
    "この年度には尋ねない指標({asked})に、{value} と入力されています。判定には使いません。",
    "年度の列を確かめ、不要なら消してください。",
)

LOOKS: Final = Family("文字飾りと表示形式")
STRUCK_TEXT: Final = LOOKS.warning(
    "struck-text",
    "取り消し線の文字",
    "取り消し線の「{left_out}」を除き、「{value}」と読みました。",
    "取り消した文字を消してください。",
)
RAISED_TEXT: Final = LOOKS.warning(
    "raised-text",
    "上付き・下付きの文字",
    "小さく書かれた「{left_out}」(注番号など)を除き、「{value}」と読みました。",
    "違う場合は入力し直し、注は備考に書いてください。",
)
RAISED_KEPT: Final = LOOKS.info(
    "raised-kept",
    "上付き・下付きの文字",
    "上付きまたは下付きの「{left_out}」を、「{value}」として読みました。",
    "違う場合は書き直してください。",
)
STRUCK_CELL: Final = LOOKS.error(
    "struck-cell",
    "取り消し線のセル",
    "「{left_out}」は全体に取り消し線が引かれているため、読みません。",
    "有効なら取り消し線を外し、取り消したのなら消してください。",
)
RAISED_CELL: Final = LOOKS.error(
    "raised-cell",
    "上付き・下付きのセル",
    "「{value}」は全体が上付きまたは下付きの文字で、値か注番号かがわかりません。",
    "セルの書式設定で文字飾りを外すか、値を入力し直してください。",
)
FORMAT_MISLEADS: Final = LOOKS.error(
    "format-misleads",
    "表示形式による別の数",
    "{value} が、表示形式({format})により別の数に見えています。",
    "表示形式を標準に戻し、正しい値かを確かめてください。",
)
FORMAT_HIDES: Final = LOOKS.error(
    "format-hides",
    "見えない入力",
    "入力されている {value} が、表示形式({format})により見えません。",
    "表示形式を標準に戻し、正しい値かを確かめてください。",
)
ZERO_HIDDEN: Final = LOOKS.warning(
    "zero-hidden",
    "見えない 0",
    "入力されている {value} が、表示形式({format})により空欄や － に見えます。{value} と読みました。",
    "未入力なら消してください。{value} でよければ、表示形式を標準に戻してください。",
)
STORED_BROKEN: Final = LOOKS.error(
    "stored-broken",
    "保存された値の破損",
    "保存されている値({left_out})が壊れています。",
    "Excel で開いて入力し直し、保存してください。",
)

SERIES: Final = Family("年度の並び")
DIGIT_SLIP: Final = SERIES.warning(
    "digit-slip",
    "桁違い",
    "{value} は、基準値・目標値やほかの年度の値と桁が違うようです。",
    "{better} 前後ではないか、桁を確かめてください。",
)
FAR_OFF: Final = SERIES.warning(
    "far-off",
    "かけ離れた値",
    "{value} は、基準値・目標値やほかの年度の値({expected})からかけ離れています。",
    "値・単位・行を確かめてください。正しければ、そのままで構いません。",
)
ROW_SLIP: Final = SERIES.warning(
    "row-slip",
    "隣の行の値",
    "{value} は、この指標の値({expected})からかけ離れ、隣の行「{other}」の値({theirs})に近い値です。",
    "行の取り違えや、1行ずれた貼り付けがないかを確かめてください。",
)
PAST_CHANGED: Final = SERIES.warning(
    "past-changed",
    "変わった過去の値",
    "評価年度より前の値です。{since}のときは {before} でしたが、{now} に変わっています。",
    "誤って変えたのなら元に戻してください。訂正でしたら、そのままで構いません(次の統合のあとは知らせません)。",
)
CUMULATIVE_FALLING: Final = SERIES.error(
    "cumulative-falling",
    "累計の減少",
    "累計の値 {value} が、{reference} より小さくなっています。",
    "累計で入力しているか、前の値が正しいかを確かめてください。",
)
SINGLE_TYPED: Final = SERIES.error(
    "single-typed",
    "累計の欄の単年の値",
    "累計を入れる指標に {value} と入力されていますが、{reference} より小さく、その年度だけの値のようです。",
    "それまでの累計に加えた値({better})でしたら、その値を入力してください。",
)
SUM_TYPED: Final = SERIES.warning(
    "sum-typed",
    "単年の欄の累計",
    "年度ごとの値を入れると合計する指標ですが、{value} はそれまでの値({earlier})を含む累計のようです。",
    "累計でしたら、その年度だけの値({better})に直してください。その年度だけの値でしたら、そのままで構いません。",
)
TERM_OPEN: Final = SERIES.warning(
    "term-open",
    "そろっていない年度",
    "{word}に入れる {round} の値が{state}のため、評価年度の判定ができません。",
    "実績値、または 未公表・対象外 を入力してください。",
)
FUTURE_ACTUAL: Final = SERIES.warning(
    "future-actual",
    "先の年度の値",
    "評価年度({evaluated})より後の年度に実績値が入っています。",
    "入力する列と、設定の評価年度を確かめてください。",
)
BLANK: Final = SERIES.warning(
    "blank",
    "未入力",
    "評価年度の実績値が未入力です。",
    f"実績値、または {_MARKS} のどれかを入力してください。",
)
PENDING: Final = SERIES.info(
    "pending", "集計中", "評価年度の値が集計中です。", "確定したら入力してください。"
)

RELATIONS: Final = Family("値どうしの関係")
DERIVED_MISMATCH: Final = RELATIONS.error(
    "derived-mismatch",
    "計算値との不一致",
    "{value} と入力されていますが、{formula} で計算すると {expected} です。",
    "どちらが正しいかを確かめて直してください。",
)
SAME_MISMATCH: Final = RELATIONS.error(
    "same-mismatch",
    "同じ値の不一致",
    "{value} と入力されていますが、同じ値のはずの {other}では {expected} です。",
    "どちらが正しいかを確かめてそろえてください。",
)
PART_EXCEEDS_WHOLE: Final = RELATIONS.error(
    "part-exceeds-whole",
    "内訳が全体を超過",
    "{part}({value})が、{whole}({expected})を超えています。",
    "どちらが正しいかを確かめて直してください。",
)
TARGETS_ASTRAY: Final = RELATIONS.warning(
    "targets-astray",
    "最終の目標値に向かわない年度の目標値",
    "年度ごとの目標値({targets})が、最終の目標値({expected})に向かって進んでいません。",
    "総合戦略の目標値を確かめてください。誤りなら、定義を直してブックを作り直してください。",
)
STATED_TOTAL_MISMATCH: Final = RELATIONS.warning(
    "stated-total-mismatch",
    "本文の項目数との不一致",
    "本文の KPI は {value} 項目ですが、基本目標ごとの項目数の合計は {expected} 項目です。",
    "本文の項目数を確かめてください。",
)

STRUCTURE: Final = Family("ブックの形")
SCHEMA_OLD: Final = STRUCTURE.error(
    "schema-old", "古い様式", "このブックは古い様式で作られています{detail}。", _REBUILD
)
STAMP_MISMATCH: Final = STRUCTURE.error(
    "stamp-mismatch",
    "定義の破損",
    "ブックに記録された総合戦略の内容(隠しシート)が書き換わっています{detail}。",
    _REBUILD,
)
SETTINGS_MISSING: Final = STRUCTURE.error(
    "settings-missing",
    "設定がない",
    "設定が見つかりません{detail}。",
    "様式の設定シートを元に戻してください。",
)
SETTING_INVALID: Final = STRUCTURE.error(
    "setting-invalid",
    "使えない設定",
    "この設定に書かれた内容は使えません{detail}。",
    "設定シートの説明に従って直してください。",
)
SHEET_MISSING: Final = STRUCTURE.error(
    "sheet-missing",
    "シートがない",
    "シートが見つかりません{detail}。",
    "シートを元に戻してください。",
)
TABLE_MISSING: Final = STRUCTURE.error(
    "table-missing", "表がない", "表が見つかりません{detail}。", "消した表を元に戻してください。"
)
COLUMN_MISSING: Final = STRUCTURE.error(
    "column-missing",
    "列がない",
    "列が見つかりません{detail}。",
    "見出しを元の名前に戻すか、消した列を元に戻してください。",
)
COLUMN_RENAMED: Final = STRUCTURE.info(
    "column-renamed",
    "見出しの違い",
    "見出しが変わっていますが、同じ列として読みました{detail}。",
    "違う場合は、見出しを元の名前に戻してください。",
)
TABLE_DOUBLED: Final = STRUCTURE.warning(
    "table-doubled",
    "表の重複",
    "同じ表が 2 か所にあります{detail}。かっこ内で先に挙げた方だけを読みました。",
    "不要な方のシート(表)を削除してください。",
)
TABLE_COPIED: Final = STRUCTURE.info(
    "table-copied",
    "表の写し",
    "同じ表が 2 か所にあります{detail}。かっこ内で先に挙げた方を使います。",
    "写しが不要でしたら削除してください。",
)
VALUE_UNREAD: Final = STRUCTURE.error(
    "value-unread",
    "読み取っていない値",
    "「{value}」を読み取っていません({reason})。",
    "正しい値を元の欄{instead}に写し、余分な表や列は削除してください。",
)
ID_MISSING: Final = STRUCTURE.error(
    "id-missing",
    "指標の行がない",
    "指標番号の行が表にありません{detail}。",
    "消した行を元に戻してください。",
)
ID_DOUBLED: Final = STRUCTURE.error(
    "id-doubled",
    "指標番号の重複",
    "同じ指標番号の行が 2 つ以上あります{detail}。",
    "1 行にまとめてください。",
)
ID_UNKNOWN: Final = STRUCTURE.error(
    "id-unknown",
    "総合戦略にない指標番号",
    "総合戦略にない指標番号です{detail}。",
    "番号を元に戻すか、行を削除してください。",
)
MEASURE_MISSING: Final = STRUCTURE.error(
    "measure-missing",
    "施策の行がない",
    "施策の行が表にありません{detail}。",
    "消した行を元に戻してください。",
)
GOAL_MISSING: Final = STRUCTURE.error(
    "goal-missing",
    "基本目標の行がない",
    "基本目標の行が表にありません{detail}。",
    "消した行を元に戻してください。",
)
COUNTS_INVALID: Final = STRUCTURE.error(
    "counts-invalid",
    "読めない KPI 項目数",
    "KPI の達成数と項目数を読み取れません{detail}。",
    "0 以上の整数で、達成数が項目数を超えないように入力してください。",
)
ROW_BELOW_TABLE: Final = STRUCTURE.error(
    "row-below-table",
    "表の外の入力",
    "表のすぐ下に入力があります{detail}。",
    "表の中に移すか、1 行以上空けてください。",
)
MERGED_CELL: Final = STRUCTURE.error(
    "merged-cell",
    "結合セル",
    "表の中でセルが結合されています{detail}。",
    "結合を解除してください。",
)
HIDDEN_ROW: Final = STRUCTURE.warning(
    "hidden-row",
    "隠れた行",
    "入力する行が隠れています{detail}。",
    "フィルターを解除するか、行を再表示してください。",
)
LINK_EXTERNAL: Final = STRUCTURE.warning(
    "link-external",
    "ほかのブックへの参照",
    "ほかのブックを参照する数式があります{detail}。",
    "そのセルに、数式ではなく値だけを貼り付けてください。",
)
DEFINITION_CHANGED: Final = STRUCTURE.error(
    "definition-changed",
    "定義の書き換え",
    "{label}が「{value}」になっています(総合戦略では「{expected}」)。",
    "元に戻してください。基準値が公表後に訂正されたとき(遡及改定など)は「設定」の基準値の訂正理由に理由を書き、"
    "総合戦略を改訂したときは新しい定義で改訂してください(aso-xl revise)。",
)

_RESTORE: Final = "記録から作り直してください(aso-xl close ブック --restore)。"

RECORDS: Final = Family("確定した年度")
CONFIRMED_CHANGED: Final = RECORDS.error(
    "confirmed-changed",
    "変わった確定値",
    "確定したときは {before} でしたが、{now} に変わっています。",
    "誤りなら元に戻してください。訂正でしたら、「確定記録」のこの行の訂正理由に理由を書いてください。",
)
CORRECTED: Final = RECORDS.info(
    "corrected",
    "訂正した確定値",
    "{what} {before} を {now} に訂正しています({reason})。",
    "文書には訂正として載ります。",
)
BASELINE_AS_DEFINED: Final = RECORDS.warning(
    "baseline-as-defined",
    "直していない基準値",
    "「設定」に基準値の訂正理由がありますが、基準値は総合戦略のままです。",
    "基準値を直すか、訂正理由からこの番号を消してください。",
)
CONFIRMED_TEXT: Final = RECORDS.warning(
    "confirmed-text",
    "変わった確定後の文",
    "{label}が、確定したときの文と違います。",
    "文書には確定したときの文が載ります。変えるときは確定を取り消してください。",
)
RECORD_EDITED: Final = RECORDS.error(
    "record-edited",
    "確定記録の書き換え",
    "確定記録の{head}が「{value}」になっています(記録では「{expected}」)。",
    f"元に戻すか、{_RESTORE}",
)
RECORD_ROW_MISSING: Final = RECORDS.error(
    "record-row-missing",
    "確定記録の行がない",
    "確定記録に「{label}」の行がありません。",
    _RESTORE,
)
RECORD_SHEET_MISSING: Final = RECORDS.error(
    "record-sheet-missing", "確定記録がない", "「確定記録」の表がありません。", _RESTORE
)
RECORD_LOST: Final = RECORDS.error(
    "record-lost",
    "確定の記録の破損",
    "確定の記録(隠しシート)が、ないか壊れています{detail}。",
    "「履歴」フォルダーの記録から戻してください(aso-xl close ブック --restore)。",
)

PEOPLE: Final = Family("担当課と文章")
DEPARTMENT_MISSING: Final = PEOPLE.warning(
    "department-missing", "担当課が未設定", "担当課が決まっていません。", "担当課を選んでください。"
)
DEPARTMENT_UNKNOWN: Final = PEOPLE.warning(
    "department-unknown",
    "設定にない担当課",
    "「{value}」は設定の担当課一覧にありません。",
    "{hint}、設定の一覧に加えてください。",
)
REMARK_MISSING: Final = PEOPLE.warning(
    "remark-missing",
    "要因が未記入",
    "未達成ですが、備考に要因がありません。",
    "未達成の要因を備考に書いてください。",
)
PARAGRAPH_EMPTY: Final = PEOPLE.warning(
    "paragraph-empty",
    "報告書の文が未記入",
    "報告書の{label}が空です。",
    "設定シートに書いてください。",
)
TEXT_COPIED: Final = PEOPLE.warning(
    "text-copied",
    "前回のままの文",
    f"{{label}}が前回のままです({words.COPIED})。",
    f"書き直すか、そのままでよければ、はじめの{words.COPIED}を消してください。",
)
MEASURE_TEXT_EMPTY: Final = PEOPLE.info(
    "measure-text-empty",
    "取組などが未記入",
    "取組・課題・今後の方向に空欄のある施策が {count} あります。",
    "書ける施策から記入してください。",
)

FIELD_EMPTY: Final = PEOPLE.warning(
    "field-empty",
    "印字する欄が空",
    "文書に印字する「{label}」が空の{of}が {count} あります。",
    "書ける行から記入してください。",
)
NOT_A_CHOICE: Final = PEOPLE.warning(
    "not-a-choice",
    "一覧にない選択肢",
    "「{label}」に「{value}」と書かれていますが、選択肢にありません({choices})。",
    "選択肢から選び直してください。",
)
FIELD_NOT_A_NUMBER: Final = PEOPLE.warning(
    "field-not-a-number",
    "数値でない記入",
    "数値の欄「{label}」に「{value}」と書かれています。",
    "数字だけで入力してください{unit}。",
)

SLIP_MISSING: Final = PEOPLE.warning(
    "slip-missing",
    "提出票がない",
    "提出票が見つかりません{detail}。課長の確認は、まだのものとして扱います。",
    "配ったブックの「提出票」シートを写して記入するか、事務局に知らせてください。",
)
SLIP_UNCLEAR: Final = PEOPLE.warning(
    "slip-unclear",
    "読めない提出票",
    "提出票の記入を読めません{detail}。",
    "状態は一覧から選び、確認日は 2027/9/25 のように年から書いてください。",
)
SLIP_UNSIGNED: Final = PEOPLE.warning(
    "slip-unsigned",
    "確認者・確認日の空欄",
    "状態は「{state}」ですが、{blank}が空欄です。",
    "確かめた方と日を書いてください。",
)
SLIP_UNFINISHED: Final = PEOPLE.warning(
    "slip-unfinished",
    "未入力のある確認済",
    "状態は「{state}」ですが、{round}の未入力が {count} 件あります。",
    "数字がないときは 未公表・集計中・対象外 と入力するか、状態を「{typing}」に戻してください。",
)

QUESTION_UNKNOWN: Final = PEOPLE.warning(
    "question-unknown",
    "知らない番号の照会",
    "照会の番号{problem}。",
    "番号を直してください。このままでは差し戻せません。",
)
QUESTION_NOT_ASKED: Final = PEOPLE.warning(
    "question-not-asked",
    "尋ねない指標の照会",
    "{round}には尋ねない指標についての照会です。",
    "課のブックに欄がないため差し戻せません。電話などで聞き、「回答」に書いてください。",
)
QUESTION_EMPTY: Final = PEOPLE.warning(
    "question-empty",
    "照会事項のない照会",
    "照会の番号か回答がありますが、照会事項がありません。",
    "照会事項を書くか、行を消してください。",
)

UNCLEAR: Final = frozenset({STRUCK_CELL, RAISED_CELL, FORMAT_MISLEADS, FORMAT_HIDES, STORED_BROKEN})
"""Looks that leave open which figure is meant."""

SECRETARIATS: Final = frozenset(
    {
        *(SETTING_INVALID, DEPARTMENT_MISSING, DEPARTMENT_UNKNOWN, PARAGRAPH_EMPTY),
        TARGETS_ASTRAY,
    }
)
"""Findings on what only the secretariat can change: a department's workbook is spared them."""

OF_SLIPS: Final = frozenset({SLIP_MISSING, SLIP_UNCLEAR, SLIP_UNSIGNED, SLIP_UNFINISHED})
"""Findings on 提出票: whoever merges the workbook is told them too."""

OF_RECORDS: Final = frozenset(RECORDS.kinds)
"""Findings on what was confirmed: the only ones that stand in the way of its documents."""

FAMILIES: Final = (VALUES, LOOKS, SERIES, RELATIONS, STRUCTURE, RECORDS, PEOPLE)
CATALOGUE: Final[Mapping[str, IssueKind]] = {
    kind.code: kind for family in FAMILIES for kind in family.kinds
}
