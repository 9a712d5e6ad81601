"""The settings that come with a definition file, held to the rows of the sheet 設定."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ...strategies.definition import Definition
from ...errors import Finding
from ...strategies.entries import DEPARTMENTS_KEY
from ...strategies.shapes import short
from ..layout import Setting, settings_rows


def misfits(definition: Definition, source: str) -> Iterator[Finding]:
    """Yield settings that there are none of, and values that the sheet does not offer."""
    rows = {setting.key: setting for setting in settings_rows(definition.plan)}
    for key, value in definition.entries.get("settings", {}).items():
        if key == DEPARTMENTS_KEY:
            continue
        entry = f"[entries.settings] {short(key)}"
        if key not in rows:
            near = get_close_matches(key[:40], rows, 1)
            hint = f"{near[0]} ではありませんか。" if near else ""
            yield Finding(source, entry, f"この項目は設定にありません。{hint}確かめてください")
        elif message := _wrong(rows[key], value):
            yield Finding(source, entry, message)


def _wrong(setting: Setting, value: str | float) -> str | None:
    if setting.choices and value not in setting.choices:
        return f"{'、'.join(setting.choices)} のどれかを書いてください"
    if setting.number and not re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", str(value)):
        return "0以上の数字を半角で書いてください"
    return None
