"""Text → WordprocessingML, as strings: fast to build, always escaped, never with a look of its own.

Fragments use the prefix w: and are parsed once, inside `fragment`.
"""

import re
from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_TEXT_END, _TEXT_START = "</w:t>", '<w:t xml:space="preserve">'


def clean(text: str) -> str:
    r"""Return the text without characters that XML forbids, each line end as \n."""
    return _LINE_END.sub("\n", _ILLEGAL.sub("", text))


def escape(text: str) -> str:
    """Return cleaned text that can stand in XML, also within double quotes."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def attribute(text: str) -> str:
    """Return text for an attribute: escaped, on one line."""
    return escape(text).replace("\n", " ").replace("\t", " ")


def run(text: str, style_id: str = "") -> str:
    """Return a run, in a character style if one is given; "" for empty text."""
    if not text:
        return ""
    style = f'<w:rPr><w:rStyle w:val="{style_id}"/></w:rPr>' if style_id else ""
    body = escape(text)
    for character, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        body = body.replace(character, _TEXT_END + element + _TEXT_START)
    return f"<w:r>{style}{_TEXT_START}{body}{_TEXT_END}</w:r>"


def paragraph(style_id: str, content: str, *, keep: bool = False, new_page: bool = False) -> str:
    """Return a paragraph of finished runs; `keep` holds it on the page of the next one."""
    keep_next = "<w:keepNext/>" if keep else ""
    page_break = "<w:pageBreakBefore/>" if new_page else ""
    properties = f'<w:pPr><w:pStyle w:val="{style_id}"/>{keep_next}{page_break}</w:pPr>'
    return f"<w:p>{properties}{content}</w:p>"


def fragment(content: str) -> str:
    """Return one element, to be parsed, that holds the fragments and declares their prefix."""
    return f'<w:body xmlns:w="{W}">{content}</w:body>'
