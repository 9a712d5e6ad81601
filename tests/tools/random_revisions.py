"""Revisions of a plan made up at random: renumbered, moved, divided, united, ended, added, changed."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from aso_xl.strategies.definition import Definition, examine_tables
from aso_xl.strategies.revised_tables import indicator_tables

Table = dict[str, Any]
_TRIES = 60


def revised(raw: Table, seed: int, *, may_drop: bool = True) -> Definition:
    """Return a revision of the tables of a definition, with nothing wrong in it."""
    for attempt in range(_TRIES):
        made = _Revision(deepcopy(raw), Random(seed * _TRIES + attempt), may_drop=may_drop).made()
        definition, found = examine_tables(made, {}, "改訂.toml")
        if not found:
            return definition
    raise AssertionError(seed)


CHANGES = (
    *("same", "same", "renumber", "move", "divide", "unite"),
    *("drop", "end", "target", "unit", "add"),
)


class _Revision:
    """Revises one plan in place; every choice is the dice's."""

    def __init__(self, raw: Table, random: Random, *, may_drop: bool) -> None:
        self.raw, self.random, self.may_drop = raw, random, may_drop
        self.used = {own["id"] for own in indicator_tables(raw)}

    def made(self) -> Table:
        for group, prefix in list(self.groups()):
            for own in list(group):
                if any(each is own for each in group):
                    self.indicator(group, prefix, own)
        known = {own["id"] for own in indicator_tables(self.raw)}
        self.raw["relations"] = [r for r in self.raw.get("relations", ()) if _ids(r) <= known]
        if not self.raw["relations"]:
            self.raw.pop("relations")
        if self.may_drop and self.raw.get("fields") and self.random.random() < 0.3:
            self.raw["fields"].pop()
        return self.raw

    def groups(self):
        """Yield the lists of indicators with the prefix of their ids."""
        for goal in self.raw["goals"]:
            number = goal["number"]
            yield goal.get("headlines", []), f"{number}-H"
            yield goal.get("kpis", []), f"{number}-K"
            for measure in goal.get("measures", ()):
                yield measure.get("kpis", []), f"{number}-{measure['number']:02d}-"

    def free(self, prefix: str) -> str:
        id_ = next(i for n in range(1, 100) if (i := f"{prefix}{n}") not in self.used)
        self.used.add(id_)
        return id_

    def indicator(self, group: list[Table], prefix: str, own: Table) -> None:
        """Do something to an indicator, or leave it as it is."""
        own.pop("was", None)
        own.pop("factor", None)
        match self.random.choice(CHANGES):
            case "renumber":
                own |= {"was": [own["id"]], "id": self.free(prefix)}
            case "move":
                target, to = self.random.choice(list(self.groups()))
                if target:
                    group.remove(own)
                    target.append({**own, "was": [own["id"]], "id": self.free(to)})
            case "divide":
                parts = [
                    {**deepcopy(own), "was": [own["id"]], "id": self.free(prefix)} for _ in "ab"
                ]
                group[group.index(own) : group.index(own) + 1] = parts
            case "unite" if len(group) > 1:
                other = self.random.choice([each for each in group if each is not own])
                if other.get("unit") == own.get("unit") and "was" not in other:
                    own["was"] = [own["id"], other["id"]]
                    group.remove(other)
            case "drop" if self.may_drop:
                group.remove(own)
            case "end":
                own["until"] = max(own.get("from", ""), self.raw["plan"]["rounds"][-2])
            case "target" if "target" in own:
                own["target"] = str(self.random.randint(1, 99))
            case "unit" if own.get("unit") in ("人", "件", "ha") and "aggregate" not in own:
                own |= {"unit": f"千{own['unit']}", "factor": "0.001"}
            case "add":
                added = {
                    "id": self.free(prefix),
                    "name": "新しい指標",
                    "rule": "以上",
                    "target": "7",
                }
                group.append({**added, "from": self.raw["plan"]["rounds"][-1]})


def _ids(relation: Table) -> set[str]:
    one = {relation[key] for key in ("id", "part", "whole") if key in relation}
    return one.union(*(relation.get(key, ()) for key in ("ids", "plus", "minus")))
