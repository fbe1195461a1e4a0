"""The older container of Office (doc, xls, ppt): its directory and its streams, read within bounds; pure.

Only as much of the published format (MS-CFB) as tells what a file is: sectors, their chains, the directory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128  # bytes of a directory entry
_LAST_SECTOR = 0xFFFFFFFA  # numbers from here on are marks, not sectors


class Broken(ValueError):
    """Not a whole container: cut off, or its chains lead nowhere."""


@dataclass(frozen=True, slots=True)
class Stream:
    """An entry of the directory: its name, first sector and size in bytes."""

    name: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Compound:
    """A container's bytes, the size of its sectors, the chains of sectors, and the directory."""

    content: bytes
    sector: int
    chains: tuple[int, ...]
    streams: tuple[Stream, ...]
    smallest: int

    @classmethod
    def read(cls, content: bytes) -> Compound:
        """Raises Broken."""
        try:
            sector = 1 << struct.unpack_from("<H", content, 30)[0]
            (directory,) = struct.unpack_from("<I", content, 48)
            (smallest,) = struct.unpack_from("<I", content, 56)
            if sector not in (512, 4096):
                raise Broken
            chains = tuple(_chains(content, sector))
            found = _entries(b"".join(_sectors(content, sector, chains, directory)))
        except struct.error as error:
            raise Broken from error
        return cls(content, sector, chains, tuple(found), smallest)

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams and folders."""
        return frozenset(stream.name for stream in self.streams)

    def beginning(self, name: str) -> bytes:
        """The bytes of a stream; empty where it lies among the smallest ones or is not there. Raises Broken."""
        found = next((one for one in self.streams if one.name == name), None)
        if found is None or found.size < self.smallest:
            return b""
        return b"".join(_sectors(self.content, self.sector, self.chains, found.start))[: found.size]


def _chains(content: bytes, sector: int) -> Iterator[int]:
    """The number that follows each sector in its chain."""
    for place in _table_places(content, sector):
        table = content[(place + 1) * sector : (place + 2) * sector]
        if len(table) != sector:
            raise Broken
        yield from struct.unpack(f"<{sector // 4}I", table)


def _table_places(content: bytes, sector: int) -> Iterator[int]:
    """Where the tables of chains are: the first 109 stand in the header, more in sectors of their own."""
    yield from (place for place in struct.unpack_from("<109I", content, 76) if place < _LAST_SECTOR)
    more, seen = struct.unpack_from("<I", content, 68)[0], set[int]()
    while more < _LAST_SECTOR:
        if more in seen:
            raise Broken
        seen.add(more)
        *places, more = struct.unpack_from(f"<{sector // 4}I", content, (more + 1) * sector)
        yield from (place for place in places if place < _LAST_SECTOR)


def _sectors(content: bytes, sector: int, chains: tuple[int, ...], start: int) -> Iterator[bytes]:
    seen = set[int]()
    while start < _LAST_SECTOR:
        if start in seen or start >= len(chains):
            raise Broken
        seen.add(start)
        yield content[(start + 1) * sector : (start + 2) * sector]
        start = chains[start]


def _entries(directory: bytes) -> Iterator[Stream]:
    for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, place + 64)
        if kind and 2 <= length <= 64:
            name = directory[place : place + length - 2].decode("utf-16-le", errors="replace")
            start, size = struct.unpack_from("<II", directory, place + 116)
            yield Stream(name, start, size)
