"""Mutated and made-up input for the key file, the backup file and every importer: a sentence each time, never a fault.

Every input begins as something that is right – a key file, a backup, a sheet in each of its forms, a mapping – and is then
changed as damage and malice would change it: bits, bytes and stretches flipped, cut out, doubled, put elsewhere, numbers
made huge or negative, quotation marks and NULs strewn in; some are made up altogether. A time limit holds for each input,
by the processor's time, which a busy machine does not change. Nothing may be left behind by what was refused.
"""

import argparse
import hashlib
import json
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from typing_extensions import override

from benchmarks.bit_flips import Truth, everything
from benchmarks.fuzzed_inputs import csv_files, mutated, repacked, workbook_files
from benchmarks.invented import PASSPHRASE, PROGRAMME, cheap_keys, fill, new_vault
from coachdesk.commands import imports
from coachdesk.errors import CoachDeskError
from coachdesk.exchange.importing import ImportWish, run_import
from coachdesk.exchange.mapping import check_mapping, propose
from coachdesk.exchange.sheets import Sheet, read_sheets
from coachdesk.vault.backup import back_up
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE, Part, looked_into
from coachdesk.vault.restoring import restore
from coachdesk.vault.slots import parsed, unlocked
from coachdesk.vault.watch import Watch

INPUTS = 100_000
LONGEST_SECONDS = 2.0
"""Of the processor's time for one input; the usual one takes a thousandth."""
HANGS_AFTER = 20.0
WHOLE_IMPORTS = 400
"""Of so many readable sheets one is imported to the end, on trial; a tenth of that in the gate."""
REFUSED, TAKEN = "refused in a sentence", "read"
SLOW, HANGS, FAULT, LEFT = "took too long", "hangs", "a fault", "left something behind"
BAD = (SLOW, HANGS, FAULT, LEFT)


class Target(Protocol):
    """Something that reads what others wrote."""

    name: str

    def made(self, chance: random.Random) -> bytes:
        """Return one input."""
        ...

    def read(self, content: bytes, number: int) -> None:
        """Have the program read it; raises what the program raises."""
        ...

    def left(self) -> bool:
        """Return whether something lies there that should not."""
        ...


class _Pool:
    """Inputs that are made from sound ones, or now and then altogether by chance."""

    sound: list[bytes]

    def made(self, chance: random.Random) -> bytes:
        """Return one input."""
        if chance.random() < 0.02:
            return chance.randbytes(chance.randrange(400))
        return mutated(chance.choice(self.sound), chance)

    def left(self) -> bool:
        """Return whether something lies there that should not; reading alone leaves nothing."""
        return False


class SlotFiles(_Pool):
    """The key file: whatever it says, with the right passphrase it opens only as it was written."""

    name = "key file"

    def __init__(self, vault: OpenVault) -> None:
        self.sound = [vault.slot_file.rendered(vault.keys)]

    def read(self, content: bytes, _number: int) -> None:
        """Read it and, where it can be read, unlock it; only the sound one may open."""
        file = parsed(content)
        for slot in file.people()[:2]:
            unlocked(file, slot, PASSPHRASE).wipe()
            assert content in self.sound


class Backups(_Pool):
    """The backup file, with a data file cut short so that a hundred thousand of them can be written."""

    name = "backup"

    def __init__(self, vault: OpenVault, place: Path) -> None:
        self._place = place / "backups"
        self._place.mkdir()
        back_up(vault, place / "b")
        header = looked_into(place / "b")
        start = len(header.rendered())
        content = (place / "b").read_bytes()
        slots = content[start : start + header.parts[0].size]
        data = content[start + len(slots) :][:8192]
        parts = (header.parts[0], Part(header.parts[1].name, len(data), hashlib.sha256(data).hexdigest()))
        self.sound = [
            one.rendered() + slots + data
            for one in (replace(header, parts=parts), replace(header, parts=parts, seal=""))
        ]
        self._backup, self._target = self._place / "b", self._place / "R.coachdesk"

    @override
    def made(self, chance: random.Random) -> bytes:
        """Return one input, mostly changed in the lines at its beginning."""
        sound = chance.choice(self.sound)
        head = chance.choice((600, 600, 2400, len(sound)))
        return mutated(sound[:head], chance) + sound[head:]

    def read(self, content: bytes, _number: int) -> None:
        """Restore it."""
        self._backup.write_bytes(content)
        shutil.rmtree(self._target, ignore_errors=True)
        restore(self._backup, self._target)

    @override
    def left(self) -> bool:
        """Return whether a half vault, or a file anywhere else, lies there."""
        found = {path.name for path in self._place.iterdir()}
        whole = (
            {path.name for path in self._target.iterdir()}
            if self._target.exists()
            else {"data-1.db", SLOT_FILE}
        )
        return not found <= {"b", "R.coachdesk"} or whole != {"data-1.db", SLOT_FILE}


