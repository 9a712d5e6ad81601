"""Any report renewed to any other: the same words as a fresh one, and nothing left to renew."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reissue_tools import Line, made, merges, printed, renewed, report, rows

from aso_xl.report.content.blocks import Document
from aso_xl.report.markup import clean
from aso_xl.report.reissue.changes import Renewal

PRINTED = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"' \t\n\r\x00\x0b\u2028△－１億")), max_size=12
).map(lambda text: clean(text).strip("\n"))
KEYS = [
    f"{goal}_{measure:02d}_{number}" for goal in (1, 2) for measure in (1, 2) for number in (1, 2)
]


@st.composite
def reports(draw: st.DrawFn) -> Document:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True).map(sorted))
    lines: list[Line] = [(key, f"施策 {key[:4]}", draw(PRINTED | st.just("達成"))) for key in keys]
    notes = draw(st.lists(PRINTED.filter(str.strip), max_size=4))
    result = draw(st.sampled_from(["達成", "未達成", "未公表"]))
    return report(lines, result=result, share=draw(PRINTED), notes=notes)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), reports())
def test_renewed_is_fresh(old: Document, new: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = made(old, Path(folder, "旧.docx"))
        assert renewed(path, old)[0] == Renewal()
        found, done = renewed(path, new)
        fresh = made(new, Path(folder, "新.docx"))
        assert (found.missing, found.left, found.remarks) == ((), (), ())
        assert printed(done) == printed(fresh)
        assert (rows(done), merges(done)) == (rows(fresh), merges(fresh))
        assert renewed(done, new)[0] == Renewal()
