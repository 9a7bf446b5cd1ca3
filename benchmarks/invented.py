"""A small real vault for the proofs: encrypted, furnished, with invented people; and programs that can be killed.

The only thing that is not as in life is the price of a passphrase: Argon2id is replaced by a plain hash, because it
reads and writes no file and would take nine tenths of a thousand unlockings.
"""

import hashlib
import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select as ready
from typing import Any
from uuid import UUID

from coachdesk.casework.clients import NewClient, register_client
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.furnish import furnish_vault
from coachdesk.clock import Clock, SystemClock
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import unit_of_work

PASSPHRASE = "five herons cross the estuary"  # noqa: S105  opens nothing but invented people
PERSON = "Amina"
PROGRAMME = "connect-to-work"
WORDS = ("talked", "about", "mornings", "bus", "interview", "wants", "kitchen", "school", "letter", "hours")
GOES_ON = 0.05
"""How long a program that is listened to may say nothing before it is looked after again."""

Tell = Callable[..., None]


def _hashed(_cost: Cost, secret: str, salt: bytes) -> bytes:
    return hashlib.sha256(salt + secret.encode()).digest()


def _never(_cost: Cost, _seconds: float) -> None:
    return None


@contextmanager
def cheap_keys() -> Iterator[None]:
    """Let a passphrase cost a hash instead of Argon2id for the whole block, in programs forked from here too."""
    derive, outgrown = Cost.derive, Cost.outgrown
    setattr(Cost, "derive", _hashed)  # noqa: B010  a method in place of another
    setattr(Cost, "outgrown", _never)  # noqa: B010  as above
    try:
        yield
    finally:
        setattr(Cost, "derive", derive)  # noqa: B010  as it was
        setattr(Cost, "outgrown", outgrown)  # noqa: B010  as it was


def new_vault(folder: Path, clock: Clock | None = None) -> tuple[OpenVault, str]:
    """Return a furnished vault in a new folder, unlocked, and its recovery key."""
    made = SealedVault.create(
        folder,
        organisation="Furness Into Work",
        person=PERSON,
        passphrase=PASSPHRASE,
        clock=clock or SystemClock(),
        cost=Cost.floor(),
    )
    furnish_vault(made.vault)
    return made.vault, made.recovery_key


def fill(vault: OpenVault, clients: int, contacts_each: int, *, seed: int = 1) -> list[UUID]:
    """Register invented clients with contacts, each in an action of its own; return their ids."""
    chance = random.Random(seed)  # noqa: S311  invented people, not keys
    today = vault.clock.today()
    made = []
    for number in range(clients):
        with unit_of_work(vault) as work:
            wish = NewClient(
                programme_key=PROGRAMME, today=today, first_name=f"Maya{number}", last_name="Okonkwo"
            )
            made.append(register_client(work.session, wish))
        for _ in range(contacts_each):
            with unit_of_work(vault) as work:
                note = " ".join(chance.choices(WORDS, k=30))
                record_contact(work.session, RecordContact(client_id=made[-1], happened_on=today, note=note))
    return made


@dataclass(frozen=True, slots=True)
class Ended:
    """What a program said, and how it ended: killed by us, or by itself."""

    said: tuple[dict[str, Any], ...]
    killed_at: float | None


def run_apart(
    work: Callable[[Tell], None], *, life: float | None = None, sayings: int | None = None
) -> Ended:
    """Run a piece of work in a process of its own that tells what it does, and kill it when its life is over.

    Its life is so many seconds, or lasts until it has said so many things.

    It is forked from here, so nothing here may hold a vault open. The times it tells are comparable with ours.
    Raises RuntimeError when it ended in an error of its own.
    """
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the child is killed or leaves without a word
        os.close(hear)
        _apart(work, say)
    os.close(say)
    said, killed_at = _listened(hear, child, life, sayings)
    _, status = os.waitpid(child, 0)
    faults = [one["fault"] for one in said if "fault" in one]
    if faults or (os.WIFEXITED(status) and os.WEXITSTATUS(status)):
        raise RuntimeError(f"the program ended by itself: {faults}")
    return Ended(tuple(said), killed_at if os.WIFSIGNALED(status) else None)


def _apart(work: Callable[[Tell], None], say: int) -> None:  # pragma: no cover - runs in the child
    def tell(**words: Any) -> None:
        os.write(say, json.dumps({**words, "at": time.monotonic()}).encode() + b"\n")

    try:
        work(tell)
    except BaseException as fault:  # noqa: BLE001  a child must never come back into its parent's work
        tell(fault=f"{type(fault).__name__}: {fault}")
        os._exit(3)
    os._exit(0)


def _listened(
    hear: int, child: int, life: float | None, sayings: int | None
) -> tuple[list[dict[str, Any]], float | None]:
    """Return what a program said until it ended, and when it was killed."""
    ends = None if life is None else time.monotonic() + life
    killed_at = None
    content = b""
    while True:
        if ends is not None and killed_at is None and time.monotonic() >= ends:
            os.kill(child, signal.SIGKILL)
            killed_at = time.monotonic()
        wait = None if ends is None or killed_at else max(0.0, min(GOES_ON, ends - time.monotonic()))
        if not ready([hear], [], [], wait)[0]:
            continue
        piece = os.read(hear, 65_536)
        if not piece:
            break
        content += piece
        if sayings is not None and killed_at is None and content.count(b"\n") >= sayings:
            os.kill(child, signal.SIGKILL)
            killed_at = time.monotonic()
    os.close(hear)
    return [json.loads(line) for line in content.split(b"\n")[:-1]], killed_at
