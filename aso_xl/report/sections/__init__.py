"""What reports say: sections, made of blocks, and the kinds of report that they make up."""

from .kinds import DRAFT_WORDS, document, report

__all__ = ["DRAFT_WORDS", "document", "report"]
