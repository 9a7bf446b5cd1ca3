"""One bit flipped anywhere in a vault's files: every flip that matters is noticed, none is shown as data.

Data file, key file, mark, the log left by a crash, and a backup: in each a bit drawn by lot is flipped, then the vault is
opened, read and checked, or the backup is restored, by the program's own code. What is read is compared with what stood
there before. Only a sentence (Refusal or Trouble) may come out, never a fault, and opening leaves the file as it is.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.compiled_once import statements_shared
from benchmarks.invented import PASSPHRASE, PERSON, Tell, cheap_keys, fill, new_vault, run_apart
from coachdesk.clock import Clock, FixedClock, SystemClock
from coachdesk.errors import CoachDeskError
from coachdesk.models import Base
from coachdesk.vault.backup import back_up
from coachdesk.vault.health import check
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE, looked_into
from coachdesk.vault.restoring import restore
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import reading

FLIPS = 10_000
DATA, LOG, MARK = "data-1.db", "data-1.db-wal", "coachdesk.mark"
LEFT_OVER = ("-shm", ".lock")
Truth = tuple[tuple[Any, ...], ...]

NOTICED, HARMLESS = "noticed", "harmless: all is read as it was"
SHOWN, FAULT, CHANGED, SILENT = (
    "shown as data",
    "a fault",
    "what could not be read was changed",
    "not noticed",
)
BAD = (SHOWN, FAULT, CHANGED, SILENT)


@dataclass(frozen=True, slots=True)
class Sound:
    """A vault as it lay there sound: its files after a crash and after locking, its key, all that can be read of it."""

    crashed: dict[str, bytes]
    locked: dict[str, bytes]
    backup: bytes
    data_key: bytes
    truth: Truth
    backed_up: Truth
    clock: Clock


@dataclass(slots=True)
class Tally:
    """What became of the flips, by file."""

    found: dict[str, Counter[str]] = field(default_factory=dict)

    def note(self, name: str, what: str) -> None:
        """Count one flip."""
        self.found.setdefault(name, Counter())[what] += 1

    @property
    def flips(self) -> int:
        """Return how many bits were flipped."""
        return sum(sum(one.values()) for one in self.found.values())

    @property
    def holds(self) -> bool:
        """Return whether nothing bad was seen."""
        return not any(one[bad] for one in self.found.values() for bad in BAD)


def everything(vault: OpenVault) -> Truth:
    """Return every row of every table of a vault as it is read by the program."""
    with reading(vault) as session:
        tables = Base.metadata.sorted_tables
        return tuple(
            (table.name, *(tuple(row) for row in session.execute(select(table)))) for table in tables
        )


def made_sound(place: Path, *, clients: int = 12) -> Sound:
    """Make a vault, crash in the middle of work so that its log stays, and return it with all that is in it."""
    clock = FixedClock(SystemClock().now())
    folder = place / "V.coachdesk"

    def crash(tell: Tell) -> None:
        vault, _ = new_vault(folder, clock)
        fill(vault, 2, 2)
        vault.checkpoint()
        back_up(vault, place / "b")
        fill(vault, clients, 4, seed=2)
        tell(key=vault.keys.data_key().hex())

    data_key = bytes.fromhex(run_apart(crash).said[0]["key"])
    crashed = _files(folder)
    vault = _opened(folder, data_key, clock)
    truth = everything(vault)
    vault.close()
    restore(place / "b", place / "R.coachdesk")
    vault = _opened(place / "R.coachdesk", data_key, clock)
    backed_up = everything(vault)
    vault.close()
    return Sound(crashed, _files(folder), (place / "b").read_bytes(), data_key, truth, backed_up, clock)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(LEFT_OVER)}


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    """Return a folder that holds these files and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def _opened(folder: Path, data_key: bytes, clock: Clock) -> OpenVault:
    sealed = SealedVault(folder)
    file = sealed.slot_file()
    return sealed.opened_with(file, file.people()[0], Keyring(data_key), clock=clock)


