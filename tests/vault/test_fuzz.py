"""Made-up and damaged input for the key file, the backup file and every importer: a sentence each time."""

import json
import random
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import fuzzing
from benchmarks.fuzzed_inputs import csv_files, mutated, repacked, workbook_files
from benchmarks.fuzzing import BAD, FAULT, HANGS, LEFT, REFUSED, SLOW, TAKEN, Tally, fuzz, measure
from coachdesk.commands.imports import _told
from coachdesk.errors import Refusal
from coachdesk.exchange.workbooks import workbook_tables
from coachdesk.vault.slots import parsed
from coachdesk.vault.trouble import Damaged
from tests.vault_fixtures import Template

SHORT = {"slots": 1500, "csv": 400, "mapping": 400, "backup": 250, "xlsx": 150}


@pytest.mark.parametrize("which", SHORT)
def test_fuzzed_input_gives_a_sentence_and_leaves_nothing(which: str) -> None:
    tally = measure(which, SHORT[which], seed=random.randrange(1 << 30), every=60)  # noqa: S311 - other bytes each time
    assert tally.holds, tally.plain()
    assert tally.plain()["inputs"] == SHORT[which]
    assert tally.counts[REFUSED] > SHORT[which] // 20


class Bad:
    """A target that does what none should."""

    name = "bad"

    def __init__(self, what: str) -> None:
        self._what = what

    def made(self, _chance: random.Random) -> bytes:
        return b"x"

    def read(self, _content: bytes, _number: int) -> None:
        if self._what == FAULT:
            raise KeyError("x")
        if self._what == HANGS:
            while True:
                pass
        begun = time.process_time()
        while self._what == SLOW and time.process_time() - begun < 0.01:
            pass

    def left(self) -> bool:
        return self._what == LEFT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarm by the processor's time")
@pytest.mark.parametrize("what", BAD)
def test_what_should_not_be_would_be_counted(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "HANGS_AFTER", 0.05)
    monkeypatch.setattr(fuzzing, "LONGEST_SECONDS", 0.005)
    tally = Tally("bad")
    fuzz(Bad(what), 2, random.Random(1), tally)  # noqa: S311 - no key
    assert tally.counts[what] == 2
    assert not tally.holds
    assert tally.plain()["inputs"] == 2


def test_the_sound_ones_are_read() -> None:
    """What everything is made from is right, or the fuzzing would prove nothing."""
    tally = Tally("sound")
    with fuzzing.ground() as on:
        for name in ("slots", "csv", "backup", "xlsx"):
            target = fuzzing.TARGETS[name](on, 1)
            for content in getattr(target, "sound"):  # noqa: B009 - every target has them, the protocol does not say so
                target.read(content, 0)
                tally.counts[TAKEN] += 1
                assert not target.left()
    assert tally.counts[TAKEN] == 1 + 6 + 2 + 2


@pytest.mark.parametrize("part", range(20))
def test_a_workbook_broken_inside_is_refused_or_read(part: int) -> None:
    chance = random.Random(part)  # noqa: S311 - which bytes
    for sound in workbook_files():
        broken = repacked(sound, chance)
        with suppress(Refusal):
            assert workbook_tables("caseload.xlsx", broken)


@pytest.mark.parametrize("generation", [0, -1, 1 << 63, 1 << 64, 10**40])
def test_a_key_file_of_an_impossible_generation_is_damaged(vault_template: Template, generation: int) -> None:
    file = replace(vault_template.file, generation=generation)
    with pytest.raises(Damaged):
        parsed(file.rendered(vault_template.keyring()))


def test_bytes_are_changed_and_the_sheets_are_not_alike() -> None:
    chance = random.Random(3)  # noqa: S311 - which bytes
    sound = csv_files()[0]
    assert len({mutated(sound, chance) for _ in range(50)}) > 40
    assert len(set(csv_files())) == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[" * 100_000, "cannot be read as JSON"),
        ("[]", "must hold headings and their fields"),
        (json.dumps({"Surname": ["clients.last_name"]}), "needs the key of a field"),
        (json.dumps({"caseload.csv": {"Surname": 7}}), "needs the key of a field"),
        (json.dumps({"caseload.csv": {"Surname": {"a": "b"}}}), "needs the key of a field"),
    ],
)
def test_a_mapping_file_that_says_no_field_is_refused(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "mapping.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(Refusal, match=said):
        _told(file)
