"""A figure as a strategy prints it: its number, unit, rule and year, or the word in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ..domain.numerals import MINUS, FiscalYear, is_no_value, parse_number
from ..domain.text import narrow, one_line
from .figure_words import (
    ABOUT,
    CHANGE,
    COUNTED_BEFORE,
    COUNTED_BEHIND,
    DONE,
    NEW,
    RULES,
    TARGET_WORDS,
    UNKNOWN,
)

_AS_TYPED: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
_ERA: Final = r"(?:令和|平成|昭和|[RHSrhs])\s*(?:元|[0-9]{1,2})|(?:19|20)[0-9]{2}"
_STATE: Final = r"(?:末|時点|現在|実績|見込み?)"
_YEAR: Final = re.compile(
    rf"[(\[]\s*({_ERA})\s*(?:年度?|[.年/]\s*([0-9]{{1,2}})(?:\s*[.月/]\s*(?:[0-9]{{1,2}}日?)?)?)?\s*{_STATE}?\s*[)\]]"
)
_YEAR_FIRST: Final = re.compile(rf"({_ERA})(?:\s*年度?)?{_STATE}?(?:\s*[::]\s*|\s+)(?=\S)")
_NOTE: Final = re.compile(
    r"[(\[]?\s*※\s*[0-9]*\s*[)\]]?|[(\[]?\s*注\s*[0-9]{0,2}\s*[)\]]|\*\s*[0-9]{0,2}\s*$|注[0-9]{1,2}$"
)
_RULE: Final = re.compile(
    rf"\s*({'|'.join(sorted(RULES, key=len, reverse=True))})(?:\s*を?維持(?:する)?)?\s*(/\s*\w{{1,3}})?$"
)
_KEPT: Final = re.compile(r"\s*(?:(?:を|の)?維持(?:する)?|[(\[]\s*維持\s*[)\]])$")
_NEITHER: Final = re.compile(r"^±\s*0(?![0-9])")
"""Neither more nor less: 「±0人」 is 0."""
_BEFORE: Final = re.compile(r"^(全国|県内|国内|世界|県)\s*(?=[0-9])")
_FIGURE: Final = re.compile(
    rf"([{MINUS}]?\s*(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?)\s*(\D*|(?:[kcm]?m|CO)[23])"
)
_APRIL: Final = 4
_MONEY: Final = re.compile(r"[0-9.,]+兆?[0-9.,]*億[0-9,.]+千?万?円|[0-9.,]+兆[0-9.,]*億?円")


@dataclass(frozen=True)
class Printed:
    """A printed figure: ``value`` as plain digits, or ``word`` where no number stands.

    ``problem`` says why it could not be read; all else is empty then.
    """

    value: str | None = None
    unit: str = ""
    rule: str = ""
    word: str = ""
    year: str = ""
    is_money: bool = False
    has_note: bool = False
    problem: str = ""


def read_printed(text: str, unit: str = "") -> Printed:
    """Return what is printed, in ``unit`` where one is known.

    Examples: 「1,020人」 is 1020 of 人, 「6.5%未満」 6.5 of % with the rule 未満, 「全国3位」 3 of 位
    with the rule 以内, 「－」 nothing, 「新規」 and 「増加」 a word.
    """
    if _AS_TYPED.fullmatch(text):
        return Printed(text)
    plain, year = _without_year(one_line(narrow(text)))
    plain, notes = _NOTE.subn("", plain)
    plain = _NEITHER.sub("0", plain.strip())
    made = {"year": year, "has_note": bool(notes)}
    if is_no_value(plain) or (not plain and notes):
        return Printed(**made)  # type: ignore[arg-type]
    bare = "".join(plain.split())
    if bare in TARGET_WORDS or bare in DONE or bare in (*NEW, *UNKNOWN):
        return Printed(word=bare, **made)  # type: ignore[arg-type]
    if CHANGE.search(plain):
        return Printed(
            problem=f"「{plain[:30]}」は増減の幅です。目標とする値そのものを書いてください"
        )
    if ABOUT.search(plain):
        return Printed(
            problem=f"「{plain[:30]}」では値が定まりません。判定する値だけを書いてください"
        )
    bare_figure, rule = _without_rule(COUNTED_BEFORE.sub("", COUNTED_BEHIND.sub("", plain)))
    bare_figure = _BEFORE.sub("", bare_figure)
    value, own_unit, money = _number(bare_figure, narrow(unit))
    if value is None:
        return Printed(problem=_why(plain))
    if own_unit == "位" and not rule:
        rule = "以内"
    return Printed(
        format(value, "f"),
        own_unit,
        rule,
        is_money=money,
        **made,  # type: ignore[arg-type]
    )


def _without_rule(text: str) -> tuple[str, str]:
    """Return the text without the word of a rule or of keeping behind it, and the rule."""
    if found := _RULE.search(text):
        return text[: found.start()] + (found[2] or ""), RULES[found[1]]
    return _KEPT.sub("", text), ""


def _without_year(text: str) -> tuple[str, str]:
    """Return the text without a year in brackets or before it, and the year (``R5``)."""
    found = _YEAR.search(text) or _YEAR_FIRST.match(text)
    if not found:
        return text, ""
    try:
        year = FiscalYear.parse("".join(found[1].split()))
    except ValueError:
        return text, ""
    if found.re is _YEAR and found[2] and int(found[2]) < _APRIL:
        year = year + -1  # a day before April is of the fiscal year before
    return (text[: found.start()] + text[found.end() :]).strip(), str(year)


def _number(text: str, unit: str) -> tuple[Decimal | None, str, bool]:
    """Return number, unit, and whether it is money spelt with 億 and 万."""
    bare = "".join(text.split())
    if _MONEY.fullmatch(bare):
        known = unit or "億円"
        return parse_number(bare, known), known, True
    if unit and (value := parse_number(text, unit)) is not None:
        return value, unit, False
    found = _FIGURE.fullmatch(text)
    if not found:
        return None, "", False
    own = "".join(found[2].split())
    if re.search("[、,，]|及び|または", own):
        return None, "", False
    if own and not re.search(r"[^\W\d_]|[%‰℃°㎡㎥㎏㌔]", own):
        return None, "", False
    return parse_number(found[1]), own, False


def _why(text: str) -> str:
    figures = re.findall(r"[0-9][0-9,.]*", text)
    if len(figures) > 1:
        return f"「{text[:30]}」には数値が{len(figures)}つあります。1つの欄には1つの数値を書いてください"
    if not figures:
        return f"「{text[:30]}」は数値ではありません。数値、または 増加・延伸・新規・－ を書いてください"
    return f"「{text[:30]}」を数値として読めません。「1,020人」のように書いてください"
