"""The styles that every base document must have, by the names that Word stores."""

from collections.abc import Mapping
from typing import Final

BODY: Final = "Body Text"
CAPTION: Final = "Caption"
HEADER: Final = "Header"
TITLE: Final = "Title"
CONTENTS: Final = "TOC Heading"
CONTENTS_ENTRY: Final = ("toc 1", "toc 2")
"""Of the entries of level 1 and 2."""
FIGURE: Final = "図"
STRONG: Final = "Strong"
CELL_HEAD: Final = "表見出し"
CELL_TEXT: Final = "表本文"
CELL_NUMBER: Final = "表数値"
CELL_CENTER: Final = "表中央"
VERDICT_HEAD: Final = "評価見出し"
VERDICT_TEXT: Final = "評価本文"
VERDICT: Final = "評価結果"
NOTE: Final = "表注記"
BANNER: Final = "お知らせ"
EVALUATION: Final = "評価表"
LISTING: Final = "一覧表"

GUIDE_TEXT, ITEM, NUMBERED, EXAMPLE = "手引本文", "List Bullet", "List Number", "記入例"
"""Of the text of guides, items of lists, and lines to be typed."""
CODE, LINK = "入力する文字", "Hyperlink"

CHARACTER_STYLES: Final = (STRONG,)
TABLE_STYLES: Final = (EVALUATION, LISTING)
PARAGRAPH_STYLES: Final = (
    "Heading 1",
    "Heading 2",
    "Heading 3",
    BODY,
    CAPTION,
    HEADER,
    CELL_HEAD,
    CELL_TEXT,
    CELL_NUMBER,
    CELL_CENTER,
    VERDICT_HEAD,
    VERDICT_TEXT,
    VERDICT,
    NOTE,
    BANNER,
)

REQUIRED: Final[Mapping[str, str]] = {
    **dict.fromkeys(PARAGRAPH_STYLES, "paragraph"),
    **dict.fromkeys(CHARACTER_STYLES, "character"),
    **dict.fromkeys(TABLE_STYLES, "table"),
}
"""Style name → kind of style, as in the attribute w:type."""

ALL: Final[Mapping[str, str]] = {
    **REQUIRED,
    **dict.fromkeys((TITLE, CONTENTS, *CONTENTS_ENTRY, FIGURE), "paragraph"),
}
"""The required styles, and those of titles, contents and charts: only some reports use these."""
GUIDE: Final[Mapping[str, str]] = {
    **dict.fromkeys((GUIDE_TEXT, ITEM, NUMBERED, EXAMPLE), "paragraph"),
    **dict.fromkeys((CODE, LINK), "character"),
}
"""The styles that only our own guides use: a base document of staff's needs none of them."""

_SHOWN_AS: Final = {
    "Heading 1": "見出し 1",
    "Heading 2": "見出し 2",
    "Heading 3": "見出し 3",
    BODY: "本文",
    CAPTION: "図表番号",
    HEADER: "ヘッダー",
    TITLE: "表題",
    CONTENTS: "目次の見出し",
    CONTENTS_ENTRY[0]: "目次 1",
    CONTENTS_ENTRY[1]: "目次 2",
    STRONG: "強調太字",
}


def shown_as(name: str) -> str:
    """Return the name under which Japanese Word shows a style."""
    return _SHOWN_AS.get(name, name)
