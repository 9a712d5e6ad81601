"""What a number format does to a number: shows it, hides it, or shows another one.

Units, colours, thousands commas and decimals are looks. Scaling by thousands (``#,##0,``), digits
and signs that the format adds, and sections that show nothing are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from ....domain.catalogue import FORMAT_HIDES, FORMAT_MISLEADS, ZERO_HIDDEN, IssueKind
from ....domain.numerals import from_float

GENERAL: Final = "General"

BUILT_IN: Final = {
    **{0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **dict.fromkeys((5, 6), '"$"#,##0_);("$"#,##0)'),
    **dict.fromkeys((7, 8), '"$"#,##0.00_);("$"#,##0.00)'),
    **{11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 48: "##0.0E+0", 49: "@"},
    **{14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM"},
    **{19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm"},
    **dict.fromkeys((37, 38), "#,##0_);(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00_);(#,##0.00)"),
    **dict.fromkeys((41, 42), '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)'),
    **dict.fromkeys((43, 44), '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)'),
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0"},
    **dict.fromkeys((*range(27, 37), *range(50, 59)), 'yyyy"年"m"月"d"日"'),
}
"""Formats that are stored by number only (ECMA-376 18.8.30), as far as their digits and signs go.

Those of a Japanese Excel are dates; the times among them matter less.
"""

_NOT_A_DATE: Final = re.compile(r'"[^"]*"|\\.|_.|\[(?!(?:hh?|mm?|ss?)\])[^\]]*\]', re.IGNORECASE)
_DATE: Final = re.compile("[dmhys]", re.IGNORECASE)
_DURATION: Final = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)

_PIECES: Final = re.compile(
    r'"([^"]*)"|[\\!](.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|(\[[^\]]*\])|(General|G/標準)|(.)', re.DOTALL
)
_SECTIONS: Final = re.compile(r'((?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;"])*)(;|$)', re.DOTALL)
_SIGNS: Final = "-△▲−－‐"
_NOTHING: Final = " \u3000-－―ー—–¥￥$＄"
"""What an accounting format leaves where it shows no 0: a dash, behind its currency."""

_COLOURS: Final = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|[黒青水緑紫赤白黄]|色\d+)\]",
    re.IGNORECASE,
)
_LONGEST: Final = 500


class _Section(NamedTuple):
    """One section: texts before, between and behind the digits, and what is done to them."""

    before: str = ""
    between: str = ""
    behind: str = ""
    has_digits: bool = False
    is_scaled: bool = False
    is_coloured: bool = False
    keeps_zero: bool = False
    decimals: tuple[int, int] | None = None
    """Fewest and most digits behind the point; None where the number says it (General, 1E+2, 1/2)."""
    is_percent: bool = False

    @property
    def shows_zero(self) -> bool:
        """Return whether one sees more than a blank, dash or currency: # and ? show no 0."""
        return self.keeps_zero or bool((self.before + self.between + self.behind).strip(_NOTHING))

    @property
    def shows(self) -> bool:
        return self.has_digits or bool((self.before + self.behind).strip())

    @property
    def has_sign(self) -> bool:
        return any(sign in self.before for sign in (*_SIGNS, "(", "("))

    @property
    def alters(self) -> bool:
        """Return whether one sees another number, its sign apart."""
        return (
            not self.has_digits
            or self.is_scaled
            or bool(re.search(rf"[\d.,:/{re.escape(_SIGNS)}]", self.between))
            or bool(re.search(r"\d[.,]?$", self.before))
            or bool(re.match(r"[.,]?\d", self.behind))
        )


@lru_cache(maxsize=1024)
def is_date(number_format: str) -> bool:
    """Return whether the format shows a number as a day or time."""
    return bool(_DATE.search(_NOT_A_DATE.sub("", number_format.partition(";")[0])))