def flipped(sound: bytes, bit: int) -> bytes:
    """Return bytes with one bit the other way round."""
    broken = bytearray(sound)
    broken[bit // 8] ^= 1 << bit % 8
    return bytes(broken)


def in_data(sound: Sound, bit: int, place: Path) -> str:
    """Return what a bit flipped in the data file of a locked vault leads to."""
    content = flipped(sound.locked[DATA], bit)
    folder = laid_out(place / "V.coachdesk", {**sound.locked, DATA: content})
    said = _shown(sound, folder)
    if (folder / DATA).read_bytes() != content:
        return CHANGED
    return said if said in BAD else NOTICED if said == NOTICED or _checked(sound, folder) else SILENT


def _shown(sound: Sound, folder: Path) -> str:
    """Return whether a vault opens and shows exactly what stood in it, or says that something is wrong."""
    try:
        vault = _opened(folder, sound.data_key, sound.clock)
    except CoachDeskError:
        return NOTICED
    try:
        return HARMLESS if everything(vault) == sound.truth else SHOWN
    except CoachDeskError:
        return NOTICED
    finally:
        vault.close()


def _checked(sound: Sound, folder: Path) -> bool:
    """Return whether the check of a vault that still shows everything reports something."""
    vault = _opened(folder, sound.data_key, sound.clock)
    try:
        return bool(check(vault).problems)
    finally:
        vault.close()


def in_log(sound: Sound, bit: int, place: Path) -> str:
    """Return what a bit flipped in the log of a crash leads to: told, or nothing is missing.

    A log that could not be read to its end has to be there afterwards, as it was found.
    """
    content = flipped(sound.crashed[LOG], bit)
    folder = laid_out(place / "V.coachdesk", {**sound.crashed, LOG: content})
    said = _shown(sound, folder)
    if said == NOTICED and not any(path.read_bytes() == content for path in folder.glob(f"{LOG}*")):
        return CHANGED
    return said


def in_mark(sound: Sound, bit: int, place: Path) -> str:
    """Return what a bit flipped in the mark leads to: nothing is missing, so nothing has to be told."""
    return _shown(
        sound, laid_out(place / "V.coachdesk", {**sound.locked, MARK: flipped(sound.locked[MARK], bit)})
    )


def in_slots(sound: Sound, bit: int, place: Path) -> str:
    """Return what a bit flipped in the key file leads to, with the right passphrase: the vault never opens."""
    folder = place / "S.coachdesk"
    if not folder.exists():
        laid_out(folder, sound.locked)
    content = flipped(sound.locked[SLOT_FILE], bit)
    (folder / SLOT_FILE).write_bytes(content)
    (folder / "coachdesk.tries").unlink(missing_ok=True)
    try:
        SealedVault(folder).open(PASSPHRASE, person=PERSON, clock=sound.clock).close()
    except CoachDeskError:
        return NOTICED if (folder / SLOT_FILE).read_bytes() == content else CHANGED
    return SILENT


def in_backup(sound: Sound, bit: int, place: Path) -> str:
    """Return what a bit flipped in a backup leads to: refused, or its seal says so, or all is restored as it was."""
    backup, folder = place / "b", place / "R.coachdesk"
    content = flipped(sound.backup, bit)
    backup.write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        restore(backup, folder)
        looked_into(backup).told(Keyring(sound.data_key))
    except CoachDeskError:
        return NOTICED if backup.read_bytes() == content else CHANGED
    vault = _opened(folder, sound.data_key, sound.clock)
    try:
        return HARMLESS if everything(vault) == sound.backed_up else SHOWN
    finally:
        vault.close()


Flip = Callable[[Sound, int, Path], str]


def flips_for(sound: Sound, number: int, chance: random.Random) -> Iterator[tuple[str, Flip, int]]:
    """Yield which bits are flipped: every bit of the mark if there is room, of the rest as many as are asked for."""
    shares: tuple[tuple[str, Flip, int, float], ...] = (
        ("data file", in_data, len(sound.locked[DATA]), 0.4),
        ("log of a crash", in_log, len(sound.crashed[LOG]), 0.2),
        ("key file", in_slots, len(sound.locked[SLOT_FILE]), 0.2),
        ("backup", in_backup, len(sound.backup), 0.1616),
        ("mark", in_mark, len(sound.locked[MARK]), 0.0384),
    )
    for name, flip, size, share in shares:
        wanted = round(number * share)
        bits = range(size * 8)
        chosen = chance.sample(bits, wanted) if wanted <= len(bits) else chance.choices(bits, k=wanted)
        yield from ((name, flip, bit) for bit in chosen)


def measure(number: int, *, seed: int = 20261122, clients: int = 12) -> Tally:
    """Flip so many bits, one at a time, and return what became of them."""
    chance = random.Random(seed)  # noqa: S311  which bits
    tally = Tally()
    with tempfile.TemporaryDirectory() as name, cheap_keys(), statements_shared():
        place = Path(name)
        sound = made_sound(place / "sound", clients=clients)
        for part, flip, bit in flips_for(sound, number, chance):
            tally.note(part, _outcome(flip, sound, bit, place))
    return tally


def _outcome(flip: Flip, sound: Sound, bit: int, place: Path) -> str:
    try:
        return flip(sound, bit, place)
    except Exception as fault:  # noqa: BLE001  whatever it is, a person would have met it as a traceback
        print(f"{flip.__name__} {bit}: {type(fault).__name__}", file=sys.stderr)
        return FAULT


def main(argv: Sequence[str] | None = None) -> int:
    """Flip and report; return 0 when every flip that matters was noticed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--flips", type=int, default=FLIPS)
    parser.add_argument("--seed", type=int, default=20261122)
    wish = parser.parse_args(argv)
    begun = time.monotonic()
    tally = measure(wish.flips, seed=wish.seed)
    found = {name: dict(one) for name, one in tally.found.items()}
    seconds = round(time.monotonic() - begun)
    print(
        json.dumps(
            {"flips": tally.flips, **found, "holds": tally.holds, "seconds": seconds}, ensure_ascii=False
        )
    )
    return 0 if tally.holds else 1


if __name__ == "__main__":
    sys.exit(main())
