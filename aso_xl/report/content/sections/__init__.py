"""What reports say: sections, made of blocks, and the kinds of report that they make up."""

from .draft_words import DRAFT_WORDS
from .kinds import document, report

__all__ = ["DRAFT_WORDS", "document", "report"]
