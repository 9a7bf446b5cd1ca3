"""Kills at random moments of a working day: nothing acknowledged is lost, no draft, and the vault opens every time.

A program works on a real encrypted vault – registers, opens, types, records, plans, takes back, backs up, locks and
unlocks, changes its passphrase, changes the vault's key – and tells what it is about to do and what is done. It is
killed with SIGKILL at a moment drawn by lot. Then another program unlocks with the passphrase, checks the vault from
end to end, and what it finds is compared with what was acknowledged.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, configure_mappers

from benchmarks.compiled_once import statements_shared
from benchmarks.invented import PASSPHRASE, PROGRAMME, Tell, cheap_keys, fill, new_vault, run_apart
from coachdesk.casework.clients import NewClient, register_client
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.plans import AddAction, AddGoal, FinishAction, add_action, add_goal, finish_action
from coachdesk.casework.seeing import OpenClient, open_client
from coachdesk.clock import SystemClock
from coachdesk.models import Client, Contact, Draft, JournalEntry
from coachdesk.vault.backup import back_up_by_rule
from coachdesk.vault.drafts import drop_draft, keep_draft
from coachdesk.vault.health import check
from coachdesk.vault.journal import last_unit, position, undo
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.rotation import rotate
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slots import unlocked
from coachdesk.vault.strength import insist
from coachdesk.vault.trouble import WrongPassphrase
from coachdesk.vault.work import reading, unit_of_work

KILLS = 1_000
KILLS_A_VAULT = 40
LONGEST_LIFE = 1.2
DRAFT = "contact"
DRAFT_PAUSE_SECONDS = 0.3
"""How long the window's form waits after a keystroke before it asks for the draft to be kept (ui/forms/form.py)."""
LONGEST_LOSS_SECONDS = 1.0
KEYSTROKES = 12
DAY = (
    ("register", 3), ("open", 3), ("contact", 8), ("plan", 4), ("undo", 3), ("backup", 2), ("lock", 3),
    ("passphrase", 2), ("rotate", 2),
)  # fmt: skip
"""What a day is made of, and how often each comes."""


@dataclass(slots=True)
class Day:
    """The one who works: a vault, a passphrase, and who tells what is done."""

    folder: Path
    passphrase: str
    chance: random.Random
    tell: Tell
    vault: OpenVault = field(init=False)

    def work(self) -> None:
        """Work until killed."""
        self.vault = self._unlock()
        self.tell(done="unlock")
        names, weights = zip(*DAY, strict=True)
        while True:
            name = self.chance.choices(names, weights)[0]
            self.tell(begins=name)
            getattr(self, f"_{name}")()
            self.tell(done=name)

    def _unlock(self) -> OpenVault:
        return SealedVault(self.folder).open(self.passphrase, clock=SystemClock())

    def _client(self, session: Session) -> UUID:
        return self.chance.choice(session.scalars(select(Client.id)).all())

    def _told(self, unit: UUID | None) -> None:
        self.tell(unit=unit.hex if unit else "")

    def _register(self) -> None:
        with unit_of_work(self.vault) as work:
            name = f"Ann{self.chance.getrandbits(40):x}"
            today = self.vault.clock.today()
            register_client(work.session, NewClient(programme_key=PROGRAMME, today=today, first_name=name))
        self._told(work.changes.unit)

    def _open(self) -> None:
        with unit_of_work(self.vault) as work:
            open_client(work.session, OpenClient(client_id=self._client(work.session)))
        self.tell(opened=True)

    def _contact(self) -> None:
        """Type a note letter by letter, each kept as a draft, then record it and let go of the draft."""
        note = f"note {self.chance.getrandbits(64):016x}"[-KEYSTROKES:]
        for end in range(1, len(note) + 1):
            self.tell(typed=note[:end])
            with self.vault.write_sessions() as session:
                keep_draft(session, DRAFT, DRAFT, {"note": note[:end]})
            self.tell(kept=note[:end])
        self.tell(recording=note)
        with unit_of_work(self.vault) as work:
            client = self._client(work.session)
            wish = RecordContact(client_id=client, happened_on=self.vault.clock.today(), note=note)
            record_contact(work.session, wish)
        self.tell(recorded=note, unit=work.changes.unit.hex if work.changes.unit else "")
        self.tell(dropping=True)
        with self.vault.write_sessions() as session:
            drop_draft(session, DRAFT)
        self.tell(dropped=True)

    def _plan(self) -> None:
        today = self.vault.clock.today()
        with unit_of_work(self.vault) as work:
            client = self._client(work.session)
            add_goal(work.session, AddGoal(client_id=client, own_words="A job with animals"))
        self._told(work.changes.unit)
        with unit_of_work(self.vault) as work:
            action = add_action(work.session, AddAction(client_id=client, what="Write to the kennels"))
        self._told(work.changes.unit)
        with unit_of_work(self.vault) as work:
            finish_action(work.session, FinishAction(action_id=action, done_on=today))
        self._told(work.changes.unit)

    def _undo(self) -> None:
        """Record a contact and take it back."""
        note = f"slip {self.chance.getrandbits(64):016x}"
        self.tell(recording=note)
        with unit_of_work(self.vault) as work:
            client = self._client(work.session)
            wish = RecordContact(client_id=client, happened_on=self.vault.clock.today(), note=note)
            record_contact(work.session, wish)
        self.tell(recorded=note, unit=work.changes.unit.hex if work.changes.unit else "")
        self.tell(taking_back=note)
        with unit_of_work(self.vault) as work:
            step = last_unit(work.session, self.vault.person)
            assert step is not None
            undo(work.session, step.id)
        self.tell(taken_back=note, unit=work.changes.unit.hex if work.changes.unit else "")

    def _backup(self) -> None:
        written = back_up_by_rule(self.vault, "day")
        self.tell(backup=written.path.name)

    def _lock(self) -> None:
        self.vault.close()
        self.vault = self._unlock()

    def _passphrase(self) -> None:
        fresh = f"{PASSPHRASE} {self.chance.getrandbits(40):x}"
        self.tell(changing_to=fresh)
        change_passphrase(self.vault, NewPassphrase(passphrase=fresh, old=self.passphrase))
        self.passphrase = fresh
        self.tell(changed_to=fresh)

    def _rotate(self) -> None:
        rotate(self.vault)
        self.tell(rotated=self.vault.slot_file.generation)


