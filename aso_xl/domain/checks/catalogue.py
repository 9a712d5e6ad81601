"""Every finding there is: code, severity, title, and the words of finding and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How grave a finding is: an error stops the report, a warning and an info do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Kind:
    """What one code means. ``finding`` and ``remedy`` are sentences with {named} gaps."""

    severity: Severity
    title: str
    finding: str
    remedy: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_MARKS = "未公表・集計中・対象外"
_RETYPE = "数値を確かめて入力し直してください。"
_REBUILD = "様式を作り直し(aso-xl template)、入力した値を写してください。"

VALUES: Final[Mapping[str, Kind]] = {
    "excel-error": Kind(
        _E,
        "Excel のエラー値",
        "{value} という Excel のエラーになっています。",
        "数式を直すか、実績値を数値で入力してください。",
    ),
    "formula-no-value": Kind(
        _E,
        "計算結果のない数式",
        "数式の計算結果が保存されていません。",
        "Excel で開いて再計算し、上書き保存してください。",
    ),
    "boolean": Kind(
        _E, "真偽値", "数値の欄に {value} が入っています。", "実績値を入力してください。"
    ),
    "date": Kind(
        _E,
        "日付",
        "数値の欄に日付または時刻({value})が入っています。",
        "セルの表示形式を数値に戻し、実績値を入力し直してください。",
    ),
    "not-a-number": Kind(
        _E,
        "数値として読めない",
        "「{value}」は数値として読めません。",
        "{better} の意味でしたら、数字だけで {better} と入力してください。",
    ),
    "extreme": Kind(
        _E,
        "桁が多すぎる数",
        "{value} は、実績値としては桁が多すぎます。",
        _RETYPE,
    ),
    "unknown-mark": Kind(
        _E,
        "知らない記入",
        "「{value}」という記入は使えません。",
        f"数値、または {_MARKS} のどれかを入力してください。",
    ),
    "no-value-mark": Kind(
        _W,
        "理由のない「－」",
        "「{value}」では、値がない理由がわかりません。",
        f"実績値、または {_MARKS} のどれかを入力してください。",
    ),
    "not-a-verdict": Kind(
        _E,
        "達成・未達成でない",
        "定性の指標に「{value}」と入力されています。",
        "達成 または 未達成 を選んでください。",
    ),
    "percent-fraction": Kind(
        _E,
        "1/100 の割合",
        "パーセントの入力のしかたにより、{value} として保存されています。",
        "{better}% でしたら、表示形式を標準に戻し、{better} と入力してください。",
    ),
    "percent-unclear": Kind(
        _W,
        "割合かどうか不明",
        "{value}% なのか {better}% なのか、はっきりしません。",
        "{better}% でしたら {better} と入力してください。{value}% で正しければ、そのままで。",
    ),
    "numeral-read": Kind(
        _I,
        "文字の数値",
        "「{value}」を {better} と読みました。",
        "違う場合は、数字だけで入力し直してください。",
    ),
    "negative": Kind(_E, "負の数", "負にならない指標の実績値が {value} になっています。", _RETYPE),
    "fractional-count": Kind(
        _E,
        "件数の小数",
        "数を数える指標に小数({value})が入っています。",
        "整数で入力してください。",
    ),
    "over-100": Kind(_E, "100%超", "割合が 100% を超えています({value})。", _RETYPE),
    "too-many-decimals": Kind(
        _I,
        "小数の桁数",
        "小数が {decimals} 桁より多く入力されています({value})。",
        "入力されたままの値で判定します。",
    ),
}
LOOKS: Final[Mapping[str, Kind]] = {
    "struck-text": Kind(
        _W,
        "取り消し線の文字",
        "取り消し線の「{left_out}」を除き、「{value}」と読みました。",
        "取り消した文字を消してください。",
    ),
    "raised-text": Kind(
        _W,
        "上付き・下付きの文字",
        "小さく書かれた「{left_out}」(注番号など)を除き、「{value}」と読みました。",
        "違う場合は入力し直し、注は備考に書いてください。",
    ),
    "raised-kept": Kind(
        _I,
        "上付き・下付きの文字",
        "上付きまたは下付きの「{left_out}」を、「{value}」として読みました。",
        "違う場合は書き直してください。",
    ),
    "struck-cell": Kind(
        _E,
        "取り消し線のセル",
        "「{left_out}」は全体に取り消し線が引かれているため、読みません。",
        "有効なら取り消し線を外し、取り消したのなら消してください。",
    ),
    "raised-cell": Kind(
        _E,
        "上付き・下付きのセル",
        "「{value}」は全体が上付きまたは下付きの文字で、値か注番号かがわかりません。",
        "セルの書式設定で文字飾りを外すか、値を入力し直してください。",
    ),
    "format-misleads": Kind(
        _E,
        "表示形式による別の数",
        "{value} が、表示形式({format})により別の数に見えています。",
        "表示形式を標準に戻し、正しい値かを確かめてください。",
    ),
    "format-hides": Kind(
        _E,
        "見えない入力",
        "入力されている {value} が、表示形式({format})により見えません。",
        "表示形式を標準に戻し、正しい値かを確かめてください。",
    ),
    "stored-broken": Kind(
        _E,
        "保存された値の破損",
        "保存されている値({left_out})が壊れています。",
        "Excel で開いて入力し直し、保存してください。",
    ),
}
SERIES: Final[Mapping[str, Kind]] = {
    "digit-slip": Kind(
        _W,
        "桁違い",
        "{value} は、基準値・目標値やほかの年度の値と桁が違うようです。",
        "{better} 前後ではないか、桁を確かめてください。",
    ),
    "far-off": Kind(
        _W,
        "かけ離れた値",
        "{value} は、基準値・目標値やほかの年度の値({expected})からかけ離れています。",
        "値・単位・行を確かめてください。正しければ、そのままで。",
    ),
    "row-slip": Kind(
        _W,
        "隣の行の値",
        "{value} は、この指標の値({expected})からかけ離れ、隣の行「{other}」の値({theirs})に近い値です。",
        "行の取り違えや、1行ずれた貼り付けがないかを確かめてください。",
    ),
    "cumulative-falling": Kind(
        _E,
        "累計の減少",
        "累計の値 {value} が、{reference} より小さくなっています。",
        "累計で入力しているか、前の値が正しいかを確かめてください。",
    ),
    "future-actual": Kind(
        _W,
        "先の年度の値",
        "評価年度({evaluated})より後の年度に実績値が入っています。",
        "入力する列と、設定の評価年度を確かめてください。",
    ),
    "blank": Kind(
        _W,
        "未入力",
        "評価年度の実績値が未入力です。",
        f"実績値、または {_MARKS} のどれかを入力してください。",
    ),
    "pending": Kind(_I, "集計中", "評価年度の値が集計中です。", "確定したら入力してください。"),
}
RELATIONS: Final[Mapping[str, Kind]] = {
    "derived-mismatch": Kind(
        _E,
        "計算値との不一致",
        "{value} と入力されていますが、{formula} で計算すると {expected} です。",
        "どちらが正しいかを確かめて直してください。",
    ),
    "same-mismatch": Kind(
        _E,
        "同じ値の不一致",
        "{value} と入力されていますが、同じ値のはずの {other}では {expected} です。",
        "どちらが正しいかを確かめてそろえてください。",
    ),
    "part-exceeds-whole": Kind(
        _E,
        "内訳が全体を超過",
        "{part}({value})が、{whole}({expected})を超えています。",
        "どちらが正しいかを確かめて直してください。",
    ),
    "stated-total-mismatch": Kind(
        _W,
        "本文の項目数との不一致",
        "本文の KPI は {value} 項目ですが、基本目標ごとの項目数の合計は {expected} 項目です。",
        "本文の項目数を確かめてください。",
    ),
}
STRUCTURE: Final[Mapping[str, Kind]] = {
    "other-strategy": Kind(
        _E,
        "別の総合戦略",
        "別の総合戦略のブックです{detail}。",
        "この総合戦略のブックを使ってください。",
    ),
    "schema-old": Kind(_E, "古い様式", "様式の版が異なります{detail}。", _REBUILD),
    "stamp-mismatch": Kind(
        _E, "定義の破損", "ブックの中の定義が書き換わっています{detail}。", _REBUILD
    ),
    "settings-missing": Kind(
        _E,
        "設定がない",
        "設定が見つかりません{detail}。",
        "様式の設定シートを元に戻してください。",
    ),
    "setting-invalid": Kind(
        _E,
        "設定の誤り",
        "設定を読み取れません{detail}。",
        "設定シートの説明に従って直してください。",
    ),
    "sheet-missing": Kind(
        _E, "シートがない", "シートが見つかりません{detail}。", "シートを元に戻してください。"
    ),
    "table-missing": Kind(
        _E, "表がない", "表が見つかりません{detail}。", "消した表を元に戻してください。"
    ),
    "column-missing": Kind(
        _E,
        "列がない",
        "列が見つかりません{detail}。",
        "見出しを元の名前に戻すか、消した列を元に戻してください。",
    ),
    "column-renamed": Kind(
        _I,
        "見出しの違い",
        "見出しが変わっていますが、同じ列として読みました{detail}。",
        "違う場合は、見出しを元の名前に戻してください。",
    ),
    "table-doubled": Kind(
        _W,
        "表の重複",
        "同じ表が 2 か所にあります{detail}。先に書いた方だけを読みました。",
        "不要な方のシート(表)を削除してください。",
    ),
    "table-copied": Kind(
        _I,
        "表の写し",
        "同じ表が 2 か所にあります{detail}。先に書いた方を使います。",
        "写しが不要でしたら削除してください。",
    ),
    "value-unread": Kind(
        _E,
        "読み取っていない値",
        "「{value}」を読み取っていません({reason})。",
        "正しい値を元の欄{instead}に写し、余分な表や列は削除してください。",
    ),
    "id-missing": Kind(
        _E,
        "指標の行がない",
        "指標番号の行が表にありません{detail}。",
        "消した行を元に戻してください。",
    ),
    "id-doubled": Kind(
        _E,
        "指標番号の重複",
        "同じ指標番号の行が 2 つ以上あります{detail}。",
        "1 行にまとめてください。",
    ),
    "id-unknown": Kind(
        _E,
        "知らない指標番号",
        "定義にない指標番号です{detail}。",
        "番号を元に戻すか、行を削除してください。",
    ),
    "measure-missing": Kind(
        _E,
        "施策の行がない",
        "施策の行が表にありません{detail}。",
        "消した行を元に戻してください。",
    ),
    "counts-invalid": Kind(
        _E,
        "KPI 項目数の誤り",
        "KPI の達成数と項目数を読み取れません{detail}。",
        "0 以上の整数で、達成数が項目数を超えないように入力してください。",
    ),
    "row-below-table": Kind(
        _E,
        "表の外の入力",
        "表のすぐ下に入力があります{detail}。",
        "表の中に移すか、1 行以上空けてください。",
    ),
    "merged-cell": Kind(
        _E, "結合セル", "表の中でセルが結合されています{detail}。", "結合を解除してください。"
    ),
    "hidden-row": Kind(
        _W,
        "隠れた行",
        "入力する行が隠れています{detail}。",
        "フィルターを解除するか、行を再表示してください。",
    ),
    "link-external": Kind(
        _W,
        "ほかのブックへの参照",
        "ほかのブックを参照する数式があります{detail}。",
        "値だけを貼り付けてください。",
    ),
    "definition-changed": Kind(
        _E,
        "定義の書き換え",
        "{label}が「{value}」になっています(定義は「{expected}」)。",
        "元に戻してください。戦略の改定なら、定義から様式を作り直してください。",
    ),
}
PEOPLE: Final[Mapping[str, Kind]] = {
    "department-missing": Kind(
        _W, "担当課が未設定", "担当課が決まっていません。", "担当課を選んでください。"
    ),
    "department-unknown": Kind(
        _W,
        "設定にない担当課",
        "「{value}」は設定の担当課一覧にありません。",
        "{hint}、設定の一覧に加えてください。",
    ),
    "remark-missing": Kind(
        _W,
        "要因が未記入",
        "未達成ですが、備考に要因がありません。",
        "未達成の要因を備考に書いてください。",
    ),
    "paragraph-empty": Kind(
        _W, "報告書の文が未記入", "報告書の{label}が空です。", "設定シートに書いてください。"
    ),
    "measure-text-empty": Kind(
        _I,
        "取組などが未記入",
        "取組・課題・今後の方向に空欄のある施策が {count} あります。",
        "書ける施策から記入してください。",
    ),
}
CATALOGUE: Final[Mapping[str, Kind]] = {
    **VALUES,
    **LOOKS,
    **SERIES,
    **RELATIONS,
    **STRUCTURE,
    **PEOPLE,
}
