"""Whether a document with figures not entered is to be final: asked, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Callable


def final_with_blanks(blanks: int, ask: Callable[[str], bool]) -> bool:
    """Return whether staff want a document without 下書き although figures are not entered."""
    return blanks > 0 and ask(
        f"実績値の未入力が{blanks}項目あります。\n\n"
        "未入力のまま、確定した文書にしますか。「いいえ」を選ぶと、下書きと記します。"
    )
