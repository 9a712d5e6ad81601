"""What stops a run, as an exception that carries one Japanese sentence for the user.

AsoError                 cannot go on: the message is the sentence to show
├── WorkbookError        the workbook cannot be read
├── DefinitionError      the definition file of a strategy is wrong
├── BaseDocumentError    the base document of the report cannot be used
├── DocumentFileError    a document cannot be read or was not made by us
└── OutputError          the result cannot be saved
"""


class AsoError(Exception):
    """Cannot go on: one Japanese sentence that says place, finding and remedy."""


class WorkbookError(AsoError):
    """The workbook cannot be read at all (findings inside it are issues, not errors)."""


class DefinitionError(AsoError):
    """The definition file of a strategy is wrong."""


class BaseDocumentError(AsoError):
    """The base document of the report is no .docx file, or its places or styles have faults."""


class DocumentFileError(AsoError):
    """A document to be renewed or compared cannot be read or was not made from a workbook of ours."""


class OutputError(AsoError):
    """The result cannot be saved where it was asked for."""
