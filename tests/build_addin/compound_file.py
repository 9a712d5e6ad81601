"""A writer of compound files (MS-CFB version 3), as small as a VBA project needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from struct import pack
from typing import Final, Union

SECTOR: Final = 512
MINI_SECTOR: Final = 64
MINI_CUTOFF: Final = 4096
"""A stream shorter than this is kept in the mini stream."""

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE: Final = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_HEADER_FATS: Final = 109

Tree = Mapping[str, Union[bytes, "Tree"]]


@dataclass
class _Entry:
    """A directory entry; sectors and sizes are filled in as its stream is placed."""

    name: str
    kind: int
    data: bytes = b""
    color: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0
    size: int = 0

    def pack(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        links = (self.color, self.left, self.right, self.child)
        head = pack("<64sHB B3I", name, len(name), self.kind, *links)
        return head + bytes(36) + pack("<IQ", self.start, self.size)


@dataclass
class _Sectors:
    """A run of equal sectors and the table that chains them."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Return the first sector of the chain that now holds ``data``; the end mark if empty."""
        count = -(-len(data) // self.size)
        if not count:
            return _END
        first = len(self.table)
        self.data += data.ljust(count * self.size, b"\0")
        self.table += [*range(first + 1, first + count), _END]
        return first


def write(tree: Tree) -> bytes:
    """Return a compound file of nested storages (mappings) and streams (bytes), by name.

    Raise ValueError for a name over 31 characters or a file over 6.8 MB.
    """
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add_children(entries, tree)
    sectors, minis = _Sectors(SECTOR), _Sectors(MINI_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            place = minis if len(entry.data) < MINI_CUTOFF else sectors
            entry.start, entry.size = place.add(entry.data), len(entry.data)
    entries[0].start, entries[0].size = sectors.add(bytes(minis.data)), len(minis.data)
    mini_table = _table(minis.table)
    mini_start = sectors.add(mini_table)
    directory = sectors.add(_directory(entries))
    return _file(sectors, directory, mini_start, len(mini_table) // SECTOR)


def _add_children(entries: list[_Entry], tree: Tree) -> int:
    """Append the entries of a storage; return the root of their red-black tree (2.6.4)."""
    places = {}
    for name in sorted(tree, key=_order):
        if len(name) > 31:
            raise ValueError(f"a name in a compound file has at most 31 characters: {name}")
        node = tree[name]
        places[name] = len(entries)
        if isinstance(node, bytes):
            entries.append(_Entry(name, _STREAM, node))
        else:
            storage = _Entry(name, _STORAGE)
            entries.append(storage)
            storage.child = _add_children(entries, node)
    ordered = list(places.values())
    root = _balance(entries, ordered, len(ordered).bit_length() - 1)
    if root != _NONE:
        entries[root].color = _BLACK
    return root


def _order(name: str) -> tuple[int, str]:
    """Return the sort key of MS-CFB: shorter names first, then upper case letters."""
    return len(name), name.upper()


def _balance(entries: list[_Entry], ordered: list[int], level: int) -> int:
    """Link sorted entries by halving; return their root.

    Halving fills every level but the last, so red on the last level alone keeps both rules:
    no red child of a red parent, and as many black entries on every way down.
    """
    if not ordered:
        return _NONE
    middle = len(ordered) // 2
    entry = entries[ordered[middle]]
    entry.left = _balance(entries, ordered[:middle], level - 1)
    entry.right = _balance(entries, ordered[middle + 1 :], level - 1)
    entry.color = _RED if level == 0 else _BLACK
    return ordered[middle]


def _table(chain: list[int]) -> bytes:
    per_sector = SECTOR // 4
    padded = chain + [_FREE] * (-len(chain) % per_sector)
    return pack(f"<{len(padded)}I", *padded)


def _directory(entries: list[_Entry]) -> bytes:
    unused = pack("<64sHB B3I", b"", 0, 0, 0, _NONE, _NONE, _NONE) + bytes(48)
    return b"".join(entry.pack() for entry in entries) + unused * (-len(entries) % 4)


def _file(sectors: _Sectors, directory: int, mini_start: int, minis: int) -> bytes:
    """Return header, sectors and, last, the table that chains all of them and itself."""
    used, per_sector = len(sectors.table), SECTOR // 4
    fats = -(-used // (per_sector - 1))
    if fats > _HEADER_FATS:
        raise ValueError("the file is larger than a header without further tables can describe")
    places = range(used, used + fats)
    header = pack(
        "<8s16x5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, fats, directory, 0, MINI_CUTOFF, mini_start, minis, _END, 0),
    )
    listed = pack(f"<{_HEADER_FATS}I", *places, *[_FREE] * (_HEADER_FATS - fats))
    return header + listed + bytes(sectors.data) + _table(sectors.table + [_FAT] * fats)
