"""The text that goes with a workbook that is sent back, ready to be pasted into a mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..domain.checks import Issue, Severity
from ..domain.settings import Settings
from ..workbook.layout import FINDINGS, QUESTIONS
from .questions import Question


def letter(
    settings: Settings,
    department: str,
    file: str,
    issues: Sequence[Issue],
    questions: Sequence[Question],
    deadline: str,
) -> Iterator[str]:
    """Yield the lines, the subject first."""
    yield f"件名: {settings.round.label}の評価　入力内容の確認のお願い({department})"
    yield ""
    yield f"{department} ご担当者様"
    yield ""
    yield f"{settings.round.label}の評価について、次のことの確認をお願いします。"
    if found := _counted(issues):
        yield f"・{found}(「{FINDINGS}」シートに一覧があり、欄に色が付いています)"
    if questions:
        yield f"・照会 {len(questions)}件(「{QUESTIONS}」シートの「回答」に書いてください)"
    yield from (f"　　{_asked(question)}" for question in questions)
    yield ""
    back = settings.send_to or "このブックを送った課"
    until = f"{deadline}までに、" if deadline else ""
    yield f"添付のブック「{file}」を直して保存し、{until}{back}へ返送してください。"
    yield "入力していただいた内容は、そのまま残っています。"
    if settings.contact:
        yield f"問い合わせ先: {settings.contact}"


def _counted(issues: Sequence[Issue]) -> str:
    """Return 「エラー 1件、警告 2件」; "" for none."""
    numbers = {s.word: sum(i.severity is s for i in issues) for s in Severity}
    return "、".join(f"{word} {number}件" for word, number in numbers.items() if number)


def _asked(question: Question) -> str:
    return f"{question.about}: {' '.join(question.text.split())}"
