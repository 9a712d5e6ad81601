"""How a field is declared: a column of the sheets, and everything that is to be known of it.

Layout, building, reading, splitting, merging, checks, fingerprint, CSV and JSON go by this. Which
fields there are, ``fields.py`` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Owner(StrEnum):
    """Who says what stands in a field's cells."""

    PLAN = "plan"
    FORMULA = "formula"
    DEPARTMENT = "department"
    SECRETARIAT = "secretariat"


class Type(StrEnum):
    """What stands in a field's cells; an actual is a figure or a mark, judged in its round."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DEPARTMENTS = "departments"
    ACTUAL = "actual"


class Level(StrEnum):
    """Whose rows have the field."""

    INDICATOR = "indicator"
    MEASURE = "measure"
    GOAL = "goal"
    QUESTION = "question"


class Role(StrEnum):
    """What a text is for: a note like any other, what a council said, or what is answered to it."""

    NOTE = "note"
    OPINION = "opinion"
    ANSWER = "answer"


@dataclass(frozen=True)
class Field:
    """A column of the tables of indicators, 施策, goals or questions.

    ``key`` is its name in the ledger and in JSON, ``head`` the heading of its column, ``width`` in
    characters, ``name`` what it is called in lists and messages where that is not the heading.
    ``look`` is the style of a cell that is not typed, ``prompt`` what
    Excel says beside one that is. A ``checked`` one shows what the plan says of
    the indicator under the same key: another value is a finding. Without a ``needed`` one a
    workbook is still whole. What is ``printed``, documents show, and a blank is asked for unless
    it is ``optional``. ``role`` tells opinions of a council, and answers to them, from other texts.
    """

    key: str
    head: str
    width: float
    owner: Owner
    type: Type = Type.TEXT
    level: Level = Level.INDICATOR
    name: str = ""
    look: str = ""
    prompt: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    checked: bool = False
    needed: bool = True
    printed: bool = False
    optional: bool = False
    role: Role = Role.NOTE

    @property
    def word(self) -> str:
        """Return what the field is called in lists and messages."""
        return self.name or self.head

    @property
    def is_typed(self) -> bool:
        """Return whether people fill it in every year."""
        return self.owner in (Owner.DEPARTMENT, Owner.SECRETARIAT)

    @property
    def is_asked(self) -> bool:
        """Return whether somebody is asked to fill a blank."""
        return self.printed and not self.optional

    @property
    def travels(self) -> bool:
        """Return whether departments get it in their workbooks; the secretariat's own stays."""
        return self.owner is not Owner.SECRETARIAT

    @property
    def is_text(self) -> bool:
        """Return whether digits typed in it are letters, not a figure."""
        return self.type not in (Type.NUMBER, Type.ACTUAL)
