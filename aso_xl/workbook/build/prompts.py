"""Input rules of cells, with prompts of at most 255 and titles of at most 32 characters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, assert_never

from ...domain.field_declaration import Field, Type
from ...domain.plan import Aggregate, Indicator, Mark, Verdict
from ...domain.rule import Rule
from ...domain.shown import show_asked, show_target, show_written
from . import formulas

_LARGEST: Final = 10**15

MARK_WORDS = "・".join(mark.value for mark in Mark)


TITLE: Final = "記入欄"
LONGEST_PROMPT: Final = 255


def cut(text: str, length: int) -> str:
    """Return the text, cut to ``length`` as Excel counts: a character beyond U+FFFF is two."""
    if len(text.encode("utf-16-le")) <= 2 * length:
        return text
    kept = text.encode("utf-16-le")[: 2 * (length - 1)]
    return kept.decode("utf-16-le", errors="ignore") + "…"


def actual_validation(indicator: Indicator, cell: str) -> dict[str, Any]:
    """Return the rule of an indicator's cells: a drop-down for 定性, else a number or a mark."""
    if indicator.rule.is_typed:
        words = [*(v.value for v in Verdict), *(m.value for m in Mark)]
        return {
            "validate": "list",
            "source": words,
            "input_title": "実績",
            "input_message": cut(f"{indicator.statement}　達成か未達成を選びます。", 255),
            "error_title": "選択肢にありません",
            "error_message": f"{'・'.join(words)} のどれかを選んでください。",
        }
    return {
        "validate": "custom",
        "value": formulas.is_valid(cell, indicator),
        "input_title": cut(indicator.name, 32),
        "input_message": cut(_prompt(indicator), 255),
        "error_title": "数値ではありません",
        "error_message": cut(_error(indicator), 255),
    }


def _prompt(indicator: Indicator) -> str:
    lines = []
    if indicator.baseline is not None:
        lines.append(
            f"基準値 {show_written(indicator, indicator.baseline)}({indicator.baseline_year})"
        )
    lines.append(f"目標値 {_target(indicator)}({indicator.target_year})")
    lines.append(f"単位: {indicator.unit or 'なし'}。数字だけを入力します。")
    if indicator.lag:
        lines.append(f"{indicator.lag}年前の値を入力します(公表が遅れるため)。")
    if indicator.aggregate != "latest":
        lines.append(_JOINED[indicator.aggregate])
    if indicator.cumulative:
        lines.append("累計です。前の年度より小さくなりません。")
    lines.append(f"数字がないときは {MARK_WORDS}。")
    if indicator.targets:
        lines.append(f"年度の目標 {_targets(indicator)}")
    if indicator.note:
        lines.append(f"※{indicator.note}")
    return "\n".join(lines)


def _target(indicator: Indicator) -> str:
    """Return the target as it is printed, with the number that is judged where that is another."""
    asked = f"({show_asked(indicator)})" if indicator.printed_target else ""
    return f"{show_target(indicator)}{asked}"


def _targets(indicator: Indicator) -> str:
    each = (f"{round_} {show_written(indicator, value)}" for round_, value in indicator.targets)
    return "、".join(each)


_JOINED: Final[Mapping[Aggregate, str]] = {
    "sum": "その年度だけの値を入力します。合計は自動で計算します。",
    "mean": "その年度の値を入力します。平均は自動で計算します。",
    "max": "その年度の値を入力します。最も大きい値を自動で採ります。",
}


def _error(indicator: Indicator) -> str:
    kind = "0以上の整数" if indicator.is_count and not indicator.signed else "数字"
    if indicator.rule is Rule.WITHIN:
        kind = "順位(1以上の整数)"
    if indicator.is_percentage:
        kind = "%の数字(48%なら48)"
    return (
        f"{kind}だけを入力してください。単位({indicator.unit or 'なし'})は要りません。\n"
        f"数字がないときは {MARK_WORDS} のどれかを入力してください。"
    )


def typed_validation(field: Field, note: str = "", before: str = "") -> dict[str, Any]:
    """Return the rule of a cell that people fill in beside the figures.

    ``before`` is what it says of the round before, in place of the usual prompt.
    """
    match field.type:
        case Type.DEPARTMENTS:
            return department_list()
        case Type.TEXT:
            return {"validate": "any", **(_told(before) if before else _input(field, note))}
        case Type.NUMBER:
            return {
                "validate": "decimal",
                "criteria": "between",
                "minimum": -_LARGEST,
                "maximum": _LARGEST,
                **_input(field, note),
                "error_title": "数値ではありません",
                "error_message": "数字だけを入力してください。単位は要りません。",
            }
        case Type.CHOICE:
            words = list(field.choices)
            return {
                "validate": "list",
                "source": words,
                **_input(field, note),
                "error_title": "選択肢にありません",
                "error_message": cut(f"{'・'.join(words)} のどれかを選んでください。", 255),
            }
        case Type.ACTUAL:
            raise ValueError("an actual's rule is its indicator's")
        case _:
            assert_never(field.type)


def _input(field: Field, note: str) -> dict[str, str]:
    return _told(usual_prompt(field, note))


def _told(message: str) -> dict[str, str]:
    return {"input_title": TITLE, "input_message": cut(message, LONGEST_PROMPT)}


def usual_prompt(field: Field, note: str = "") -> str:
    """Return what Excel says beside a cell that people fill in."""
    unit = f"(単位: {field.unit}、数字だけ)" if field.unit else ""
    verb = "選び" if field.type is Type.CHOICE else "記入し"
    prompt = field.prompt or f"{field.word}{unit}を{verb}ます。"
    return cut(f"{prompt}\n※{note}" if note else prompt, LONGEST_PROMPT)


def prompt_before(field: Field, round_: str, text: str, whole: str) -> str:
    """Return what Excel says beside a cell in which something was written in the round before.

    What is too long is cut: the sheet ``whole`` has all of it.
    """
    said = f"前年({round_})の{field.word}: {text}"
    if len(said.encode("utf-16-le")) <= 2 * LONGEST_PROMPT:
        return said
    end = f"(全文は「{whole}」)"
    return cut(said, LONGEST_PROMPT - len(end)) + end


def department_list() -> dict[str, Any]:
    """Return the rule of a 担当課 cell: a choice from the list in 設定, or several joined."""
    return {
        "validate": "list",
        "source": "=担当課一覧",
        "input_title": "担当課",
        "input_message": "「設定」シートの担当課の一覧から選びます。",
        "error_type": "warning",
        "error_title": "一覧にない担当課です",
        "error_message": "「設定」シートの担当課の一覧に加えてから選んでください。"
        "いくつかの課を「、」で区切って書いたときは、「はい」を押します。",
    }
