"""下書き and 記入例: whether a document says of itself what the workbook now is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...settings import SAMPLE_WORDS
from ..blocks import Document
from .opened import OpenedDocument
from .runs import run_text
from .tags import Element, P, R

DRAFT_WORDS: Final = "下書き"


def remarks_on(opened: OpenedDocument, document: Document) -> Iterator[str]:
    """Yield a sentence for each of the two that the document says and the workbook is not, or not."""
    lines = [*_lines(opened.root)]
    for kind in ("header",):
        for part in opened.parts(kind):
            lines += _lines(part)
    says_draft = any(_is_draft(word) for line in lines for word in line.split("\u3000"))
    says_sample = any(SAMPLE_WORDS in line for line in lines)
    is_draft = any(_is_draft(line) for line in document.banner)
    is_sample = SAMPLE_WORDS in document.banner
    if is_sample and not says_sample:
        yield (
            f"ブックは{SAMPLE_WORDS}ですが、{opened.name} にその表示がありません。"
            "文書の先頭とヘッダーに書き加えてください。"
        )
    if says_sample and not is_sample:
        yield (
            f"{opened.name} に「{SAMPLE_WORDS}」とありますが、ブックは記入例ではありません。"
            "文書の先頭とヘッダーから消してください。"
        )
    if is_draft and not says_draft:
        yield (
            f"入力の誤りが残るブックの値ですが、{opened.name} に「{DRAFT_WORDS}」の表示がありません。"
            "文書の先頭とヘッダーに書き加えてください。"
        )
    if says_draft and not is_draft:
        yield (
            f"{opened.name} に「{DRAFT_WORDS}」とありますが、ブックに入力の誤りはありません。"
            "文書の先頭とヘッダーから消してください。"
        )


def _lines(root: Element) -> Iterator[str]:
    for paragraph in root.iter(P):
        text = "".join(map(run_text, paragraph.iter(R))).strip()
        if text:
            yield text


def _is_draft(text: str) -> bool:
    return text == DRAFT_WORDS or text.startswith(f"{DRAFT_WORDS}(")
