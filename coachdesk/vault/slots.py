"""The file of key slots: who may unlock, sealed so that any change is noticed (storage.md 4.2 and 4.3).

Passphrase → Argon2id → AES-256-GCM → the slot's own X25519 private key → HPKE → the data key. A key pair per
slot lets the data key change while colleagues are away.
"""

import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from coachdesk.vault.cost import Cost
from coachdesk.vault.keyring import Keyring, tag
from coachdesk.vault.trouble import Damaged, NewerVersion, WrongPassphrase, damaged

FORMAT = b"COACHDESK-KEYS 1\n"
FORMAT_START = b"COACHDESK-KEYS "
LARGEST = 64 * 1024
MOST_SLOTS = 32
LONGEST_LABEL = 20
LAST_GENERATION = (1 << 63) - 1
"""A number that eight bytes hold; a vault whose key changed every second would last for longer than the sun."""
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
BARE_NAME = re.compile(r"data-[0-9]{1,9}\.db")
PERSON, RECOVERY = "person", "recovery"
LENGTHS = {"salt": 16, "nonce": 12, "public": 32, "sealed": 48, "box": 80}
FIELDS = {"id", "kind", "label", "cost", *LENGTHS}
WRONG = "That does not open the vault. Check capitals and blanks, then try again."


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


@dataclass(frozen=True, slots=True)
class Slot:
    """One key slot; all but ``sealed`` and ``box`` is bound into the seal."""

    id: str
    kind: str
    label: str
    cost: Cost
    salt: bytes
    nonce: bytes
    public: bytes
    sealed: bytes = b""
    box: bytes = b""

    def shown(self) -> dict[str, Any]:
        """Return the slot as it stands in the file."""
        found: dict[str, Any] = {name: getattr(self, name).hex() for name in LENGTHS}
        cost = {"memory": self.cost.memory, "passes": self.cost.passes, "lanes": self.cost.lanes}
        return {**found, "id": self.id, "kind": self.kind, "label": self.label, "cost": cost}

    def bound(self, vault: UUID) -> bytes:
        """Return what the seal is bound to: format, vault and every public field."""
        public = {key: value for key, value in self.shown().items() if key not in ("sealed", "box")}
        return FORMAT + vault.bytes + _canonical(public)


@dataclass(frozen=True, slots=True)
class SlotFile:
    """What the file of key slots says."""

    vault: UUID
    generation: int
    db: str
    slots: tuple[Slot, ...]
    mac: str = ""

    def body(self) -> bytes:
        """Return the part of the file that the seal at its end covers."""
        shown = [slot.shown() for slot in self.slots]
        return (
            FORMAT
            + _canonical({"vault": self.vault.hex, "gen": self.generation, "db": self.db, "slots": shown})
            + b"\n"
        )

    def rendered(self, keys: Keyring) -> bytes:
        """Return the whole file with its seal."""
        body = self.body()
        return body + tag(keys.sub("header-mac"), body).hex().encode() + b"\n"

    def people(self) -> tuple[Slot, ...]:
        """Return the slots of people, in the order they were added."""
        return tuple(slot for slot in self.slots if slot.kind == PERSON)

    def with_slot(self, slot: Slot) -> "SlotFile":
        """Return the file with a slot added, or put in the place of the one with its id."""
        if any(old.id == slot.id for old in self.slots):
            return replace(self, slots=tuple(slot if old.id == slot.id else old for old in self.slots))
        return replace(self, slots=(*self.slots, slot))


def _info(vault: UUID, slot_id: str, generation: int) -> bytes:
    return b"coachdesk data key\0" + vault.bytes + slot_id.encode() + generation.to_bytes(8, "big")


def new_slot(
    file: SlotFile,
    keys: Keyring,
    secret: str,
    cost: Cost,
    *,
    label: str,
    kind: str = PERSON,
    slot_id: str = "",
) -> Slot:
    """Return a slot that opens the vault with a secret."""
    private = X25519PrivateKey.generate()
    bare = Slot(
        id=slot_id or secrets.token_hex(8),
        kind=kind,
        label=label,
        cost=cost,
        salt=secrets.token_bytes(16),
        nonce=secrets.token_bytes(12),
        public=private.public_key().public_bytes_raw(),
    )
    wrap = AESGCM(cost.derive(secret, bare.salt))
    sealed = wrap.encrypt(bare.nonce, private.private_bytes_raw(), bare.bound(file.vault))
    box = SUITE.encrypt(keys.data_key(), private.public_key(), _info(file.vault, bare.id, file.generation))
    return replace(bare, sealed=sealed, box=box)


def resealed(slot: Slot, file: SlotFile, keys: Keyring) -> Slot:
    """Return a slot that opens a new data key with its old secret; only its public key is needed."""
    info = _info(file.vault, slot.id, file.generation)
    return replace(
        slot, box=SUITE.encrypt(keys.data_key(), X25519PublicKey.from_public_bytes(slot.public), info)
    )


def renewed(file: SlotFile, keys: Keyring, slots: tuple[Slot, ...], *, db: str = "") -> SlotFile:
    """Return the next generation of a slot file: these slots, each sealed anew to the data key.

    Every change raises the generation, so that an older file put back does not go unnoticed.
    """
    bare = replace(file, generation=file.generation + 1, db=db or file.db, slots=(), mac="")
    return replace(bare, slots=tuple(resealed(slot, bare, keys) for slot in slots))


