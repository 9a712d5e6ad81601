"""The words that strategies print with a figure or in its place, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_RISING: Final = ("増加", "増", "延伸", "向上", "上昇", "拡大", "増やす", "上回る")
_FALLING: Final = ("減少", "減", "低下", "縮小", "削減", "短縮", "抑制", "減らす", "下回る")
_TO_CHOOSE: Final = ("維持", "現状維持", "現状値維持", "維持・向上", "同水準", "改善")
_BASES: Final = ("現状", "現状値", "基準値", "基準年", "基準年度", "策定時")
TARGET_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_TO_CHOOSE, ""),
    **{base + link + "維持": "" for base in _BASES for link in ("の", "を")},
    **{begin + word: "超" for begin in ("", *_BASES) for word in _RISING},
    **{base + link + word: "超" for base in _BASES for link in ("より", "を") for word in _RISING},
    **{begin + word: "未満" for begin in ("", *_BASES) for word in _FALLING},
    **{
        base + link + word: "未満"
        for base in _BASES
        for link in ("より", "を")
        for word in _FALLING
    },
    **{base + rule: rule for base in _BASES for rule in ("以上", "以下")},
}
"""What stands for a target, and the rule by which the baseline is then judged; "" is to be chosen."""
NEW: Final = (
    *(
        "新規",
        "なし",
        "無し",
        "未実施",
        "未設定",
        "未策定",
        "未整備",
        "新規事業",
        "新設",
        "実績なし",
    ),
)
"""What stands for a baseline where there was nothing yet: whatever is reached is more."""
UNKNOWN: Final = ("未把握", "未調査", "調査中", "集計中", "未公表", "未定", "不明")
"""What stands for a baseline that nobody knows."""
DONE: Final = frozenset(
    done + end
    for done in ("策定", "実施", "整備", "設置", "開設", "導入", "制定", "構築", "作成", "締結")
    for end in ("", "済", "済み", "完了", "する")
) | {"達成", "完成", "完了", "開始", "運用開始", "供用開始", "有"}
"""What stands for the target of what is done or not (定性)."""
RULES: Final[Mapping[str, str]] = {
    **{"以上": "以上", "以下": "以下", "未満": "未満", "超": "超", "以内": "以内"},
    **{"を超える": "超", "超える": "超", "を下回る": "未満", "を上回る": "超"},
}
_SPAN: Final = r"[0-9]{1,2}(?:か|カ|ヵ|ヶ|箇)?年(?:間|度)?(?:の?(?:延べ|累計|合計|平均))?"
_COUNTED: Final = rf"延べ|累計|累積|年間|毎年度?|各年度?|単年度?|{_SPAN}"
COUNTED_BEHIND: Final = re.compile(
    rf"\s*[(\[]\s*(?:{_COUNTED})\s*[)\]]$|(?<=[0-9])\s*/\s*(?:年度?|月|回|日)$"
)
"""How a figure was counted, in brackets or as 「/年」 behind it: no part of its unit."""
COUNTED_BEFORE: Final = re.compile(rf"^(?:{_COUNTED}|年)で?\s*(?=[0-9])")
CHANGE: Final = re.compile(
    r"[0-9]\D*(?:増加?|減少?|増やす|減らす|[のを]?(?:向上|上昇|低下|削減|改善))$"
)
"""A figure that says by how much, not how many: no target by itself."""
ABOUT: Final = re.compile(
    r"^(?:約|およそ|概ね|おおむね)|(?:程度|前後|ほど|くらい|(?<=[人円%歳戸件])(?:台|弱|強))$"
)
"""A figure that leaves open which one is meant."""
