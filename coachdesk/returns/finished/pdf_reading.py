"""A PDF of the press read back with nothing but its bytes: its objects, and what is painted under which mark.

It reads what the press writes (no object streams, no encryption) and refuses anything else, so that a file
it cannot look through is not taken for a clean one.
"""

import re
import zlib
from base64 import a85decode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from coachdesk.errors import Trouble

_TOKEN = re.compile(
    rb"\s*(?:%[^\r\n]*\s*)*(?:(?P<hex><[0-9A-Fa-f\s]*>)|(?P<open><<|\[)|(?P<close>>>|\])|(?P<name>/[^\s/<>\[\]()%]*)"
    rb"|(?P<ref>\d+ \d+ R(?![A-Za-z]))|(?P<number>[-+]?\d*\.?\d+)|(?P<text>\()|(?P<word>[A-Za-z'\"*]+\d?\*?))"
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_TURN = re.compile(rb"[()]|\\.", re.DOTALL)
_DEEPER = {b"(": 1, b")": -1, b"\\": 0}
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
PAINTING = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh", "BI"])
STROKING = frozenset({"S", "s"})
NEVER_WRITTEN = frozenset({"TJ", "'", '"', "sh", "BI"})
_CHARACTER = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]+)>")


class Name(str):
    """A name such as /Type, without its slash."""

    __slots__ = ()


