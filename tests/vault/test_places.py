"""Places where an open vault could be damaged are warned about in a sentence."""

from pathlib import Path

import pytest

from coachdesk.vault.places import place_warning, warnings_for

MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "//server/share /mnt/team cifs rw 0 0\n"
    "/dev/sdb1 /media/My\\040Stick vfat rw 0 0\n"
    "broken\n"
)


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("/home/ruth/OneDrive - Furness/V.coachdesk", "OneDrive"),
        ("/home/ruth/Dropbox/V.coachdesk", "Dropbox"),
        ("/home/ruth/SharePoint/V.coachdesk", "SharePoint"),
        ("/mnt/team/V.coachdesk", "network drive"),
        ("//server/share/V.coachdesk", "network drive"),
        ("/media/My Stick/V.coachdesk", "memory stick"),
        ("/home/ruth/synced/V.coachdesk", "OneDrive"),
    ],
)
def test_a_risky_place_is_named(folder: str, words: str) -> None:
    found = warnings_for(Path(folder), environment={"OneDrive": "/home/ruth/synced"}, mounts=MOUNTS)
    assert len(found) == 1
    assert words in found[0]
    assert "backups may go there" in found[0]


def test_a_good_place_has_no_warning() -> None:
    assert warnings_for(Path("/home/ruth/V.coachdesk"), environment={}, mounts=MOUNTS) == ()
    assert warnings_for(Path("/home/ruth/V.coachdesk"), environment={}, mounts="") == ()


def test_the_warnings_of_this_computer_are_one_text(tmp_path: Path) -> None:
    assert place_warning(tmp_path / "V.coachdesk") is None
    assert "Dropbox" in (place_warning(tmp_path / "Dropbox" / "V.coachdesk") or "")
