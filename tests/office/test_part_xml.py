"""A part may declare entities, but what they name is neither expanded nor fetched."""

from pathlib import Path

from aso_xl.office.part_xml import parsed, part_of


def test_an_entity_stays_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    outside = (tmp_path / "secret.txt").as_uri()
    for declared in ('"秘密"', f'SYSTEM "{outside}"'):
        root = parsed(f"<!DOCTYPE a [<!ENTITY e {declared}>]><a>&e;</a>".encode())
        assert root.text is None
        assert b"<a>&e;</a>" in part_of(root)


def test_a_part_begins_with_its_declaration() -> None:
    assert part_of(parsed("<a>阿蘇</a>")).decode("utf-8") == (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<a>阿蘇</a>"
    )