@dataclass(slots=True)
class Acknowledged:
    """What the killed programs said of one vault: what must be there, what may be, and what must not."""

    passphrases: list[str] = field(default_factory=list)
    units: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    draft: set[str | None] = field(default_factory=set)
    typed: tuple[str, float] | None = None
    generation: int = 1
    at_work: str = "unlock"

    def hear(self, said: dict[str, Any]) -> None:
        """Take in one thing that was said."""
        self.at_work = said.get("begins", "between two" if "done" in said else self.at_work)
        self.generation = said.get("rotated", self.generation)
        if said.get("unit"):
            self.units.add(said["unit"])
        self._passphrase(said)
        self._note(said)
        self._draft(said)

    def _passphrase(self, said: dict[str, Any]) -> None:
        if "changing_to" in said:
            self.passphrases.append(said["changing_to"])
        elif "changed_to" in said:
            self.passphrases = [said["changed_to"]]

    def _note(self, said: dict[str, Any]) -> None:
        if "recording" in said:
            self.maybe.add(said["recording"])
        elif "recorded" in said:
            self.maybe.discard(said["recorded"])
            self.notes.add(said["recorded"])
        elif "taking_back" in said:
            self.notes.discard(said["taking_back"])
            self.maybe.add(said["taking_back"])
        elif "taken_back" in said:
            self.maybe.discard(said["taken_back"])
            self.gone.add(said["taken_back"])

    def _draft(self, said: dict[str, Any]) -> None:
        if "typed" in said:
            self.draft.add(said["typed"])
            self.typed = (said["typed"], said["at"])
        elif "kept" in said:
            self.draft = {said["kept"]}
            self.typed = None
        elif "dropping" in said:
            self.draft.add(None)
        elif "dropped" in said:
            self.draft = {None}


def look(folder: Path, passphrases: Sequence[str], tell: Tell) -> None:
    """Unlock a vault after a kill with the passphrase that is right now, check it whole, and tell what is in it."""
    sealed = SealedVault(folder)
    file = sealed.slot_file()
    right = []
    for passphrase in passphrases:
        try:
            unlocked(file, file.people()[0], passphrase).wipe()
        except WrongPassphrase:
            continue
        right.append(passphrase)
    vault = sealed.open(right[0], clock=SystemClock())
    problems = check(vault).problems
    with reading(vault) as session:
        units = {unit.hex for unit in session.scalars(select(JournalEntry.unit).distinct())}
        notes = session.scalars(select(Contact.note).where(Contact.archived_at.is_(None))).all()
        draft = session.scalar(select(Draft.body).where(Draft.key == DRAFT))
        found = {
            "problems": problems,
            "position": position(session),
            "clients": session.scalar(select(func.count()).select_from(Client)),
        }
    generation = vault.slot_file.generation
    vault.close()
    left = sorted(path.name for path in folder.iterdir() if path.name.endswith(".part"))
    for number in range(0, len(notes), 50):
        tell(notes=notes[number : number + 50])
    for number in range(0, len(units), 50):
        tell(units=sorted(units)[number : number + 50])
    tell(
        **found, passphrase=right[0], draft=draft["note"] if draft else None, generation=generation, left=left
    )


