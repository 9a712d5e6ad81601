"""Who delivered a value: the workbook of a department that a merge took it from (変更履歴)."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ledger import Ledger
from ..exchange.cell_values import Key, Value, same
from ..exchange.note_sheets import taken

CHANGED_SINCE = "(届いた後にマスターで変わっています)"


@dataclass(frozen=True)
class Delivery:
    """The file that a value came in, when it was merged, and whether the master says it still."""

    file: str
    at: str
    is_still: bool

    @property
    def words(self) -> str:
        """Return the file, with a remark where the value is another one by now."""
        return self.file if self.is_still else f"{self.file}{CHANGED_SINCE}"


class Deliveries:
    """What merges took into a master, by cell."""

    def __init__(self, ledger: Ledger) -> None:
        self._newest = {each.key: each for each in taken(ledger)}

    def of(self, key: Key, value: Value) -> Delivery | None:
        """Return what was delivered last for a cell that holds a value now; None if nothing was."""
        found = self._newest.get(key)
        return Delivery(found.file, found.when, same(found.value, value)) if found else None
