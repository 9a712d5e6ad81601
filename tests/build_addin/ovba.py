"""The compression that VBA projects keep their source in (MS-OVBA 2.4.1), both ways."""

from __future__ import annotations

from collections import defaultdict
from struct import pack, unpack_from
from typing import Final

CHUNK: Final = 4096
_SIGNATURE: Final = 1
_PACKED, _RAW = 0xB000, 0x3000
_SHORTEST: Final = 3
_TRIES: Final = 64


def compress(data: bytes) -> bytes:
    """Return the compressed container of ``data``: a signature byte, then a chunk per 4096 bytes.

    Raise ValueError if a last chunk under 4096 bytes cannot be made shorter than 4096: the format
    keeps such a chunk padded with zeros, which would come back longer than it went in.
    """
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return bytes([_SIGNATURE]) + b"".join(map(_compress_chunk, chunks))


def decompress(container: bytes) -> bytes:
    """Return what the container holds. Raise ValueError if it is none."""
    if container[:1] != bytes([_SIGNATURE]):
        raise ValueError("not a compressed container: wrong signature byte")
    out, at = bytearray(), 1
    while at < len(container):
        header = unpack_from("<H", container, at)[0]
        if header & 0x7000 != _RAW:
            raise ValueError(f"wrong chunk signature at {at}")
        end = at + (header & 0x0FFF) + 3
        body = container[at + 2 : end]
        out += _decompress_chunk(body) if header & 0x8000 else body
        at = end
    return bytes(out)


def _offset_bits(position: int) -> int:
    """Return how many bits of a copy token are offset, ``position`` bytes into a chunk (2.4.1.3.19.1)."""
    return max((position - 1).bit_length(), 4)


def _compress_chunk(chunk: bytes) -> bytes:
    tokens = _tokens(chunk)
    body = bytearray()
    for start in range(0, len(tokens), 8):
        group = tokens[start : start + 8]
        body.append(sum(1 << bit for bit, token in enumerate(group) if len(token) == 2))
        body += b"".join(group)
    if len(body) <= CHUNK:
        return pack("<H", _PACKED | (len(body) - 1)) + body
    if len(chunk) < CHUNK:
        raise ValueError("an incompressible last chunk cannot be kept at its length")
    return pack("<H", _RAW | (CHUNK - 1)) + chunk


def _tokens(chunk: bytes) -> list[bytes]:
    """Return literal tokens (one byte) and copy tokens (two bytes), the longest match at each place."""
    seen: defaultdict[bytes, list[int]] = defaultdict(list)
    tokens, at = [], 0
    while at < len(chunk):
        length, back = _longest_match(chunk, at, seen[chunk[at : at + _SHORTEST]])
        if length:
            shift = 16 - _offset_bits(at)
            tokens.append(pack("<H", (back - 1) << shift | (length - _SHORTEST)))
        else:
            tokens.append(chunk[at : at + 1])
        for passed in range(at, at + max(length, 1)):
            seen[chunk[passed : passed + _SHORTEST]].append(passed)
        at += max(length, 1)
    return tokens


def _longest_match(chunk: bytes, at: int, earlier: list[int]) -> tuple[int, int]:
    """Return length and distance of the best earlier match; (0, 0) if none is worth a token."""
    most = min((0xFFFF >> _offset_bits(at)) + _SHORTEST, len(chunk) - at)
    best = (0, 0)
    for start in reversed(earlier[-_TRIES:]):
        length = 0
        while length < most and chunk[start + length] == chunk[at + length]:
            length += 1
        if length >= _SHORTEST and length > best[0]:
            best = (length, at - start)
    return best


def _decompress_chunk(body: bytes) -> bytes:
    out, at = bytearray(), 0
    while at < len(body):
        flags, at = body[at], at + 1
        for bit in range(8):
            if at >= len(body):
                break
            if flags >> bit & 1:
                token, at = unpack_from("<H", body, at)[0], at + 2
                bits = _offset_bits(len(out))
                start = len(out) - (token >> (16 - bits)) - 1
                if start < 0:
                    raise ValueError("a copy token reaches behind the beginning of its chunk")
                for source in range(start, start + (token & (0xFFFF >> bits)) + _SHORTEST):
                    out.append(out[source])
            else:
                out.append(body[at])
                at += 1
    return bytes(out)