def short_label(name: str, taken: Iterable[str] = ()) -> str:
    """Return what the sign-in list shows of a name: the first name, and of the rest no more than it needs.

    Labels can be read by whoever holds the folder (storage.md 4.2).
    """
    used = {label.casefold() for label in taken}
    return next((form for form in _short_forms(name) if form.casefold() not in used), name.strip())


def _short_forms(name: str) -> Iterator[str]:
    first, _, rest = " ".join(name.split()).partition(" ")
    first = first[:LONGEST_LABEL]
    yield first
    if rest:
        yield f"{first} {rest[0]}."
        yield f"{first} {rest[:3]}."
    yield from (f"{first} {number}" for number in range(2, MOST_SLOTS + 2))


def known_as(slot: Slot, name: str) -> bool:
    """Return whether a slot is meant by a label, an id, or the full name the label was made from."""
    return name in (slot.label, slot.id) or slot.label in _short_forms(name)


def unlocked(file: SlotFile, slot: Slot, secret: str) -> Keyring:
    """Return the keyring a secret opens, after the seal over the whole file was checked.

    Raises WrongPassphrase, or Damaged when the file was changed outside CoachDesk.
    """
    private = _private_key(file, slot, secret)
    try:
        keys = Keyring(SUITE.decrypt(slot.box, private, _info(file.vault, slot.id, file.generation)))
    except InvalidTag:
        raise changed_outside() from None
    if not hmac.compare_digest(tag(keys.sub("header-mac"), file.body()).hex(), file.mac):
        raise changed_outside()
    return keys


def prove_secret(file: SlotFile, slot: Slot, secret: str) -> None:
    """Return when a secret opens a slot; raises WrongPassphrase or NotEnoughMemory."""
    _private_key(file, slot, secret)


def _private_key(file: SlotFile, slot: Slot, secret: str) -> X25519PrivateKey:
    kek = slot.cost.derive(secret, slot.salt)
    try:
        return X25519PrivateKey.from_private_bytes(
            AESGCM(kek).decrypt(slot.nonce, slot.sealed, slot.bound(file.vault))
        )
    except InvalidTag:
        raise WrongPassphrase(WRONG) from None


def changed_outside() -> Damaged:
    """Return the trouble of a slot file that somebody else wrote in."""
    return Damaged(
        "The vault’s key file was changed outside CoachDesk.",
        advice="Nothing was written. Restore your last backup, which holds its own key file.",
    )


def parsed(content: bytes) -> SlotFile:
    """Return what a slot file says, before any key is derived.

    Raises NewerVersion for another format and Damaged for anything that is not exactly what we would write.
    """
    if content.startswith(FORMAT_START) and not content.startswith(FORMAT):
        version = content[len(FORMAT_START) :].split(b"\n")[0]
        if version.isdigit() and int(version) > 1:
            raise NewerVersion(
                "This vault was made by a newer CoachDesk.",
                advice="Open it with the newer version. Nothing was changed.",
            )
    try:
        return _parsed(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged("The vault’s key file") from None


def _parsed(content: bytes) -> SlotFile:
    if len(content) > LARGEST or not content.startswith(FORMAT) or content.count(b"\n") != 3:  # noqa: PLR2004 - three lines
        raise ValueError("form")
    _, text, mac, _ = content.split(b"\n")
    found = json.loads(text)
    if set(found) != {"vault", "gen", "db", "slots"} or not isinstance(found["slots"], list):
        raise ValueError("fields")
    if not 1 <= len(found["slots"]) <= MOST_SLOTS or not BARE_NAME.fullmatch(found["db"]):
        raise ValueError("limits")
    if type(found["gen"]) is not int or not 1 <= found["gen"] <= LAST_GENERATION:
        raise ValueError("generation")
    file = SlotFile(
        vault=UUID(hex=found["vault"]),
        generation=found["gen"],
        db=found["db"],
        slots=tuple(_slot(one) for one in found["slots"]),
        mac=mac.decode("ascii"),
    )
    if file.body() != content[: -len(mac) - 1] or len({slot.id for slot in file.slots}) != len(file.slots):
        raise ValueError("not canonical")
    return file


def _slot(found: dict[str, Any]) -> Slot:
    if set(found) != FIELDS or set(found["cost"]) != {"memory", "passes", "lanes"}:
        raise ValueError("fields")
    if any(type(value) is not int for value in found["cost"].values()):
        raise ValueError("cost")
    if not all(isinstance(found[name], str) for name in ("id", "kind", "label")):
        raise ValueError("names")
    cost = Cost(**found["cost"])
    if found["kind"] not in (PERSON, RECOVERY) or not cost.acceptable():
        raise ValueError("bounds")
    values = {name: bytes.fromhex(found[name]) for name in LENGTHS}
    if any(len(values[name]) != length for name, length in LENGTHS.items()):
        raise ValueError("lengths")
    return Slot(id=found["id"], kind=found["kind"], label=found["label"], cost=cost, **values)
