"""Plans made up at random, with every entry of the format: for any test, by a seed.

``raw_plan(Random(seed))`` gives the tables of a definition file; ``definition_of(seed)`` the checked
definition. With hypothesis: ``st.integers(0, 10**9).map(definition_of)``.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from aso_xl.strategies.definition import Definition, examine_tables

Table = dict[str, Any]
ERAS = (("H", 27, 30), ("R", 7, 11), ("R", 2, 9))
NAMES = (
    "新規就農者数",
    "社会増減",
    "満足度",
    "観光客数",
    "健康寿命",
    "出生数",
    "起業件数",
    "魅力度",
)
DEPARTMENTS = ("農政課", "観光課", "福祉課", "まち・ひと課")
UNITS = ("人", "%", "件", "億円", "ha", "歳", "組", "")
GRADES = (("A", "B", "C"), ("◎", "○", "△", "×"), ("S", "A", "B", "C", "D"), ("よい", "わるい"))
CHOICES = ("継続", "拡充", "見直し", "終了")
TEXTS = ("文を書いた。", "=式ではない", "二行\nの文", "「かっこ」と、点")


def definition_of(seed: int) -> Definition:
    """Return the definition of a seed; there is nothing wrong in it."""
    definition, found = examine_tables(*raw_plan(Random(seed)), f"plan{seed}.toml")
    assert not found, (seed, [each.message for each in found])
    return definition


def raw_plan(random: Random) -> tuple[Table, Table]:
    """Return the tables of a definition, and the entries that come with it."""
    return _Maker(random).made()


class _Maker:
    """Makes one plan; every choice is the dice's."""

    def __init__(self, random: Random) -> None:
        self.random = random
        era, first, last = random.choice(ERAS)
        last = min(last, first + random.randint(1, 5))
        self.rounds = [f"{era}{number}" for number in range(first, last + 1)]
        self.base = f"{era}{first - 1}"
        self.is_ranked = self.maybe()
        self.ids: list[tuple[int, str, str]] = []

    def maybe(self, share: float = 0.5) -> bool:
        return self.random.random() < share

    def some(self, **entries: Any) -> Table:
        """Return some of the entries, each with its value made if it is a function."""
        return {
            key: value() if callable(value) else value
            for key, value in entries.items()
            if self.maybe(0.35)
        }

    def made(self) -> tuple[Table, Table]:
        random = self.random
        plan: Table = {
            "id": "random",
            "title": "架空市まち・ひと・しごと創生総合戦略",
            "short_title": "総合戦略",
            "municipality": "架空市",
            "period": [self.rounds[0], self.rounds[-1]],
            "rounds": self.rounds,
            "round": random.choice(self.rounds),
            "baseline_year": self.base,
            "target_year": random.choice(self.rounds[-2:]),
            **self.some(
                departments=lambda: random.sample(DEPARTMENTS, random.randint(1, 4)),
                stated_kpi_total=lambda: random.randint(0, 40),
            ),
            "judged_against": random.choice(("final", "yearly", "yearly")),
            "progress": random.choice(("baseline", "baseline", "ratio")),
            "rounding": random.choice(("truncate", "half_up")),
        }
        self.target_year = plan["target_year"]
        raw: Table = {"plan": plan, "goals": []}
        for number in range(1, random.randint(1, 4) + 1):
            raw["goals"].append(self.goal(number))
        relations = [*self.relations(), *self.together()]
        raw |= {"relations": relations} if relations else {}
        raw |= {"grades": self.grades()} if self.maybe(0.7) else {}
        if self.maybe(0.7) and (fields := self.fields()):
            raw["fields"] = fields
        entries = self.entries(raw)
        self.renumber(raw)
        return raw, entries

    def goal(self, number: int) -> Table:
        goal: Table = {"number": number, "title": f"{number} 番目の目標を進める"}
        goal |= self.some(label=f"基本目標{'ⅠⅡⅢⅣ'[number - 1]}")
        if self.maybe(0.8):
            goal["headlines"] = self.indicators(number, "headline", f"{number}-H")
        if self.maybe(0.5):
            goal["kpis"] = self.indicators(number, "kpi", f"{number}-K")
        measures = [self.measure(number, place) for place in range(1, self.random.randint(1, 4))]
        if measures:
            goal["measures"] = measures
        has_kpis = "kpis" in goal or any("kpis" in measure for measure in measures)
        if not has_kpis and self.maybe():
            total = self.random.randint(0, 20)
            counts = {"total": total, "achieved": self.random.randint(0, total)}
            goal["kpi_counts"] = counts
        return goal

    def measure(self, goal: int, number: int) -> Table:
        measure: Table = {"number": number, "name": self.random.choice(NAMES) + "を増やす"}
        measure |= self.some(label=f"({number})", group=self.random.choice(("ア 産業", "イ 福祉")))
        if self.maybe(0.8):
            measure["kpis"] = self.indicators(goal, "kpi", f"{goal}-{number:02d}-")
        return measure

    def indicators(self, goal: int, kind: str, prefix: str) -> list[Table]:
        made = []
        for number in range(1, self.random.randint(1, 4) + 1):
            id_ = f"{prefix}{number}"
            self.ids.append((goal, kind, id_))
            made.append({"id": id_, **self.indicator(number)})
        return made

    def indicator(self, number: int) -> Table:
        random = self.random
        name = random.choice(NAMES)
        about: Table = {
            "name": name,
            **self.some(
                label="①②③④"[number - 1],
                department=lambda: "、".join(random.sample(DEPARTMENTS, random.randint(1, 2))),
                source="統計書",
                note="翌年に確定します",
                statement=f"{name}を目標まで進める",
                lag=lambda: random.randint(1, 2),
                printed_target=lambda: random.choice(("延伸", "現状維持", "増加")),
                printed_baseline=lambda: random.choice(("－", "新規")),
            ),
            **self.asked(),
        }
        kind = random.choices(("number", "rank", "typed"), (80, 12, 8))[0]
        match kind:
            case "typed":
                return {**about, "rule": "定性", "statement": about.get("statement", name)}
            case "rank":
                return {**about, **self.rank()}
        return {**about, **self.number()}

    def asked(self) -> Table:
        """Return the rounds in which an indicator is asked: mostly all."""
        first, last = sorted(self.random.choices(range(len(self.rounds)), k=2))
        found = {}
        if self.maybe(0.25):
            found["from"] = self.rounds[first]
        if self.maybe(0.2):
            found["until"] = self.rounds[last]
        return found

    def rank(self) -> Table:
        random = self.random
        base, target = str(random.randint(1, 47)), str(random.randint(1, 20))
        targets = {year: str(random.randint(1, 30)) for year in self.years()}
        more = {"targets": targets} if targets and self.maybe() else {}
        rule = random.choice(("以内", "以内", "以内", "以下"))
        return {"unit": "位", "rule": rule, "baseline": base, "target": target, **more}

    def years(self) -> list[str]:
        """Return the rounds that may have a target of their own: up to that of the final one."""
        until = self.rounds.index(self.target_year)
        return [year for year in self.rounds[: until + 1] if self.maybe(0.6)]

    def number(self) -> Table:
        random = self.random
        unit, places = random.choice(UNITS), random.choice((0, 0, 0, 1, 2))
        size = random.choice((10, 100, 1000, 100_000))

        def figure(low: float = 0.0) -> str:
            value = Decimal(random.randint(int(low * size), size)).scaleb(-places)
            return str(value)

        signed = self.maybe(0.2)
        low = -1.0 if signed else 0.0
        base, target = figure(low), figure(low)
        found: Table = {
            "unit": unit,
            "rule": random.choice(("以上", "以上", "以下", "未満", "超")),
            "target": target,
            **({"signed": True} if signed else {}),
        }
        if self.maybe(0.8):
            found["baseline"] = random.choice((base, base, base, base, target))
        if self.maybe(0.4):
            found["targets"] = {year: figure(low) for year in self.years()}
        if self.maybe(0.35):
            found["aggregate"] = random.choice(("sum", "sum", "mean", "max", "latest"))
        elif self.maybe(0.15):
            found["cumulative"] = True
        if unit == "%" and self.maybe():
            found["over_100"] = True
        if unit == "億円" and self.maybe():
            found["money"] = True
        if revised := self.revised(found, figure(low), figure(low)):
            found["revised"] = revised
        return {key: value for key, value in found.items() if value != {}}

    def revised(self, indicator: Table, target: str, baseline: str) -> list[Table]:
        """Return what revisions changed of an indicator: mostly nothing."""
        random = self.random
        rounds = [each for each in self.rounds[1:] if self.maybe(0.15)]
        changes: dict[str, Any] = {
            "target": target,
            "rule": random.choice(("以上", "以下", "超")),
            "printed_target": "維持",
            "reason": "見直しのため",
            **({"baseline": baseline} if "baseline" in indicator else {}),
        }
        made = []
        for since in rounds:
            keys = {random.choice(("target", "target", "rule", "printed_target"))}
            keys |= {key for key in changes if self.maybe(0.2)}
            made.append({"from": since, **{key: changes[key] for key in changes if key in keys}})
        return made

    def renumber(self, raw: Table) -> None:
        """Give some goals, 施策 and indicators the numbers that they had before a revision."""
        for goal in raw["goals"]:
            measures = goal.get("measures", ())
            groups = [goal.get(key, ()) for key in ("headlines", "kpis")]
            own = [each for group in groups for each in group]
            own += [kpi for measure in measures for kpi in measure.get("kpis", ())]
            for indicator in own:
                if self.maybe(0.1):
                    indicator["was"] = ["9-H1", "9-01-12"][: self.random.randint(1, 2)]
                if self.maybe(0.1) and indicator["rule"] != "定性":
                    indicator["factor"] = "0.001"
            for each, was in ((goal, ["9"]), *((measure, ["9-01"]) for measure in measures)):
                if self.maybe(0.1):
                    each["was"] = was

    def relations(self) -> list[Table]:
        ids = [id_ for _, _, id_ in self.ids]
        if len(ids) < 3 or self.maybe():
            return []
        one, two, three = self.random.sample(ids, 3)
        kinds: list[Table] = [
            {"kind": "derived", "id": one, "plus": [two], "minus": [three]},
            {"kind": "same", "ids": [one, two]},
            {"kind": "part", "part": one, "whole": two},
        ]
        return self.random.sample(kinds, self.random.randint(1, 3))

    def together(self) -> list[Table]:
        """Return groups of a goal's indicators of a kind, none in two of them."""
        found = []
        for goal, kind in sorted({(goal, kind) for goal, kind, _ in self.ids}):
            own = [id_ for number, of, id_ in self.ids if (number, of) == (goal, kind)]
            if len(own) > 1 and self.maybe(0.6):
                ids = self.random.sample(own, self.random.randint(2, min(4, len(own))))
                found.append({"kind": "together", "name": f"{goal}の{kind}のまとめ", "ids": ids})
                own = [id_ for id_ in own if id_ not in ids]
            if len(own) > 1 and self.maybe(0.3):
                ids = self.random.sample(own, 2)
                found.append({"kind": "together", "name": f"{goal}の{kind}の組", "ids": ids})
        return sorted(found, key=lambda each: str(each["name"]))

    def grades(self) -> list[Table]:
        names = self.random.choice(GRADES)
        of = self.random.choice(("progress", "ratio", "pace"))
        steps = sorted(self.random.sample((120, 100, 90, 80, 75, 60, 50, 33, 20), len(names) - 1))
        made: list[Table] = [
            {"name": name, "at_least": str(step), "of": of}
            for name, step in zip(names, reversed(steps), strict=False)
        ]
        return [*made, {"name": names[-1]}]

    def fields(self) -> list[Table]:
        """Return fields at all places and of all types."""
        made: list[Table] = []
        for at in ("goal", "measure", "indicator"):
            for kind in ("text", "number", "choice"):
                if not self.maybe():
                    continue
                field: Table = {"key": f"{at}_{kind}", "name": f"{at}の{kind}", "at": at}
                field |= {"type": kind, **self.some(by="secretariat", print=True)}
                field |= {"unit": "千円"} if kind == "number" and self.maybe() else {}
                field |= {"choices": list(CHOICES)} if kind == "choice" else {}
                made.append(field)
        return made

    def entries(self, raw: Table) -> Table:
        """Return texts that stand in the fields of the plan from the beginning."""
        found: Table = {}
        for field in raw.get("fields", ()):
            kinds = {"goal": "goals", "measure": "measures", "indicator": "indicators"}
            for id_ in self.rows(raw, field["at"]):
                if self.maybe(0.4):
                    table = found.setdefault(kinds[field["at"]], {})
                    table.setdefault(id_, {})[field["name"]] = self.text(field["type"])
        return found

    def rows(self, raw: Table, at: str) -> list[str]:
        match at:
            case "goal":
                return [f"基本目標{goal['number']}" for goal in raw["goals"]]
            case "measure":
                return [
                    f"{goal['number']}-{measure['number']:02d}"
                    for goal in raw["goals"]
                    for measure in goal.get("measures", ())
                ]
        return [id_ for _, _, id_ in self.ids]

    def text(self, kind: str) -> str:
        match kind:
            case "number":
                return str(self.random.randint(0, 10**6))
            case "choice":
                return self.random.choice(CHOICES)
        return self.random.choice(TEXTS)
