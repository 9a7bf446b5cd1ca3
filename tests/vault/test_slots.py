"""The slot file notices any change, and nothing costly is derived from a file that is not ours."""

import json
import secrets
from uuid import uuid4

import pytest

from coachdesk.errors import CoachDeskError
from coachdesk.vault import slots
from coachdesk.vault.cost import Cost
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.slots import RECOVERY, SlotFile, new_slot, parsed, resealed, unlocked
from coachdesk.vault.trouble import Damaged, Locked, NewerVersion, WrongPassphrase

SECRET = "correct horse battery staple"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive in no time, so that thousands of changed files can be tried; the real one has its own test."""
    monkeypatch.setattr(Cost, "derive", lambda _cost, secret, salt: (secret.encode() + salt + bytes(64))[:32])


@pytest.fixture
def keys() -> Keyring:
    return Keyring(secrets.token_bytes(32))


@pytest.fixture
def made(quick: None, keys: Keyring) -> bytes:
    file = SlotFile(uuid4(), 1, "data-1.db", ())
    file = file.with_slot(new_slot(file, keys, SECRET, Cost.floor(), label="Ruth"))
    file = file.with_slot(
        new_slot(file, keys, "another secret", Cost.floor(), label="Recovery", kind=RECOVERY)
    )
    return file.rendered(keys)


def open_first(content: bytes) -> Keyring:
    file = parsed(content)
    return unlocked(file, file.slots[0], SECRET)


def test_a_slot_opens_with_its_secret_only(made: bytes, keys: Keyring) -> None:
    assert open_first(made).data_key() == keys.data_key()
    file = parsed(made)
    assert unlocked(file, file.slots[1], "another secret").data_key() == keys.data_key()
    for wrong in ("", SECRET + " ", "another secret"):
        with pytest.raises(WrongPassphrase, match="That does not open the vault"):
            unlocked(file, file.slots[0], wrong)


def test_no_flipped_bit_is_accepted(made: bytes) -> None:
    for place in range(len(made) * 8):
        changed = bytearray(made)
        changed[place // 8] ^= 1 << (place % 8)
        with pytest.raises(CoachDeskError):
            open_first(bytes(changed))


def test_no_truncation_is_accepted(made: bytes) -> None:
    for length in range(len(made)):
        with pytest.raises(Damaged):
            parsed(made[:length])


def rewritten(made: bytes, change: str) -> bytes:
    start, text, mac, _ = made.split(b"\n")
    found = json.loads(text)
    first, second = found["slots"]
    if change == "dropped":
        found["slots"] = [first]
    elif change == "reordered":
        found["slots"] = [second, first]
    elif change == "generation":
        found["gen"] = 2
    elif change == "label":
        first["label"] = "admin"
    elif change == "swapped boxes":
        first["box"], second["box"] = second["box"], first["box"]
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return b"\n".join((start, body, mac, b""))


@pytest.mark.parametrize("change", ["dropped", "reordered", "generation", "label", "swapped boxes"])
def test_changes_by_hand_are_noticed(made: bytes, change: str) -> None:
    file = parsed(rewritten(made, change))
    slot = next(one for one in file.slots if one.kind == "person")
    with pytest.raises((Damaged, WrongPassphrase)):
        unlocked(file, slot, SECRET)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("db", "../data-1.db"),
        ("db", 7),
        ("gen", 0),
        ("gen", True),
        ("slots", []),
        ("slots", {}),
        ("vault", "x"),
        ("extra", 1),
    ],
)
def test_a_file_that_is_not_ours_is_damaged(made: bytes, name: str, value: object) -> None:
    start, text, mac, _ = made.split(b"\n")
    found = {**json.loads(text), name: value}
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    with pytest.raises(Damaged):
        parsed(b"\n".join((start, body, mac, b"")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cost", {"memory": 8, "passes": 3, "lanes": 4}),
        ("cost", {"memory": 2**31, "passes": 3, "lanes": 4}),
        ("cost", {"memory": 65536, "passes": 1, "lanes": 4}),
        ("cost", {"memory": 65536, "passes": 3, "lanes": True}),
        ("cost", {"memory": 65536}),
        ("kind", "admin"),
        ("label", 7),
        ("salt", "00"),
        ("salt", "zz"),
        ("extra", 1),
    ],
)
def test_a_slot_that_is_not_ours_is_damaged_before_anything_is_derived(
    made: bytes, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    derived: list[str] = []
    monkeypatch.setattr(Cost, "derive", lambda _cost, secret, _salt: derived.append(secret))
    start, text, mac, _ = made.split(b"\n")
    found = json.loads(text)
    found["slots"][0][name] = value
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    with pytest.raises(Damaged):
        open_first(b"\n".join((start, body, mac, b"")))
    assert derived == []


def test_blanks_and_double_slots_are_damaged(made: bytes) -> None:
    with pytest.raises(Damaged):
        parsed(made.replace(b'{"db"', b'{ "db"'))
    start, text, mac, _ = made.split(b"\n")
    found = json.loads(text)
    found["slots"] = [found["slots"][0]] * 2
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    with pytest.raises(Damaged):
        parsed(b"\n".join((start, body, mac, b"")))
    with pytest.raises(Damaged):
        parsed(made + b" " * slots.LARGEST)


def test_another_format_is_newer(made: bytes) -> None:
    with pytest.raises(NewerVersion):
        parsed(made.replace(b"KEYS 1", b"KEYS 2"))
    with pytest.raises(Damaged):
        parsed(made.replace(b"KEYS 1", b"KEYS x"))
    with pytest.raises(Damaged):
        parsed(b"something else")


def test_the_data_key_can_change_while_a_colleague_is_away(made: bytes) -> None:
    old = parsed(made)
    fresh = Keyring(secrets.token_bytes(32))
    bare = SlotFile(old.vault, 2, "data-2.db", ())
    new = SlotFile(old.vault, 2, "data-2.db", tuple(resealed(slot, bare, fresh) for slot in old.slots))
    assert open_first(new.rendered(fresh)).data_key() == fresh.data_key()
    assert unlocked(parsed(made), old.slots[0], SECRET).data_key() != fresh.data_key()


def test_a_slot_is_replaced_in_its_place(made: bytes, keys: Keyring) -> None:
    file = parsed(made)
    changed = new_slot(file, keys, "a new passphrase", Cost.floor(), label="Ruth", slot_id=file.slots[0].id)
    again = parsed(file.with_slot(changed).rendered(keys))
    assert [slot.id for slot in again.slots] == [slot.id for slot in file.slots]
    assert unlocked(again, again.slots[0], "a new passphrase").data_key() == keys.data_key()
    with pytest.raises(WrongPassphrase):
        unlocked(again, again.slots[0], SECRET)
    assert [slot.label for slot in again.people()] == ["Ruth"]


def test_a_wiped_keyring_gives_nothing(keys: Keyring) -> None:
    inner = keys._key
    keys.wipe()
    keys.wipe()
    assert keys.wiped
    assert inner == bytearray(32)
    with pytest.raises(Locked):
        keys.data_key()
    with pytest.raises(Locked):
        keys.sub("db")
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(b"short")
