"""What stops a run, as an exception that carries one Japanese sentence for the user.

AsoError                 cannot go on: the message is the sentence to show
├── WorkbookError        the workbook cannot be read
├── NoSuchRound          the strategy has no such round of evaluation
├── DefinitionError      the definition file of a strategy is wrong
├── BaseDocumentError    the base document of the report cannot be used
├── DocumentFileError    a document cannot be read or was not made by us
└── OutputError          the result cannot be saved
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple


class AsoError(Exception):
    """Cannot go on: one Japanese sentence that says place, finding and remedy."""


class WorkbookError(AsoError):
    """The workbook cannot be read at all (findings inside it are issues, not errors)."""


class NoSuchRound(AsoError):
    """The strategy of a workbook has no such round of evaluation."""

    def __init__(self, workbook: str, wanted: str, rounds: Iterable[object]) -> None:
        offered = "、".join(map(str, rounds))
        super().__init__(
            f"{workbook} に評価年度「{wanted}」はありません。{offered} のどれかを指定してください。"
        )


class Finding(NamedTuple):
    """What is wrong in a definition: the file, the entry in it, and what to do."""

    source: str
    entry: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.entry}: {self.message}"


class DefinitionError(AsoError):
    """The definition file of a strategy is wrong; ``findings`` are all that was found, in order."""

    MOST_SHOWN: Final = 50

    def __init__(self, sentence: str = "", findings: Iterable[Finding] = ()) -> None:
        self.findings = tuple(findings)
        lines = [sentence] if sentence else []
        lines += map(str, self.findings[: self.MOST_SHOWN])
        if (more := len(self.findings) - self.MOST_SHOWN) > 0:
            lines.append(f"ほかに {more} か所あります。上から順に直してください。")
        super().__init__("\n".join(lines))


class BaseDocumentError(AsoError):
    """The base document of the report is no .docx file, or its places or styles have faults."""


class DocumentFileError(AsoError):
    """A document to be renewed or compared cannot be read or was not made from a workbook of ours."""


class OutputError(AsoError):
    """The result cannot be saved where it was asked for."""