@dataclass(slots=True)
class Tally:
    """The counts over all kills."""

    kills: int = 0
    acknowledged: int = 0
    keystrokes: int = 0
    done: int = 0
    lost: int = 0
    came_back: int = 0
    drafts_lost: int = 0
    oldest_loss: float = 0.0
    problems: Counter[str] = field(default_factory=Counter)
    unopened: int = 0
    at_work: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        """Return whether nothing was lost and every vault opened."""
        return not (self.lost or self.came_back or self.drafts_lost or self.problems or self.unopened)

    def plain(self) -> dict[str, Any]:
        """Return the counts as they are printed."""
        return {
            "kills": self.kills,
            "actions done": self.done,
            "acknowledged changes": self.acknowledged,
            "acknowledged keystrokes": self.keystrokes,
            "acknowledged changes lost": self.lost,
            "changes taken back that came back": self.came_back,
            "drafts older than a second lost": self.drafts_lost,
            "oldest keystroke lost, ms, with the form's pause of 300": round(self.oldest_loss * 1000),
            "vaults that do not open": self.unopened,
            "problems the check found": dict(self.problems),
            "killed while": dict(sorted(self.at_work.items())),
            "holds": self.holds,
        }


def compare(known: Acknowledged, said: Sequence[dict[str, Any]], killed_at: float, tally: Tally) -> None:
    """Compare what is in a vault with what was acknowledged; what was open is settled by what is there."""
    found = said[-1]
    units = {unit for one in said for unit in one.get("units", ())}
    notes = {note for one in said for note in one.get("notes", ())}
    tally.lost += len(known.units - units) + len(known.notes - notes)
    tally.lost += int(found["generation"] < known.generation)
    tally.came_back += len(known.gone & notes) + len(notes - known.notes - known.maybe - known.gone)
    tally.problems.update([*found["problems"], *(f"left over: {name}" for name in found["left"])])
    if found["draft"] not in known.draft:
        tally.drafts_lost += 1
    if known.typed is not None and found["draft"] != known.typed[0]:
        age = killed_at - known.typed[1] + DRAFT_PAUSE_SECONDS
        tally.oldest_loss = max(tally.oldest_loss, age)
        tally.drafts_lost += int(age > LONGEST_LOSS_SECONDS)
    known.passphrases = [found["passphrase"]]
    known.gone |= known.maybe - notes
    known.notes |= known.maybe & notes
    known.maybe.clear()
    known.draft = {found["draft"]}
    known.typed, known.generation = None, found["generation"]


def _made(folder: Path) -> None:
    """Make a vault here: what that compiles, every program forked from here has already."""
    vault, _ = new_vault(folder)
    fill(vault, 5, 1)
    vault.close()


def _notes_of(folder: Path, known: Acknowledged) -> None:
    """Take in what stands in a new vault before anybody is killed."""

    def tell(**words: Any) -> None:
        known.notes.update(words.get("notes", ()))

    look(folder, known.passphrases, tell)


def kill_on_one_vault(folder: Path, kills: int, chance: random.Random, tally: Tally) -> None:
    """Make a vault and kill a program on it so many times; what was found is added to the counts."""
    known = Acknowledged(passphrases=[PASSPHRASE], draft={None})
    _made(folder)
    _notes_of(folder, known)
    for _ in range(kills):
        seed, life = chance.getrandbits(32), chance.uniform(0.0, LONGEST_LIFE)
        before = len(known.units)

        def work(tell: Tell, seed: int = seed) -> None:
            Day(folder, known.passphrases[0], random.Random(seed), tell).work()  # noqa: S311  no key

        ended = run_apart(work, life=life)
        assert ended.killed_at is not None
        known.at_work = "unlock"
        for one in ended.said:
            known.hear(one)
        tally.kills += 1
        tally.at_work[known.at_work] += 1
        tally.acknowledged += len(known.units) - before
        tally.keystrokes += sum("kept" in one for one in ended.said)
        tally.done += sum("done" in one for one in ended.said)
        try:
            said = run_apart(partial(look, folder, known.passphrases)).said
        except RuntimeError as fault:
            tally.unopened += 1
            print(fault, file=sys.stderr)
            return
        compare(known, said, ended.killed_at, tally)


def measure(kills: int, *, a_vault: int = KILLS_A_VAULT, seed: int = 20261122) -> Tally:
    """Kill so many programs, a fresh vault every so often, and return the counts."""
    chance = random.Random(seed)  # noqa: S311  when they are killed
    tally = Tally()
    configure_mappers()  # once here, not in each of the programs
    insist(PASSPHRASE, ())
    with cheap_keys(), statements_shared():
        while tally.kills + tally.unopened < kills:
            with tempfile.TemporaryDirectory() as place:
                number = min(a_vault, kills - tally.kills)
                kill_on_one_vault(Path(place) / "V.coachdesk", number, chance, tally)
    return tally


def main(argv: Sequence[str] | None = None) -> int:
    """Kill and report; return 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=20261122)
    wish = parser.parse_args(argv)
    begun = time.monotonic()
    tally = measure(wish.kills, seed=wish.seed)
    print(json.dumps({**tally.plain(), "seconds": round(time.monotonic() - begun)}))
    return 0 if tally.holds else 1


if __name__ == "__main__":
    sys.exit(main())
