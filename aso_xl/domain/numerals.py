"""Japanese numerals and fiscal years, both ways, exact."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from .text import bare, name_of, narrow

ERAS = {"M": ("明治", 1867), "T": ("大正", 1911), "S": ("昭和", 1925), "H": ("平成", 1988)}
ERAS["R"] = ("令和", 2018)
MINUS = "△▲−－-"
DASHES: Final = "-−－‐‑‒–—―─━⁃˗➖﹣﹘⁻₋ー"
"""Strokes that people and programs put for a minus; those beside MINUS are never read as one."""

NO_VALUE = frozenset({*DASHES, "…", "*"})
SCALES = {"兆": Decimal(10) ** 12, "億": Decimal(10) ** 8, "万": Decimal(10) ** 4}
SCALES["千"] = Decimal(1000)
LONGEST: Final = 40
"""Characters of the longest text that is read as a number; no figure of a plan comes near it."""

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_PLAIN = re.compile(rf"({_DIGITS})(.*)")
_SCALED = re.compile(rf"({_DIGITS})([兆億万千])")
_TWO_LINES = re.compile(r"[0-9]\s*[\r\n]\s*[0-9]")
_GROUPS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_TWO_FIGURES = re.compile(r"[0-9]\s+[0-9]")
_YEAR = re.compile(r"(令和|平成|昭和|大正|明治|[RHSTM])(元|[0-9]{1,2})(?:年度?)?")
_ERA_SIGNS: Final = str.maketrans(
    {"㋿": "令和", "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治"}
)


@dataclass(frozen=True, order=True)
class FiscalYear:
    """A Japanese fiscal year, kept as the western year in which it begins (R6 = 2024)."""

    year: int

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        """Return the year written as ``R6``, ``令和6年度`` or ``2024``.

        Raise ValueError for anything else.
        """
        plain = narrow(text.translate(_ERA_SIGNS)).strip().upper()
        if re.fullmatch(r"(?:19|20)[0-9]{2}(?:年度?)?", plain):
            return cls(int(plain[:4]))
        match = _YEAR.fullmatch(plain)
        if not match:
            raise ValueError(f"年度として読めません: {text}")
        era, number = match.groups()
        start = next(s for letter, (name, s) in ERAS.items() if era in (letter, name))
        if not number.strip("0"):
            raise ValueError(f"年度として読めません: {text}")
        return cls(start + (1 if number == "元" else int(number)))

    @property
    def _era(self) -> tuple[str, str, int]:
        for letter in "RHSTM":
            name, start = ERAS[letter]
            if self.year > start:
                return letter, name, self.year - start
        raise ValueError(f"明治より前の年度です: {self.year}")

    def __str__(self) -> str:
        letter, _, number = self._era
        return f"{letter}{number}"

    @property
    def label(self) -> str:
        """Return the year as printed: ``令和6年度``, ``令和元年度``."""
        _, name, number = self._era
        return f"{name}{'元' if number == 1 else number}年度"

    def __add__(self, years: int) -> FiscalYear:
        return FiscalYear(self.year + years)

    def __sub__(self, other: FiscalYear) -> int:
        return self.year - other.year


def years_between(first: FiscalYear, last: FiscalYear) -> tuple[FiscalYear, ...]:
    """Return every year from the first to the last one."""
    return tuple(FiscalYear(year) for year in range(first.year, last.year + 1))


def from_float(value: float) -> Decimal:
    """Return the decimal a spreadsheet shows for a stored double: 15 significant digits."""
    number = Decimal(f"{value or 0.0:.15g}")
    return number if _is_vast(number) else Decimal(format(number, "f"))


def _is_vast(value: Decimal) -> bool:
    """Return whether a value is none that could be written out in digits (1E+308, infinity)."""
    return not value.is_finite() or abs(value.adjusted()) > LONGEST


def is_no_value(text: str) -> bool:
    """Return True for a lone dash or dots: "no value", never 0."""
    return bare(name_of(text)) in NO_VALUE


def parse_number(text: str, unit: str = "") -> Decimal | None:
    """Return the number written in Japanese style, in ``unit``; None if it is not one number.

    Accepted: △▲−－- before a digit, full-width digits, thousands commas, spaces, the unit itself,
    and 兆/億/万/千 (``1,241億5,500万円`` with the unit 億円 is 1241.55). A lone dash is None,
    and so are figures on two lines or side by side. Only 0 to 9, narrow or wide, are digits.
    """
    if _TWO_LINES.search(text):
        return None
    plain = _GROUPS.sub(lambda match: match[0].replace(" ", ""), narrow(text))
    if _TWO_FIGURES.search(plain):
        return None
    plain = bare(plain)
    sign = 1
    if plain and plain[0] in MINUS:
        sign, plain = -1, plain[1:]
    if not _begins_with_digit(plain) or len(plain) > LONGEST:
        return None
    unit = bare(unit)
    value = _in_unit(plain, unit)
    if value is None:
        value = _scaled(plain, unit)
    return None if value is None else value * sign + 0


def _begins_with_digit(text: str) -> bool:
    return text[:1] in set("0123456789")


def _in_unit(text: str, unit: str) -> Decimal | None:
    match = _PLAIN.fullmatch(text)
    units = {"", *map(_same_unit, (unit, unit.partition("/")[0]))}
    if match and _same_unit(match[2]) in units:
        return Decimal(match[1].replace(",", ""))
    return None


def _same_unit(unit: str) -> str:
    """Return a unit for comparison: ㎡ is m2, ㎏ is kg."""
    return unicodedata.normalize("NFKC", unit)


def _scaled(text: str, unit: str) -> Decimal | None:
    """Return an amount spelt with 兆億万千, brought to ``unit`` (which may carry a scale itself)."""
    total, last = Decimal(0), None
    while match := _SCALED.match(text):
        scale = SCALES[match[2]]
        if last is not None and scale >= last:
            return None
        total, last, text = (
            total + Decimal(match[1].replace(",", "")) * scale,
            scale,
            text[match.end() :],
        )
    prefix, bare = split_scale(unit)
    if last is None and not (prefix != 1 and text.endswith(bare)):
        return None
    rest = _in_unit(text, bare) if _begins_with_digit(text) else None
    if rest is None and text not in {"", bare}:
        return None
    return (total + (rest or 0)) / prefix


def split_scale(unit: str) -> tuple[Decimal, str]:
    """Return a unit as (scale, bare unit): ``億円`` is (10**8, 円); ``人`` is (1, 人)."""
    scale = SCALES.get(unit[:1])
    return (scale, unit[1:]) if scale and len(unit) > 1 else (Decimal(1), unit)


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a value needs (trailing zeros do not count)."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def written_decimals(value: Decimal) -> int:
    """Return how many decimals a value was written with (``4965.0`` is 1)."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_number(value: Decimal, decimals: int = 0, unit: str = "", *, money: bool = False) -> str:
    """Return a number as the strategy prints it: ``△10人``, ``4,965.0ha``, ``1,241億5,500万円``.

    More decimals than ``decimals`` are shown when the value needs them, so that a reader sees
    why 6.48 is below 6.5. ``money`` spells amounts over 1億 with 億 and 万.
    """
    if _is_vast(value):
        return f"{value:E}{unit}".replace("-", "△", value.is_signed())
    places = max(decimals, decimals_of(value))
    size = value.copy_abs()
    scale, bare = split_scale(unit)
    if money and scale > 1 and size * scale >= SCALES["億"]:
        body = _spell(size * scale) + bare
    else:
        body = f"{size:,.{places}f}{unit}"
    return f"△{body}" if value < 0 else body


def _spell(amount: Decimal) -> str:
    out = ""
    for name in "兆億万":
        count, amount = divmod(amount, SCALES[name])
        out += f"{count:,f}{name}" if count else ""
    return out + (f"{amount.normalize():,f}" if amount else "")


def plain(value: Decimal | None) -> str | None:
    """Return a value for JSON: plain decimal digits (``1E+308`` for what has hundreds), or None."""
    if value is None:
        return None
    return str(value) if _is_vast(value) else format(value, "f")
