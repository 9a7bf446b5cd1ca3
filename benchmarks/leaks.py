"""Marker text searched in every file the program leaves behind after the whole journey: none is found.

A distinctive word stands in every free text of every client's records. A program of its own – home, temp folder and all
folders for settings, caches and logs pointed into one watched place – makes the vault, imports, types, searches, shows its
window, fails, issues a return, makes the pack of what is held, backs up, restores, erases and locks. Then every file in
the watched place is searched for the word in every form it could be written in, while the vault is open, after a crash
and when it is locked.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.leaking_journey import LOOK, MARKER, TEXTS

ROOT = Path(__file__).resolve().parents[1]
PLACES = {
    "HOME": "home", "TMPDIR": "temp", "TMP": "temp", "TEMP": "temp", "XDG_CONFIG_HOME": "home/settings",
    "XDG_DATA_HOME": "home/data", "XDG_CACHE_HOME": "home/cache", "XDG_STATE_HOME": "home/state",
    "XDG_RUNTIME_DIR": "run",
}  # fmt: skip
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def forms(marker: str) -> dict[str, bytes]:
    """Return every form a word could be written in: letters, widths, and codes that only look like noise."""
    found = {}
    for name, text in {"as typed": marker, "lower": marker.lower(), "upper": marker.upper()}.items():
        found[f"{name}, UTF-8"] = text.encode()
        found[f"{name}, UTF-16"] = text.encode("utf-16-le")
        found[f"{name}, UTF-16 big"] = text.encode("utf-16-be")
        found[f"{name}, hex"] = text.encode().hex().encode()
        for shift in range(3):
            coded = base64.b64encode(b"x" * shift + text.encode() + b"xxx")
            of_the_word = slice(-(-shift * 8 // 6), (shift + len(text)) * 8 // 6)
            found[f"{name}, base64 at {shift}"] = coded[of_the_word]
    return found


@dataclass(frozen=True, slots=True)
class Leak:
    """A file that holds the word, and how it is written there."""

    file: str
    form: str
    when: str = ""


def leaks_in(place: Path, marker: str = MARKER, when: str = "") -> list[Leak]:
    """Return every file under a place that holds the word, packed parts unpacked; its name counts as well."""
    wanted = forms(marker)
    found = []
    for path in sorted(place.rglob("*")):
        name = str(path.relative_to(place))
        if marker.lower() in name.lower():
            found.append(Leak(name, "in its name", when))
        if path.is_file() and not path.is_symlink():
            pieces = list(_pieces(path))
            found += [
                Leak(name, form, when)
                for form, sought in wanted.items()
                if any(sought in piece for piece in pieces)
            ]
    return found


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes, and those of what is packed inside it."""
    content = path.read_bytes()
    yield content
    if content.startswith(b"PK") and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for entry in packed.namelist():
                yield packed.read(entry)
    if content.startswith(b"%PDF"):
        for stream in STREAM.finditer(content):
            try:
                yield zlib.decompress(stream[1])
            except zlib.error:
                continue


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search came to: how many files and bytes were looked at, at how many moments, and every find.

    ``texts`` is how many texts held the word; ``handed_out`` how often it is in what was handed out in plain words,
    which shows that the search finds what is there.
    """

    files: int
    size: int
    moments: tuple[str, ...]
    leaks: tuple[Leak, ...]
    texts: int
    handed_out: int
    names: tuple[str, ...]


def measure(place: Path) -> Searched:
    """Run the journey with every folder pointed into a place, and search it at each moment the journey names.

    Raises RuntimeError when the journey does not come to its end.
    """
    watched, outside = place / "watched", place / "outside"
    folders = {name: watched / own for name, own in PLACES.items()}
    for folder in (*folders.values(), outside):
        folder.mkdir(parents=True, exist_ok=True)
    folders["XDG_RUNTIME_DIR"].chmod(0o700)
    command = [sys.executable, "-m", "benchmarks.leaking_journey", str(watched), str(outside)]
    environment = {**os.environ, **{name: str(one) for name, one in folders.items()}}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    found: list[Leak] = []
    moments: list[str] = []
    said: list[str] = []
    with (
        (watched / "said.txt").open("wb") as complaints,
        subprocess.Popen(
            command, cwd=watched / "home", env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=complaints, text=True,
        ) as program,
    ):  # fmt: skip
        assert program.stdin is not None
        assert program.stdout is not None
        for line in program.stdout:
            said.append(line)
            if line.startswith(LOOK):
                moments.append(line.removeprefix(LOOK).strip())
                found += leaks_in(watched, when=moments[-1])
                program.stdin.write("\n")
                program.stdin.flush()
    if program.returncode:
        raise RuntimeError((watched / "said.txt").read_text(encoding="utf-8")[-3000:])
    found += leaks_in(watched, when="at the end")
    files = [path for path in watched.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    texts = next(int(line.removeprefix(TEXTS)) for line in said if line.startswith(TEXTS))
    handed_out = len(leaks_in(outside / "pack"))
    names = tuple(sorted(str(path.relative_to(watched)) for path in files))
    return Searched(len(files), size, (*moments, "at the end"), tuple(found), texts, handed_out, names)


def main() -> int:
    """Search and report; return 0 when nothing was found and a planted word would have been."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        found = measure(place)
        planted = place / "watched" / "home" / "planted.bin"
        proof = 0
        for form in forms(MARKER).values():
            planted.write_bytes(b"\0\xff" + form + b"\xfe")
            proof += bool(leaks_in(place / "watched"))
    holds = not found.leaks and found.handed_out > 0 and proof == len(forms(MARKER))
    told = {
        "texts that hold the word": found.texts,
        "files searched": found.files,
        "megabytes": round(found.size / 1e6, 1),
        "forms of the word": len(forms(MARKER)),
        "moments": found.moments,
        "found": [f"{leak.file}: {leak.form} ({leak.when})" for leak in found.leaks],
        "planted and found": proof,
        "holds": holds,
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
