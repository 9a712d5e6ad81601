"""The compression of VBA source and the compound file around it, read back by other programs."""

from __future__ import annotations

import io
import random
import warnings
from collections.abc import Iterator
from struct import unpack_from

import olefile
import pytest
from build_addin import compound_file, ovba
from hypothesis import example, given
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # oletools calls an older pyparsing
    from oletools.olevba import decompress_stream

SOURCE = st.text("ABCabc ()&=\r\n\"'_0123456789", max_size=300).map(str.encode)
SIZES = [0, 1, 2, 3, 8, 9, 4095, 4096, 4097, 8191, 8192, 8193, 70_000]
SPECIFICATION = [  # MS-OVBA 3.2.1 to 3.2.3
    ("abcdefghijklmnopqrstuv.",
     "0119B000616263646566676800696A6B6C6D6E6F70007172737475762E"),
    ("#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
     "012FB00023616161626364658266007061676869" "6A013808616B6C00306D6E6F7006710270"
     "04107273747576107778797A003C"),
    ("a" * 73, "0103B002614500"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "packed"), SPECIFICATION)
def test_examples_of_the_specification(text: str, packed: str) -> None:
    """Where a text occurs twice before, another compressor may point at either: same length."""
    ours = ovba.compress(text.encode())
    assert len(ours) == len(packed) // 2
    assert ovba.decompress(bytes.fromhex(packed)) == text.encode() == ovba.decompress(ours)


@given(st.lists(SOURCE, max_size=4), st.integers(0, 60))
@example([b"x"], 0)
def test_source_comes_back_whole(pieces: list[bytes], times: int) -> None:
    data = b"".join(pieces) * times
    packed = ovba.compress(data)
    assert ovba.decompress(packed) == data
    assert len(packed) <= 1 + len(data) * 9 // 8 + 3 * (len(data) // ovba.CHUNK + 1)
    if data:
        assert decompress_stream(bytearray(packed)) == data


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("letters", [b"a", b"ab", b"Dim x As String\r\n"])
def test_sizes_around_a_chunk(size: int, letters: bytes) -> None:
    data = bytes(random.Random(size).choices(letters, k=size))
    packed = ovba.compress(data)
    assert ovba.decompress(packed) == data
    assert not data or decompress_stream(bytearray(packed)) == data


@given(st.binary(max_size=3000))
def test_short_binary_comes_back_whole(data: bytes) -> None:
    assert ovba.decompress(ovba.compress(data)) == data


def test_noise_is_kept_raw_in_full_chunks_only() -> None:
    noise = random.Random(4096).randbytes(2 * ovba.CHUNK)
    packed = ovba.compress(noise)
    assert len(packed) == 1 + 2 * (2 + ovba.CHUNK)
    assert ovba.decompress(packed) == noise == decompress_stream(bytearray(packed))
    with pytest.raises(ValueError, match="incompressible"):
        ovba.compress(noise[:-1])


@pytest.mark.parametrize(
    "damaged", [b"", b"\x02", b"\x01\x03\x80\x02aE\x00", b"\x01\x02\xb0\x01E\x00"]
)
def test_what_is_no_container_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"container|signature|behind"):
        ovba.decompress(damaged)


Entry = tuple[str, int, int, int, int, int]
Key = tuple[int, str]


def entries(file: bytes) -> list[Entry]:
    """Return name, kind, colour, left, right and child of every directory entry."""
    with olefile.OleFileIO(io.BytesIO(file)) as ole:
        raw = ole._open(ole.first_dir_sector).read()
    found = []
    for at in range(0, len(raw), 128):
        size, kind, colour, left, right, child = unpack_from("<HBB3I", raw, at + 64)
        name = raw[at : at + max(size - 2, 0)].decode("utf-16-le")
        found.append((name, kind, colour, left, right, child))
    return found


def heights(found: list[Entry], at: int, low: Key, high: Key, red: bool) -> Iterator[int]:
    """Yield the black height of every way down; check order and colours on the way."""
    if at == 0xFFFFFFFF:
        yield 0
        return
    name, _, colour, left, right, _ = found[at]
    key = (len(name), name.upper())
    assert low < key < high, f"{name} stands in the wrong place"
    assert not (red and colour == 0), f"{name} is red below red"
    for child, lower, upper in ((left, low, key), (right, key, high)):
        for height in heights(found, child, lower, upper, colour == 0):
            yield height + colour


def assert_searchable(file: bytes) -> None:
    """Check every storage's tree as MS-CFB 2.6.4 asks, for programs that search it."""
    found = entries(file)
    for name, kind, _, _, _, child in found:
        if kind in (1, 5) and child != 0xFFFFFFFF:
            assert found[child][2] == 1, f"the tree of {name} has a red root"
            assert len(set(heights(found, child, (0, ""), (99, ""), False))) == 1


NAMES = st.text("abcXYZ_019", min_size=1, max_size=31)
STREAMS = st.dictionaries(NAMES, st.binary(max_size=200), max_size=20).filter(
    lambda tree: len({name.upper() for name in tree}) == len(tree)
)


@given(STREAMS, STREAMS, st.sampled_from([0, 1, 63, 64, 65, 4095, 4096, 4097, 100_000]))
def test_streams_come_back_whole(
    inner: dict[str, bytes], outer: dict[str, bytes], size: int
) -> None:
    outer = {f"o{name}"[:31]: data for name, data in outer.items()}
    inner["BIG"] = bytes(i % 251 for i in range(size))
    file = compound_file.write({"VBA": inner, **outer})
    assert_searchable(file)
    with olefile.OleFileIO(io.BytesIO(file), raise_defects=olefile.DEFECT_UNSURE) as ole:
        read = {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}
    assert read == {f"VBA/{name}": data for name, data in inner.items()} | outer


@pytest.mark.parametrize("count", range(1, 34))
def test_every_number_of_streams_is_searchable(count: int) -> None:
    file = compound_file.write({f"{'n' * (i % 5)}{i}": b"x" for i in range(count)})
    assert_searchable(file)
    assert len(file) % compound_file.SECTOR == 0


def test_limits_are_said() -> None:
    with pytest.raises(ValueError, match="31"):
        compound_file.write({"n" * 32: b""})
    with pytest.raises(ValueError, match="larger"):
        compound_file.write({"big": bytes(7_200_000)})
