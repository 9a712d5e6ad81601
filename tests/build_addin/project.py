"""A VBA project (MS-OVBA) made from one that Excel is known to compile: modules out, modules in.

The project stays "source only": ``_VBA_PROJECT`` names no version of compiled code, so Excel
compiles the source that stands in the module streams.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from struct import pack, unpack_from
from typing import Final

import olefile  # type: ignore[import-untyped]

from . import compound_file, ovba

SOURCE_ONLY: Final = bytes.fromhex("cc61ffff000100")
_MODULE, _MODULE_UNICODE, _MODULE_END = 0x19, 0x47, 0x2B
_STREAM, _STREAM_UNICODE, _OFFSET = 0x1A, 0x32, 0x31
_NAME, _VERSION, _REFERENCE, _MODULES, _COOKIE = 0x04, 0x09, 0x16, 0x0F, 0x13
_VERSION_SIZE: Final = 6
"""The one record whose size field (4) is not its size (2.3.4.2.1.11)."""

Streams = dict[str, bytes]
Record = tuple[int, bytes]


def streams(project: bytes) -> Streams:
    """Return every stream of a compound file by its path (``VBA/dir``)."""
    with olefile.OleFileIO(io.BytesIO(project)) as ole:
        return {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}


def records(directory: bytes) -> Iterator[Record]:
    """Yield the records of a decompressed ``dir`` stream: id and data."""
    at = 0
    while at < len(directory):
        kind, size = unpack_from("<HI", directory, at)
        size = _VERSION_SIZE if kind == _VERSION else size
        yield kind, directory[at + 6 : at + 6 + size]
        at += 6 + size


def sources(project: bytes) -> dict[str, str]:
    """Return the source of every module by name, in the order of the project."""
    found, all_streams, name = {}, streams(project), ""
    for kind, data in records(ovba.decompress(all_streams["VBA/dir"])):
        if kind == _STREAM:
            name = data.decode("ascii")
        elif kind == _OFFSET:
            source = all_streams[f"VBA/{name}"][unpack_from("<I", data)[0] :]
            found[name] = ovba.decompress(source).decode("ascii")
    return found


def reshape(
    project: bytes, name: str, keep: tuple[str, ...], references: tuple[str, ...],
    modules: Mapping[str, str],
) -> bytes:  # fmt: skip
    """Return the project under a new name with some of its modules and references kept.

    The streams of kept modules stay byte for byte; ``modules`` (name → ASCII source) are added as
    standard modules. Raise ValueError if the project is not source only.
    """
    old = streams(project)
    if old["VBA/_VBA_PROJECT"] != SOURCE_ONLY:
        raise ValueError("the template is not source only: compiled code would outlive its source")
    directory = _directory(ovba.decompress(old["VBA/dir"]), name, keep, references, [*modules])
    vba = {
        "_VBA_PROJECT": SOURCE_ONLY,
        "dir": ovba.compress(directory),
        **{module: old[f"VBA/{module}"] for module in keep},
        **{module: ovba.compress(_crlf(text)) for module, text in modules.items()},
    }
    names = (*keep, *modules)
    tree: compound_file.Tree = {
        "VBA": vba,
        "PROJECT": _project(old["PROJECT"].decode("ascii"), name, keep, [*modules]).encode("ascii"),
        "PROJECTwm": b"".join(map(_both, names)) + b"\0\0",
    }
    return compound_file.write(tree)


def _both(name: str) -> bytes:
    return name.encode("ascii") + b"\0" + name.encode("utf-16-le") + b"\0\0"


def _crlf(text: str) -> bytes:
    return "".join(f"{line}\r\n" for line in text.splitlines()).encode("ascii")


def _directory(
    old: bytes, name: str, keep: tuple[str, ...], references: tuple[str, ...], added: list[str]
) -> bytes:
    """Return the ``dir`` stream: project information, references, modules (2.3.4.2)."""
    information, listed, modules = _parts(list(records(old)))
    out = [(kind, name.encode("ascii") if kind == _NAME else data) for kind, data in information]
    out += [record for title in references for record in listed[title]]
    count = pack("<H", len(keep) + len(added))
    out += [(_MODULES, count), (_COOKIE, b"\xff\xff")]
    out += [record for module in keep for record in modules[module]]
    out += [record for module in added for record in _standard_module(module)]
    return b"".join(_packed(kind, data) for kind, data in [*out, (0x10, b"")])


def _parts(
    found: list[Record],
) -> tuple[list[Record], dict[str, list[Record]], dict[str, list[Record]]]:
    """Return the project's own records, and those of each reference and module by name."""
    kinds = [kind for kind, _ in found]
    first_module = kinds.index(_MODULES)
    first_reference = kinds.index(_REFERENCE) if _REFERENCE in kinds else first_module
    references = _grouped(found[first_reference:first_module], _REFERENCE)
    modules = _grouped(found[first_module + 2 : -1], _MODULE)
    return found[:first_reference], references, modules


def _grouped(found: list[Record], head: int) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    current: list[Record] = []
    for kind, data in found:
        if kind == head:
            current = groups.setdefault(data.decode("ascii"), [])
        current.append((kind, data))
    return groups


def _standard_module(name: str) -> list[Record]:
    """Return the records of a procedural module whose stream is nothing but source (2.3.4.2.3.2)."""
    ansi, wide = name.encode("ascii"), name.encode("utf-16-le")
    names = [(_MODULE, ansi), (_MODULE_UNICODE, wide), (_STREAM, ansi), (_STREAM_UNICODE, wide)]
    texts = [(0x1C, b""), (0x48, b""), (_OFFSET, bytes(4)), (0x1E, bytes(4))]
    return [*names, *texts, (0x2C, b"\xff\xff"), (0x21, b""), (_MODULE_END, b"")]


def _packed(kind: int, data: bytes) -> bytes:
    return pack("<HI", kind, 4 if kind == _VERSION else len(data)) + data


def _project(old: str, name: str, keep: tuple[str, ...], added: list[str]) -> str:
    """Return the ``PROJECT`` stream: its id and what is encrypted with the id stay (2.3.1)."""
    head, host, windows = old.split("\r\n\r\n")[:3]
    kept = [
        line
        for line in head.split("\r\n")
        if not line.startswith(("Document=", "Class=", "Module="))
        or line.partition("=")[2].partition("/")[0] in keep
    ]
    at = next(i for i, line in enumerate(kept) if line.startswith("Name="))
    kept[at : at + 1] = [*(f"Module={module}" for module in added), f'Name="{name}"']
    places = [w for w in windows.split("\r\n") if w.partition("=")[0] in ("[Workspace]", *keep)]
    places += [f"{module}=0, 0, 0, 0, C" for module in added]
    return "\r\n\r\n".join(["\r\n".join(kept), host, "\r\n".join(places)]) + "\r\n"
