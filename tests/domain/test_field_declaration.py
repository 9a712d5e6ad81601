"""What a column is, unless its declaration says otherwise."""

from __future__ import annotations

import pytest

from aso_xl.domain.field_declaration import Field, Owner, Type


def test_a_column_is_called_by_its_heading_is_needed_and_not_printed() -> None:
    usual = Field("remark", "備考(要因)", 10, Owner.DEPARTMENT)
    assert (usual.word, usual.needed, usual.printed, usual.checked) == (
        "備考(要因)",
        True,
        False,
        False,
    )
    assert Field("remark", "備考(要因)", 10, Owner.DEPARTMENT, name="備考").word == "備考"


@pytest.mark.parametrize(
    ("owner", "is_typed", "travels"),
    [
        (Owner.DEPARTMENT, True, True),
        (Owner.SECRETARIAT, True, False),
        (Owner.PLAN, False, True),
        (Owner.FORMULA, False, True),
    ],
)
def test_what_the_secretariat_types_does_not_travel(
    owner: Owner, is_typed: bool, travels: bool
) -> None:
    field = Field("key", "見出し", 10, owner)
    assert (field.is_typed, field.travels) == (is_typed, travels)


@pytest.mark.parametrize("type_", Type)
def test_digits_are_letters_but_in_numbers_and_figures(type_: Type) -> None:
    field = Field("key", "見出し", 10, Owner.DEPARTMENT, type_)
    assert field.is_text is (type_ in {Type.TEXT, Type.CHOICE, Type.DEPARTMENTS})
