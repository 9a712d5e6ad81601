"""A short run of the soak: years of sharing in random towns (``tests/soak/sharing.py``)."""

from __future__ import annotations

from soak.sharing import stories


def test_no_typed_value_vanishes_in_years_of_sharing() -> None:
    looked_for = 0
    for story, wrong in stories(300, 1):
        looked_for += story.values
        assert wrong is None, "\n".join([f"seed {story.seed}: {wrong!r}", *story.told])
    assert looked_for >= 300
