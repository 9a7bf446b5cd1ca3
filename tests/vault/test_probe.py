import os
from pathlib import Path
from typing import Any

import pytest

from coachdesk.vault import probe
from coachdesk.vault.driver import SETTINGS, connected
from coachdesk.vault.probe import NO_LOG, place_judged
from coachdesk.vault.trouble import read_only


def test_a_good_place_says_nothing_and_nothing_stays_there(tmp_path: Path) -> None:
    assert place_judged(tmp_path / "not" / "there yet") == ""
    assert list(tmp_path.iterdir()) == []


def test_fault_31_a_drive_without_a_working_log_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_such_a_drive(path: Path, key: bytes, **how: Any) -> Any:
        return connected(path, key, settings=("journal_mode=DELETE", *SETTINGS[1:]), **how)

    monkeypatch.setattr(probe, "connected", on_such_a_drive)
    assert place_judged(tmp_path) == NO_LOG
    place = tmp_path / "OneDrive"
    place.mkdir()
    assert place_judged(place).endswith(NO_LOG)
    assert "OneDrive" in place_judged(place)
    assert list(tmp_path.iterdir()) == [place]


def test_fault_31_a_second_connection_that_sees_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def apart(path: Path, key: bytes, *, create: bool = False) -> Any:
        if create:
            return connected(path, key, create=True)
        other = connected(path.with_name("other.db"), key, create=True)
        other.execute("CREATE TABLE tried (number INTEGER)")
        return other

    monkeypatch.setattr(probe, "connected", apart)
    assert place_judged(tmp_path) == NO_LOG


def test_a_place_that_cannot_be_written_to_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("tempfile.TemporaryDirectory", refuses)
    assert place_judged(tmp_path) == str(read_only())
