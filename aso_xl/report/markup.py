"""Text → WordprocessingML, as strings: fast to build, always escaped, never with a look of its own
but the underlines that official papers put under what was changed.

Fragments use the prefix w:, which `standalone` declares when one is to be parsed by itself.
"""

import re
from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_LOOSE_SPACE = re.compile(" (?:[ \n\t]|$)|(?:^|[\n\t]) ")


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


def run(text: str, style_id: str = "", *, underlined: bool = False) -> str:
    """Return a run, in a character style if one is given; "" for empty text."""
    if not text:
        return ""
    look = f'<w:rStyle w:val="{style_id}"/>' if style_id else ""
    look += '<w:u w:val="single"/>' if underlined else ""
    style = f"<w:rPr>{look}</w:rPr>" if look else ""
    body = escape(text)
    space = ' xml:space="preserve"' if _LOOSE_SPACE.search(body) else ""
    start, end = f"<w:t{space}>", "</w:t>"
    for character, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        if character in body:
            body = body.replace(character, end + element + start)
    return f"<w:r>{style}{start}{body}{end}</w:r>"


def paragraph(
    style_id: str, content: str, *, keep: bool = False, new_page: bool = False, item: int = 0
) -> str:
    """Return a paragraph of finished runs; `keep` holds it on the page of the next one.

    With ``item`` it is numbered as an item of the list with that number.
    """
    keep_next = "<w:keepNext/>" if keep else ""
    page_break = "<w:pageBreakBefore/>" if new_page else ""
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{item}"/></w:numPr>' if item else ""
    properties = f'<w:pPr><w:pStyle w:val="{style_id}"/>{keep_next}{page_break}{number}</w:pPr>'
    return f"<w:p>{properties}{content}</w:p>"


def field(instruction: str, shown: str) -> str:
    """Return the runs of a field that Word computes anew when asked, and what it shows till then."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return f"{begin}{code}{separate}{run(shown)}{end}"


def gap(style_id: str, content: str = "", *, keep: bool = False, new_page: bool = False) -> str:
    """Return a paragraph one point high: it must not push out an empty page of its own."""
    stays = "<w:keepNext/>" if keep else ""
    page_break = "<w:pageBreakBefore/>" if new_page else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{stays}{page_break}<w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
        f"{content}</w:p>"
    )


def standalone(element: str) -> bytes:
    """Return an element that declares its prefix itself, to be parsed.

    Moving an element whose prefix is declared outside of it takes lxml quadratic time; so does
    xml:space on every text, which is why `run` writes it only where it matters. Bytes, since lxml
    takes long text to parse half as fast.
    """
    name, rest = element.split(">", 1)
    return f'{name} xmlns:w="{W}">{rest}'.encode()
