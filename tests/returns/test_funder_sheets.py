import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal, Trouble
from coachdesk.models import Coach, FunderSheet, JournalEntry, Programme, ReleaseFile
from coachdesk.returns.funder_sheets import (
    AddSheet,
    ChoicesQuestion,
    MapCells,
    RetireSheet,
    SheetFile,
    SheetRow,
    add_sheet,
    list_choices,
    list_sheets,
    map_cells,
    read_sheet_file,
    retire_sheet,
)
from coachdesk.returns.funder_sheets_filled import FillSheet, fill_sheet, filled, filled_for
from coachdesk.returns.funder_sheets_printed import MARKS, printed_of, printed_of_release, suggested
from coachdesk.returns.issue import issue
from coachdesk.returns.narratives import SaveNarrative, SavePrompt, save_narrative, save_prompt
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import IssueWish, NarrativeText, PreparedReturn
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.returns.funder_forms import NAMES, funder_form
from tests.returns.printed_returns import WISH, a_grant, a_prepared, a_release
from tests.returns.test_prepare import people

QUIET = Watch.silent()


@pytest.fixture
def programme(vault: OpenVault) -> UUID:
    return a_grant(vault)


@pytest.fixture
def prepared() -> PreparedReturn:
    return a_prepared()


def do(vault: OpenVault, command: Callable[[Session, Any], Any], wish: object) -> Any:
    with unit_of_work(vault, label="A test") as work:
        return command(work.session, wish)


def form(content: bytes | None = None, name: str = "county form.xlsx") -> SheetFile:
    return SheetFile(name=name, content=content or funder_form())


def added(
    vault: OpenVault, programme: UUID, prepared: PreparedReturn | None = None, title: str = "County form"
) -> UUID:
    wish = AddSheet(programme_id=programme, title=title, file=form(), prepared=prepared)
    sheet: UUID = do(vault, add_sheet, wish)
    return sheet


def row(vault: OpenVault, programme: UUID) -> SheetRow:
    with reading(vault) as session:
        return list_sheets(session, programme)[0]


def keys(sheet: SheetRow) -> dict[str, str]:
    return {cell.name: cell.key for cell in sheet.cells if cell.key}