def is_duration(number_format: str) -> bool:
    """Return whether the format shows hours, minutes or seconds beyond a day: ``[h]:mm``."""
    return bool(_DURATION.search(number_format.partition(";")[0]))


@lru_cache(maxsize=4096)
def effect(number_format: str, number: float) -> IssueKind | None:
    """Return what is to be said of a number in a format; None for nothing."""
    if number_format == GENERAL or len(number_format) > _LONGEST:
        return None
    sections = [_section(text) for text in _split(number_format)]
    if not any(section.shows for section in sections[:3]):
        return FORMAT_HIDES
    if re.search(r"\[[<>=]", number_format):
        wrong = any(section.is_scaled for section in sections[:3])
        return FORMAT_MISLEADS if wrong and number else None
    section = _chosen(sections, number)
    if not number and not section.shows_zero:
        return ZERO_HIDDEN
    if not section.shows:
        return FORMAT_HIDES
    return FORMAT_MISLEADS if _misleads(section, sections, number) else None


def shown_text(number_format: str, number: int | float) -> str | None:
    """Return what one sees of a number that its format rounds, shows in % or with a unit.

    None where the format says nothing more, and where ``effect`` has something to say of it.
    """
    if number_format in (GENERAL, "@") or effect(number_format, number):
        return None
    section = _chosen([_section(text) for text in _split(number_format)], number)
    shown = from_float(number) * (100 if section.is_percent else 1)
    if section.decimals:
        fewest, most = section.decimals
        shown = shown.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
        for _ in range(most - fewest):
            shorter = shown.quantize(Decimal(1).scaleb(shown.as_tuple().exponent + 1))  # type: ignore[operator]
            shown = shorter if shorter == shown else shown
    return f"{shown:f}{'%' if section.is_percent else ''}{section.behind.strip()}"


def hides_text(number_format: str) -> bool:
    """Return whether the format has a section for text that shows none."""
    sections = list(_split(number_format)) if ";" in number_format else []
    return len(sections) > 3 and "@" not in sections[3] and not _section(sections[3]).shows


def _misleads(section: _Section, sections: list[_Section], number: float) -> bool:
    if section.is_scaled and not number and not section.between:
        return False
    if section.alters:
        return True
    if number < 0 and len(sections) > 1:
        return not (section.has_sign or section.is_coloured)
    return section.before.strip()[-1:] in {*_SIGNS} and bool(section.before.strip()) and number != 0


def _chosen(sections: list[_Section], number: float) -> _Section:
    at = 1 if number < 0 else 2 if number == 0 else 0
    return sections[at] if at < min(len(sections), 3) else sections[0]


def _split(number_format: str) -> Iterator[str]:
    for section in _SECTIONS.finditer(number_format):
        yield section[1]
        if not section[2]:
            return


def _section(text: str) -> _Section:
    before, between, behind, commas = "", "", "", ""
    digits = coloured = zero = percent = is_plain = False
    fewest, most = 0, -1
    for quoted, escaped, currency, bracket, general, other in _PIECES.findall(text):
        literal = quoted or escaped or currency
        coloured = coloured or bool(bracket and _COLOURS.fullmatch(bracket))
        if general or other in ("0", "#", "?", "@"):
            digits, between, behind, commas = True, between + behind, "", ""
            zero = zero or bool(general) or other in "0@"
            is_plain = is_plain or bool(general) or other == "@"
            if most >= 0:
                fewest, most = fewest + (other == "0"), most + 1
        elif other == "," and digits and not behind:
            commas += other
        elif other in (".", ",", "/", "%", "E", "e", "+") and digits:
            commas = commas if other == "%" else ""
            percent = percent or other == "%"
            is_plain = is_plain or other in "/Ee"
            most = 0 if other == "." else most
        elif not digits:
            before += literal or other
        else:
            behind += literal or other
    decimals = None if is_plain else (fewest, max(0, most))
    scaled = bool(commas)
    return _Section(before, between, behind, digits, scaled, coloured, zero, decimals, percent)