class Sheets(_Pool):
    """Sheets to import: read, recognised, checked; some of those that can be read are imported on trial."""

    def __init__(self, vault: OpenVault, place: Path, name: str, sound: list[bytes], every: int) -> None:
        self.name, self.sound = name, sound
        self._vault, self._file, self._every = vault, place / f"caseload.{name.lower()}", every
        self._readable = 0

    def read(self, content: bytes, _number: int) -> None:
        """Read it, find its mapping and check that; every so often import it without writing."""
        self._file.write_bytes(content)
        sheets = read_sheets([self._file])
        mappings = tuple(propose(sheet) for sheet in sheets)
        for mapping in mappings:
            check_mapping(mapping)
        self._readable += 1
        if self._readable % self._every == 1:
            import_on_trial(self._vault, sheets, mappings)


class Mappings(_Pool):
    """The file that says which heading is which field."""

    name = "mapping file"

    def __init__(self, vault: OpenVault, place: Path, sheets: tuple[Sheet, ...], every: int) -> None:
        columns = dict(propose(sheets[0]).columns)
        self.sound = [
            json.dumps(columns).encode(),
            json.dumps({"caseload.csv": columns}, indent=1).encode(),
            json.dumps({"caseload.csv": {**columns, "Surname": ["clients.last_name"]}}).encode(),
            json.dumps({"caseload.csv": {**columns, "Surname": 7, "DOB": None}}).encode(),
        ]
        self._vault, self._file, self._sheets, self._every = vault, place / "mapping.json", sheets, every
        self._readable = 0

    def read(self, content: bytes, _number: int) -> None:
        """Read it and put it to use on a sheet."""
        self._file.write_bytes(content)
        told = imports._told(self._file)  # noqa: SLF001  the command's own way of reading it
        mappings = tuple(imports._mapped(sheet, told, propose(sheet)) for sheet in self._sheets)  # noqa: SLF001  as above
        for mapping in mappings:
            check_mapping(mapping)
        self._readable += 1
        if self._readable % self._every == 1:
            import_on_trial(self._vault, self._sheets, mappings)


def import_on_trial(vault: OpenVault, sheets: tuple[Sheet, ...], mappings: tuple[Any, ...]) -> None:
    """Import without writing, all the rest as in life."""
    today = vault.clock.today()
    wish = ImportWish(sheets=sheets, mappings=mappings, programme_key=PROGRAMME, today=today, dry_run=True)
    run_import(vault, wish, Watch.silent())


class Workbooks(Sheets):
    """Workbooks: changed as packed files, or inside one of the parts they are made of and packed again."""

    @override
    def made(self, chance: random.Random) -> bytes:
        """Return one input."""
        sound = chance.choice(self.sound)
        return mutated(sound, chance) if chance.random() < 0.6 else repacked(sound, chance)


