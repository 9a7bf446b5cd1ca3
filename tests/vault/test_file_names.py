"""A file that was not chosen by its whole name replaces nothing."""

from pathlib import Path

import pytest

from coachdesk.vault.file_names import file_at, free_name, with_ending


def test_a_name_that_is_taken_gets_a_number_before_its_ending(tmp_path: Path) -> None:
    wanted = tmp_path / "plan.large.pdf"
    assert free_name(wanted) == wanted
    for name in ("plan.large.pdf", "plan.large-2.pdf"):
        (tmp_path / name).touch()
    assert free_name(wanted) == tmp_path / "plan.large-3.pdf"


@pytest.mark.parametrize("chosen", ["plan.pdf", "plan.PDF"])
def test_what_was_chosen_by_its_whole_name_is_written_though_it_is_there(tmp_path: Path, chosen: str) -> None:
    (tmp_path / chosen).touch()
    assert with_ending(tmp_path / chosen, ".pdf") == tmp_path / chosen
    assert file_at(tmp_path / chosen, "letter.pdf") == tmp_path / chosen


def test_a_name_without_the_ending_gets_it_and_replaces_nothing(tmp_path: Path) -> None:
    assert with_ending(tmp_path / "plan.2026", ".pdf") == tmp_path / "plan.2026.pdf"
    (tmp_path / "plan.2026.pdf").touch()
    assert with_ending(tmp_path / "plan.2026", ".pdf") == tmp_path / "plan.2026-2.pdf"
    assert file_at(tmp_path / "plan.2026", "letter.pdf") == tmp_path / "plan.2026-2.pdf"


def test_a_folder_gets_a_file_beside_those_it_has(tmp_path: Path) -> None:
    assert file_at(tmp_path, "letter.pdf") == tmp_path / "letter.pdf"
    (tmp_path / "letter.pdf").touch()
    assert file_at(tmp_path, "letter.pdf") == tmp_path / "letter-2.pdf"