def coach_only(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Changed a role") as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH


def test_a_sheet_is_kept_with_what_its_names_resemble(
    vault: OpenVault, programme: UUID, prepared: PreparedReturn
) -> None:
    added(vault, programme, prepared)
    sheet = row(vault, programme)
    assert (sheet.title, sheet.file_name) == ("County form", "county form.xlsx")
    assert keys(sheet) == {
        "Organisation": "fact|organisation",
        "Starts": "number|starts",
        "Starts_Female": "cell|starts-by-sex|Female",
        "Starts_Male": "cell|starts-by-sex|Male",
    }
    assert sheet.unmapped == ("What_went_well", "Far_away")
    assert sheet.mapped == 4
    called = {cell.name: cell.called for cell in sheet.cells}
    assert called["Organisation"] == "Organisation"
    assert called["Far_away"] == ""


def test_only_what_is_printed_is_written_and_a_mark_stays_a_mark(
    vault: OpenVault, programme: UUID, prepared: PreparedReturn
) -> None:
    sheet_id = added(vault, programme, prepared)
    do(vault, map_cells, MapCells(sheet_id=sheet_id, keys={"Far_away": "figure|employment-rate"}))
    with reading(vault) as session:
        done = filled(session.get_one(FunderSheet, sheet_id), printed_of(prepared))
    book = load_workbook(io.BytesIO(done.content))
    sheet = book["Grant form"]
    assert [sheet[cell].value for cell in ("B2", "B4", "B5", "B6")] == ["Furness Into Work", 42, 30, "[c]"]
    assert sheet["B7"].value == "=SUM(B5:B6)"
    assert book["Notes"]["C40"].value == "45% (9 of 20)"
    assert done.name == "County form (funder’s sheet).xlsx"
    left, adds_up = done.notes
    assert "nothing was chosen for What_went_well, so" in left
    assert "totals by itself: one that meets [c]" in adds_up


def test_a_counted_return_goes_beside_its_pack(vault: OpenVault, tmp_path: Path) -> None:
    people(vault, 40)
    with reading(vault) as session:
        programme = session.scalars(select(Programme.id).where(Programme.key == "grant")).one()
    counted = prepare(vault, WISH, QUIET)
    added(vault, programme, counted)
    done = issue(vault, IssueWish(prepared=counted, folder=tmp_path / "1"), QUIET)
    printed = {one["id"]: one for one in counted.release["tables"]}
    sheet = load_workbook(tmp_path / "1" / "County form (funder’s sheet).xlsx")["Grant form"]
    women = printed["starts-by-sex"]["values"][printed["starts-by-sex"]["dims"][0]["labels"].index("Female")]
    assert sheet["B4"].value == (
        "[c]" if printed["starts"]["values"] is None else printed["starts"]["values"]
    )
    assert sheet["B5"].value == ("[c]" if women is None else women)
    assert any("nothing was chosen for What_went_well" in note for note in done.notes)
    assert done.release_id is not None
    assert "County form (funder’s sheet).xlsx" in files_of(vault, done.release_id)


def test_cells_of_a_table_that_the_return_does_not_show_are_not_offered(prepared: PreparedReturn) -> None:
    assert any(key.startswith("cell|") for key in printed_of(prepared).titles)
    assert not any(key.startswith("cell|") for key in printed_of(replace(prepared, tables=())).titles)


def test_what_a_return_does_not_hold_says_so_and_unwritten_words_leave_the_cell(
    vault: OpenVault, programme: UUID, prepared: PreparedReturn
) -> None:
    prompt = do(vault, save_prompt, SavePrompt(programme_id=programme, title="What went well"))
    sheet_id = added(vault, programme, prepared)
    assert keys(row(vault, programme))["What_went_well"] == f"words|{prompt.hex}"
    do(
        vault,
        map_cells,
        MapCells(sheet_id=sheet_id, keys={"Starts_Male": "cell|no-such-table|Male", "Starts_Female": ""}),
    )
    with reading(vault) as session:
        sheet = session.get_one(FunderSheet, sheet_id)
        without = filled(sheet, printed_of(prepared))
        words = NarrativeText(prompt_id=prompt, title="What went well", text="People came back.")
        told = filled(sheet, printed_of(replace(prepared, narratives=(words,), is_practice=True)))
    shown = load_workbook(io.BytesIO(without.content))["Grant form"]
    assert (shown["B6"].value, shown["B9"].value) == ("[x]", None)
    assert any("nothing is written yet for What_went_well" in note for note in without.notes)
    assert any("does not hold Starts_Male; they say [x]" in note for note in without.notes)
    shown = load_workbook(io.BytesIO(told.content))["Grant form"]
    assert shown["B9"].value == "People came back."
    assert shown["B2"].value == "Furness Into Work (practice data: invented people)"
    assert told.name.startswith("Practice County form")


def test_an_unsafe_return_goes_into_no_sheet(prepared: PreparedReturn) -> None:
    with pytest.raises(Refusal, match="not safe"):
        printed_of(replace(prepared, is_safe=False))


def test_every_value_of_a_return_has_a_key_and_a_title(prepared: PreparedReturn) -> None:
    printed = printed_of(prepared)
    assert set(printed.values) == set(printed.titles)
    assert printed.values["fact|period"] == "1 July 2026 to 30 September 2026"
    assert printed.values["fact|as_at"] == "30 September 2026"
    assert printed.values["fact|marks"] == MARKS
    assert printed.titles["number|starts"] != printed.titles["figure|starts"]
    two_way = [key for key in printed.values if key.startswith("cell|") and key.count("|") == 3]
    one_way = [key for key in printed.values if key.startswith("cell|") and key.count("|") == 2]
    assert one_way
    assert all(
        str(printed.values[key]) == "[c]" or isinstance(printed.values[key], int) for key in one_way + two_way
    )


def test_names_are_likened_by_their_words() -> None:
    titles = {
        "number|starts": "Starts",
        "cell|t|Women": "Starts by sex: Women",
        "fact|from": "First day of the period",
    }
    names = ["TotalStarts", "starts_women", "FIRST_DAY", "Unheard", "B2", ""]
    assert suggested(names, titles) == {
        "TotalStarts": "number|starts",
        "starts_women": "cell|t|Women",
        "FIRST_DAY": "fact|from",
    }
    assert suggested(names, {}) == {}


def test_a_new_version_keeps_what_was_decided(vault: OpenVault, programme: UUID) -> None:
    sheet_id = added(vault, programme)
    do(
        vault,
        map_cells,
        MapCells(sheet_id=sheet_id, keys={"Far_away": "fact|funder", "Organisation": "fact|programme"}),
    )
    fewer = {name: place for name, place in NAMES.items() if name != "Far_away"} | {"Period": "Notes!$B$2"}
    new = AddSheet(
        programme_id=programme,
        title=" County form 2 ",
        file=form(funder_form(fewer), "new.xlsx"),
        id=sheet_id,
    )
    assert do(vault, add_sheet, new) == sheet_id
    sheet = row(vault, programme)
    assert (sheet.title, sheet.file_name) == ("County form 2", "new.xlsx")
    assert keys(sheet)["Organisation"] == "fact|programme"
    assert keys(sheet)["Period"] == "fact|period"
    assert "Far_away" not in keys(sheet)


def test_what_cannot_be_written_cannot_be_chosen(vault: OpenVault, programme: UUID) -> None:
    sheet_id = added(vault, programme)
    with pytest.raises(Refusal, match="“Grant_total”: it is worked out by a formula"):
        do(vault, map_cells, MapCells(sheet_id=sheet_id, keys={"Grant_total": "fact|funder"}))
    with pytest.raises(Refusal, match="“Nowhere”: it is not in the sheet"):
        do(vault, map_cells, MapCells(sheet_id=sheet_id, keys={"Nowhere": "fact|funder"}))


def test_a_sheet_needs_a_title_a_manager_and_to_be_there(vault: OpenVault, programme: UUID) -> None:
    with pytest.raises(Refusal, match="needs a title"):
        added(vault, programme, title=" ")
    with pytest.raises(Refusal, match="not there any more"):
        do(vault, retire_sheet, RetireSheet(id=vault.vault_id))
    sheet_id = added(vault, programme)
    coach_only(vault)
    wishes = ((map_cells, MapCells(sheet_id=sheet_id, keys={})), (retire_sheet, RetireSheet(id=sheet_id)))
    for command, wish in wishes:
        with pytest.raises(Refusal, match="Only a manager"):
            do(vault, command, wish)
    with pytest.raises(Refusal, match="Only a manager"):
        row(vault, programme)


def test_choices_come_from_the_newest_return(
    vault: OpenVault, programme: UUID, prepared: PreparedReturn, tmp_path: Path
) -> None:
    def offered(wish: PreparedReturn | None = None) -> set[str]:
        with reading(vault) as session:
            return set(list_choices(session, ChoicesQuestion(programme_id=programme, prepared=wish)))

    bare = offered()
    assert {"fact|funder", "figure|starts"} <= bare
    assert not any(key.startswith("cell|") for key in bare)
    assert "cell|starts-by-sex|Female" in offered(prepared)
    other = replace(prepared, wish=replace(prepared.wish, programme_key="another"))
    assert offered(other) == bare
    a_release(vault, programme)
    assert "cell|starts-by-sex|Female" in offered()


def test_a_file_is_read_and_looked_at_before_it_is_kept(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(funder_form())
    assert read_sheet_file(vault, path, QUIET) == SheetFile(name="form.xlsx", content=path.read_bytes())
    path.write_bytes(b"no workbook")
    with pytest.raises(Refusal, match="damaged"):
        read_sheet_file(vault, path, QUIET)
    with pytest.raises(Refusal, match="no folder"):
        read_sheet_file(vault, tmp_path, QUIET)
    with pytest.raises(Trouble):
        read_sheet_file(vault, tmp_path / "gone.xlsx", QUIET)
    monkeypatch.setattr("coachdesk.returns.funder_sheets.LARGEST", 3)
    with pytest.raises(Refusal, match="is larger than"):
        read_sheet_file(vault, path, QUIET)


def files_of(vault: OpenVault, release: UUID) -> dict[str, bytes]:
    with reading(vault) as session:
        rows = session.scalars(select(ReleaseFile).where(ReleaseFile.release_id == release))
        return {one.name: one.content for one in rows}


def test_an_issued_return_is_written_into_a_sheet_later_and_kept_with_it(
    vault: OpenVault, programme: UUID, prepared: PreparedReturn, tmp_path: Path
) -> None:
    release = a_release(vault, programme)
    sheet_id = added(vault, programme, prepared)
    prompt = do(vault, save_prompt, SavePrompt(programme_id=programme, title="In short"))
    do(
        vault,
        save_narrative,
        SaveNarrative(prompt_id=prompt, from_on=WISH.from_on, to_on=WISH.to_on, text="It went well."),
    )
    chosen = {"What_went_well": f"words|{prompt.hex}", "Far_away": "figure|starts"}
    do(vault, map_cells, MapCells(sheet_id=sheet_id, keys=chosen))
    before = set(files_of(vault, release))
    wish = FillSheet(sheet_id=sheet_id, release_id=release, folder=tmp_path / "out")
    done = fill_sheet(vault, wish, QUIET)
    assert done.path.read_bytes() == files_of(vault, release)[done.path.name]
    assert set(files_of(vault, release)) - before == {done.path.name}
    book = load_workbook(done.path)
    assert book["Grant form"]["B9"].value == "It went well."
    assert book["Notes"]["C40"].value == next(
        one.printed_words for one in prepared.figures if one.id == "starts"
    )
    again = fill_sheet(vault, wish, QUIET)
    assert again.path == done.path
    do(vault, map_cells, MapCells(sheet_id=sheet_id, keys={"Far_away": "fact|funder"}))
    other = fill_sheet(vault, wish, QUIET)
    assert other.path.name == "County form (funder’s sheet) 2.xlsx"
    with reading(vault) as session:
        events = session.scalars(select(JournalEntry.label).where(JournalEntry.operation == "event")).all()
    assert events.count("Filled in a funder’s sheet") == 3


def test_a_figure_of_a_return_without_a_review_is_its_headline(vault: OpenVault, programme: UUID) -> None:
    release = a_release(vault, programme, reviewed=False)
    with reading(vault) as session:
        printed = printed_of_release(session, release)
    assert printed.values["figure|starts"] == "42"
    assert printed.values["figure|first-job-starts"] == "[c]"


def test_a_sheet_of_another_programme_or_a_taken_name_is_refused(
    vault: OpenVault, programme: UUID, prepared: PreparedReturn, tmp_path: Path
) -> None:
    release = a_release(vault, programme)
    sheet_id = added(vault, programme, prepared)
    with pytest.raises(Refusal, match="not one of the programme"):
        fill_sheet(vault, FillSheet(sheet_id=sheet_id, release_id=vault.vault_id, folder=tmp_path), QUIET)
    with reading(vault) as session, pytest.raises(Refusal, match="not in the register"):
        printed_of_release(session, vault.vault_id)
    (tmp_path / "County form (funder’s sheet).xlsx").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match="is there already"):
        fill_sheet(vault, FillSheet(sheet_id=sheet_id, release_id=release, folder=tmp_path), QUIET)
    assert not any("funder’s sheet" in name for name in files_of(vault, release))


def test_sheets_in_use_are_filled_beside_a_pack_under_names_of_their_own(
    vault: OpenVault, programme: UUID, prepared: PreparedReturn
) -> None:
    for title in ("County form", "County/form", "Old form"):
        added(vault, programme, prepared, title)
    empty = added(vault, programme, prepared, "Nothing chosen")
    with reading(vault) as session:
        old = next(one.id for one in list_sheets(session, programme) if one.title == "Old form")
        names = {cell.name: "" for cell in list_sheets(session, programme)[0].cells if not cell.obstacle}
    do(vault, retire_sheet, RetireSheet(id=old))
    do(vault, map_cells, MapCells(sheet_id=empty, keys=names))
    with reading(vault) as session:
        done = filled_for(session, prepared)
        assert filled_for(session, replace(prepared, question="How many use the bus?")) == ()
    assert [one.name for one in done] == [
        "County form (funder’s sheet).xlsx",
        "County form (funder’s sheet) 2.xlsx",
    ]
    do(vault, retire_sheet, RetireSheet(id=old, again=True))
    with reading(vault) as session:
        assert len(filled_for(session, prepared)) == 3
