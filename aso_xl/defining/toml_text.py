"""Writing the tables of a definition as TOML, laid out as people write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_HEAD: Final = "# aso-xl definition convert で書き出した定義。書き方は docs/definition.md を参照。"


def toml_text(raw: Mapping[str, Any], entries: Mapping[str, Any], repairs: Any = ()) -> str:
    """Return the text of a definition file that reads back to the same tables."""
    lines = [_HEAD, "", *_table("[plan]", raw.get("plan", {}))]
    for goal in raw.get("goals", ()):
        lines += _table("[[goals]]", {k: v for k, v in goal.items() if k != "measures"})
        for measure in goal.get("measures", ()):
            lines += _table("[[goals.measures]]", measure)
    for name in ("relations", "grades", "fields"):
        for each in raw.get(name, ()):
            lines += _table(f"[[{name}]]", each)
    for kind, said in entries.items():
        lines += _table(f"[entries.{_key(kind)}]", said)
    for each in repairs:
        lines += _table("[[repairs]]", each)
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(head: str, table: Mapping[str, Any]) -> Iterator[str]:
    yield head
    for key, value in table.items():
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            yield f"{_key(key)} = ["
            yield from (f"  {_value(each)}," for each in value)
            yield "]"
        else:
            yield f"{_key(key)} = {_value(value)}"
    yield ""


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case dict():
            inner = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
    return str(value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    """Return a text in quotes; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
