"""The names of a package's parts: letters differ in case between a link and what it leads to."""

from __future__ import annotations

from collections.abc import Iterable


class PartNames:
    """The names as the package has them, found whatever the case (ECMA-376 part 2, 6.2.2)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._by_folded = {name.casefold(): name for name in self._names}

    def actual(self, part: str) -> str:
        """Return the package's own spelling of a part's name; one that it lacks as it is."""
        return part if part in self._names else self._by_folded.get(part.casefold(), part)
