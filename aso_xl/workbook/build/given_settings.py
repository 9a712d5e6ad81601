"""The settings that come with a definition file, held to the rows of the sheet 設定."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ...domain.plan import Plan
from ...domain.setting_declaration import Setting
from ...domain.settings import rows
from ...errors import Finding
from ...strategies.definition import Definition
from ...strategies.entries import DEPARTMENTS_KEY
from ...strategies.shapes import short


def misfits(definition: Definition, source: str) -> Iterator[Finding]:
    """Yield settings that there are none of, and values that the sheet does not offer."""
    known = {row.setting.key: row.setting for row in rows()}
    for key, value in definition.entries.get("settings", {}).items():
        if key == DEPARTMENTS_KEY:
            continue
        entry = f"[entries.settings] {short(key)}"
        if key not in known:
            near = get_close_matches(key[:40], known, 1)
            hint = f"{near[0]} ではありませんか。" if near else ""
            yield Finding(source, entry, f"この項目は設定にありません。{hint}確かめてください")
        elif message := _wrong(known[key], value, definition.plan):
            yield Finding(source, entry, message)


def _wrong(setting: Setting, value: str | float, plan: Plan) -> str | None:
    choices = setting.kind.choices(plan)
    if choices and value not in choices:
        return f"{'、'.join(choices)} のどれかを書いてください"
    if not setting.kind.is_number:
        return None
    if not re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", str(value)):
        return "0以上の数字を半角で書いてください"
    try:
        setting.kind.read(str(value), plan)
    except ValueError:
        return "%の数で書いてください(0.8 ではなく 80)"
    return None
