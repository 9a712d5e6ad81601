"""The name of who confirms, asked in Excel's own box, or where there is none by a question."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from aso_xl.excel.buttons.application import asked_text


def app(answer: Any, *, has_box: bool = True) -> SimpleNamespace:
    asked: list[str] = []

    def box(prompt: str, title: str, default: str, Type: int) -> Any:
        asked.append(f"{prompt}/{title}/{default}/{Type}")
        return answer

    def alert(message: str, **_: Any) -> str:
        asked.append(message)
        return "yes" if answer else "no"

    api = SimpleNamespace(InputBox=box) if has_box else SimpleNamespace()
    return SimpleNamespace(api=api, alert=alert, asked=asked)


@pytest.mark.parametrize(("answer", "name"), [(" 田中 ", "田中"), ("", ""), (False, "")])
def test_box_of_excel(answer: Any, name: str) -> None:
    excel = app(answer)
    assert asked_text(excel, "確定する人", "tanaka") == name
    assert excel.asked == ["確定する人/総合戦略/tanaka/2"]


@pytest.mark.parametrize(("answer", "name"), [(True, "tanaka"), (False, "")])
def test_program_without_a_box(answer: bool, name: str) -> None:
    other = app(answer, has_box=False)
    assert asked_text(other, "確定する人", "tanaka") == name
    assert other.asked == ["確定する人は「tanaka」ですか。"]