@dataclass(slots=True)
class Tally:
    """What became of the inputs of one target."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        """Return whether nothing bad was seen."""
        return not any(self.counts[bad] for bad in BAD)

    def plain(self) -> dict[str, Any]:
        """Return the counts as they are printed."""
        return {
            "target": self.name,
            "inputs": sum(count for what, count in self.counts.items() if what != LEFT),
            **{what: self.counts[what] for what in (REFUSED, TAKEN, *BAD)},
            "longest, ms of the processor": round(self.longest * 1000),
            "faults": dict(self.faults),
            "holds": self.holds,
        }


class _TooLongError(BaseException):
    """The alarm of an input that does not come to an end; no code of the program catches it."""


def _ring(_signal: int, _frame: object) -> None:
    raise _TooLongError


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise in the middle of what goes on when it has used so much of the processor's time."""
    if not hasattr(signal, "setitimer"):  # pragma: no cover - Windows has no such alarm
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def fuzz(target: Target, inputs: int, chance: random.Random, tally: Tally) -> None:
    """Have a target read so many inputs; what became of them is counted."""
    for number in range(inputs):
        content = target.made(chance)
        begun = time.process_time()
        try:
            with alarm(HANGS_AFTER):
                target.read(content, number)
            what = TAKEN
        except CoachDeskError:
            what = REFUSED
        except _TooLongError:
            what = HANGS
        except Exception as fault:  # noqa: BLE001  whatever it is, a person would have met it as a traceback
            what = FAULT
            tally.faults[described(fault)] += 1
        took = time.process_time() - begun
        tally.longest = max(tally.longest, took)
        tally.counts[SLOW if what in (TAKEN, REFUSED) and took > LONGEST_SECONDS else what] += 1
        tally.counts[LEFT] += int(target.left())


def described(fault: BaseException) -> str:
    """Return a fault and where in the program it came from."""
    place, trace = "", fault.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "coachdesk" in file.parts:
            place = f"{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(fault).__name__} in {place}: {str(fault)[:80]}"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the targets share: a vault, and where files may be written."""

    vault: OpenVault
    place: Path
    truth: Truth


@contextmanager
def ground() -> Iterator[Ground]:
    """Give a small vault with a few clients in a scratch place."""
    with tempfile.TemporaryDirectory() as name, cheap_keys():
        place = Path(name)
        vault, _ = new_vault(place / "V.coachdesk")
        fill(vault, 3, 1)
        try:
            yield Ground(vault, place, everything(vault))
        finally:
            vault.close()


def sheets_of(on: Ground, sound: bytes) -> tuple[Sheet, ...]:
    """Return a sound sheet, read."""
    file = on.place / "caseload.csv"
    file.write_bytes(sound)
    return read_sheets([file])


TARGETS: dict[str, Callable[[Ground, int], Target]] = {
    "slots": lambda on, _every: SlotFiles(on.vault),
    "csv": lambda on, every: Sheets(on.vault, on.place, "CSV", csv_files(), every),
    "mapping": lambda on, every: Mappings(on.vault, on.place, sheets_of(on, csv_files()[0]), every),
    "backup": lambda on, _every: Backups(on.vault, on.place),
    "xlsx": lambda on, every: Workbooks(on.vault, on.place, "XLSX", workbook_files(), every),
}


def measure(which: str, inputs: int, *, seed: int = 20261122, every: int = WHOLE_IMPORTS) -> Tally:
    """Have one target read so many inputs and return what became of them; the vault has to be as it was."""
    chance = random.Random(seed)  # noqa: S311  which bytes
    with ground() as on:
        target = TARGETS[which](on, every)
        truth = everything(on.vault)
        tally = Tally(target.name)
        fuzz(target, inputs, chance, tally)
        tally.counts[LEFT] += int(everything(on.vault) != truth)
    return tally


def main(argv: Sequence[str] | None = None) -> int:
    """Fuzz and report, one line for each target; return 0 when nothing bad was seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=INPUTS)
    parser.add_argument("--only", choices=tuple(TARGETS), nargs="*", default=tuple(TARGETS))
    parser.add_argument("--seed", type=int, default=20261122)
    wish = parser.parse_args(argv)
    held = []
    for which in wish.only:
        begun = time.monotonic()
        tally = measure(which, wish.inputs, seed=wish.seed)
        held.append(tally.holds)
        seconds = round(time.monotonic() - begun)
        print(json.dumps({**tally.plain(), "seconds": seconds}, ensure_ascii=False), flush=True)
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
