"""The words that several rooms say: each stands here once."""

from __future__ import annotations

from typing import Final

ACHIEVED, MISSED = "達成", "未達成"
KEPT: Final = "達成(現時点で維持)"
"""Of a target to be kept that is met before its year: it counts as 達成."""
UNPUBLISHED, PENDING, EXCLUDED = "未公表", "集計中", "対象外"
BLANK: Final = "未入力"
DOUBTFUL: Final = "要確認"
"""Of a value that cannot be judged."""
NONE: Final = "－"
"""Where there is no value, or one that is not defined."""
ERROR, WARNING, INFO = "エラー", "警告", "情報"
"""How grave a finding is."""
UNASSIGNED: Final = "未割当"
"""Where no 担当課 is written."""
TOTAL: Final = "合計"
"""The row of a table of counts that counts everything, once."""
WHOLE_BOOK: Final = "ブック全体"
"""The place of what is said of no sheet."""
SAMPLE: Final = "記入例(架空の値)"
"""What stands on every sheet and document made from made-up figures."""
COPIED: Final = "【前回のまま】"
"""Before a text that was copied from the round before, until somebody has looked at it."""
SENT, NOW, CAME, OTHER = "配ったときの値", "いまの値", "届いた値", "別の値"
"""The values of a cell that is in question, as 競合 heads its columns and offers them."""
