"""下書き and 内部用: what a document that is not to be handed out says of itself, and why."""

from __future__ import annotations

from typing import Final, NamedTuple

DRAFT_WORDS: Final = "下書き"
INTERNAL_WORDS: Final = "内部用(根拠のコメント付き)"


class DraftState(NamedTuple):
    """Whether a document says 下書き, and what is left to do: errors, and figures not entered."""

    is_draft: bool = False
    errors: int = 0
    blanks: int = 0

    @property
    def words(self) -> str:
        """Return what the banner says: 「下書き(入力のエラー3件が未解決、未入力2項目)」; "" for a final one."""
        if not self.is_draft:
            return ""
        parts = [f"入力のエラー{self.errors}件が未解決"] if self.errors else []
        parts += [f"未入力{self.blanks}項目"] if self.blanks else []
        return DRAFT_WORDS + (f"({'、'.join(parts)})" if parts else "")