class Word(str):
    """An operator, or true, false and null."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to an object."""

    number: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A dictionary with bytes."""

    info: dict[str, Any]
    data: bytes


@dataclass(slots=True)
class Painted:
    """What stands under one mark: its tag, the pieces of text as drawn, and how long its filled boxes are."""

    tag: str
    texts: list[str] = field(default_factory=list)
    boxes: list[float] = field(default_factory=list)


def unreadable() -> Trouble:
    """Return the trouble of a PDF that cannot be looked through."""
    return Trouble(
        "The report could not be read back, so the return was taken back.",
        advice="Prepare the return again, and tell whoever looks after CoachDesk.",
    )


def _found(match: re.Match[bytes] | None) -> re.Match[bytes]:
    if match is None:
        raise unreadable()
    return match


class PdfFile:
    """A PDF's objects by number; raises Trouble where they cannot be read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._fonts: dict[int, dict[int, str]] = {}
        start = _found(re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data))
        if data.count(b"startxref") != 1:
            raise unreadable()
        table = _found(re.match(rb"xref\s+0 (\d+)\s+", data[int(start[1]) :]))
        rows = data[int(start[1]) + table.end() :]
        offsets = {
            number: int(rows[number * 20 : number * 20 + 10])
            for number in range(int(table[1]))
            if rows[number * 20 + 17 : number * 20 + 18] == b"n"
        }
        self.objects = {number: self._object(at) for number, at in offsets.items()}
        self.trailer = _value(data, data.index(b"trailer", int(start[1])) + len(b"trailer"))[0]

    def _object(self, at: int) -> Any:
        head = _found(re.compile(rb"\s*\d+ \d+ obj").match(self.data, at))
        value, end = _value(self.data, head.end())
        body = re.compile(rb"\s*stream\r?\n").match(self.data, end)
        if body is None:
            return value
        raw = self.data[body.end() : body.end() + value["Length"]]
        return Stream(value, _decoded(raw, value.get("Filter", [])))

    def at(self, value: Any) -> Any:
        """Return what a value is, following a pointer."""
        return self.objects[value.number] if isinstance(value, Reference) else value

    def meanings(self, font: Reference) -> dict[int, str]:
        """Return what each byte of a font that is inside the file stands for; read once, for every page names it."""
        if font.number not in self._fonts:
            told = self.at(self.at(font)["ToUnicode"]).data.partition(b"beginbfchar")[2]
            self._fonts[font.number] = {
                int(byte, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
                for byte, letters in _CHARACTER.findall(told)
            }
        return self._fonts[font.number]

    def pages(self) -> list[dict[str, Any]]:
        """Return the pages in their order."""
        tree = self.at(self.at(self.trailer["Root"])["Pages"])
        return [self.at(page) for page in self.at(tree["Kids"])]

    def painted(self, page: dict[str, Any]) -> list[Painted]:
        """Return what is painted on a page, mark by mark; raises Trouble where something stands outside of marks."""
        program = _Program(self, self.at(page["Resources"]))
        program.run(self.at(page["Contents"]).data)
        if program.open is not None:
            raise unreadable()
        return program.marks


def _decoded(raw: bytes, filters: Any) -> bytes:
    for name in filters if isinstance(filters, list) else [filters]:  # another filter: nothing comes out
        raw = a85decode(raw.strip().removesuffix(b"~>")) if name == "ASCII85Decode" else zlib.decompress(raw)
    return raw


def _value(data: bytes, at: int) -> tuple[Any, int]:
    """Return the value that begins here and where it ends."""
    token = _TOKEN.match(data, at)
    if token is None:
        raise unreadable()
    return _READ[token.lastgroup](data, token)


def _compound(data: bytes, token: re.Match[bytes]) -> tuple[Any, int]:
    values: list[Any] = []
    at = token.end()
    while True:
        following = _found(_TOKEN.match(data, at))
        if following.lastgroup == "close":
            break
        value, at = _READ[following.lastgroup](data, following)
        values.append(value)
    if token["open"] == b"[":
        return values, following.end()
    return dict(zip(values[::2], values[1::2], strict=True)), following.end()


def _text(data: bytes, token: re.Match[bytes]) -> tuple[bytes, int]:
    at, depth = token.end(), 1
    while depth:
        turn = _found(_TURN.search(data, at))
        depth += _DEEPER[turn[0][:1]]
        at = turn.end()
    words = data[token.end() : at - 1]
    return _ESCAPE.sub(_unescaped, words) if b"\\" in words else words, at


def _unescaped(found: re.Match[bytes]) -> bytes:
    letter = found[1]
    return bytes([int(letter, 8) & 0xFF]) if letter.isdigit() else _PLAIN.get(letter, letter)


def _number(_data: bytes, token: re.Match[bytes]) -> tuple[int | float, int]:
    words = token["number"]
    return (float(words) if b"." in words else int(words)), token.end()


def _name(_data: bytes, token: re.Match[bytes]) -> tuple[Name, int]:
    return Name(token["name"][1:].decode("latin-1")), token.end()


def _hex(_data: bytes, token: re.Match[bytes]) -> tuple[bytes, int]:
    return bytes.fromhex(token["hex"][1:-1].decode()), token.end()


def _reference(_data: bytes, token: re.Match[bytes]) -> tuple[Reference, int]:
    return Reference(int(token["ref"].split()[0])), token.end()


def _word(_data: bytes, token: re.Match[bytes]) -> tuple[Word, int]:
    return Word(token["word"].decode()), token.end()


_READ: dict[str | None, Callable[[bytes, re.Match[bytes]], tuple[Any, int]]] = {
    "hex": _hex,
    "name": _name,
    "ref": _reference,
    "word": _word,
    "open": _compound,
    "number": _number,
    "text": _text,
}


class _Program:
    """Runs through what a page paints; the widths of boxes wait until they are filled."""

    def __init__(self, file: PdfFile, resources: Any) -> None:
        self.file = file
        self.resources = resources
        self.font: dict[int, str] = {}
        self.marks: list[Painted] = []
        self.open: Painted | None = None
        self.waiting: list[float] = []

    def run(self, data: bytes) -> None:
        """Go through a program; the marks it opens are kept in the order they are painted."""
        operands: list[Any] = []
        at, end = 0, len(data.rstrip())
        while at < end:
            value, at = _value(data, at)
            if isinstance(value, Word):
                self._do(value, operands)
                operands = []
            else:
                operands.append(value)

    def _do(self, word: str, operands: list[Any]) -> None:
        if word in {"BDC", "BMC"}:
            self._begin(str(operands[0]))
        elif word == "EMC":
            self.open = None
        elif word == "Tf":
            self.font = self.file.meanings(self.file.at(self.resources["Font"])[operands[0]])
        elif word == "re":
            self.waiting.append(float(operands[2]))
        elif word == "n":
            self.waiting.clear()
        elif word in PAINTING:
            self._paint(word, operands)

    def _begin(self, tag: str) -> None:
        if self.open is not None:
            raise unreadable()
        self.open = Painted(tag)
        self.marks.append(self.open)

    def _paint(self, word: str, operands: list[Any]) -> None:
        if self.open is None or word in NEVER_WRITTEN:
            raise unreadable()
        if word == "Tj":
            self.open.texts.append("".join(self.font[byte] for byte in operands[0]))
        elif word == "Do":
            form = self.file.at(self.file.at(self.resources["XObject"])[operands[0]])
            inner = _Program(self.file, self.file.at(form.info["Resources"]))
            inner.open = self.open
            inner.run(form.data)
        elif word not in STROKING:
            self.open.boxes += self.waiting
        self.waiting = []
