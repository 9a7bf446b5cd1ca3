import csv
import datetime as dt
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import Client, JournalEntry, Programme, Release, ReleaseFile
from coachdesk.returns.attack import attack
from coachdesk.returns.cells import cell_rows
from coachdesk.returns.explaining import people_behind
from coachdesk.returns.folders import written_folder
from coachdesk.returns.issue import CELLS, RELEASE, REPORT, SUMMARY, WORKBOOK, issue, pack
from coachdesk.returns.prepare import prepare
from coachdesk.returns.register import list_releases, reissue
from coachdesk.returns.wishes import IssueWish, PeopleQuestion, PreparedReturn, ReissueWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.returns.issued_once import IssuedOnce, issued_of
from tests.returns.test_prepare import SURNAME, WISH, prepared_of
from tests.vault_fixtures import TODAY

NAMES = {REPORT, SUMMARY, WORKBOOK, CELLS, RELEASE}


@pytest.fixture
def prepared(vault: OpenVault) -> PreparedReturn:
    return prepared_of(vault, 90)


@pytest.fixture
def issued(vault: OpenVault) -> IssuedOnce:
    """Return the same return as it was issued; looking at its files does not issue it again."""
    return issued_of(vault, 90)


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def registered(vault: OpenVault) -> int:
    with reading(vault) as session:
        return session.scalar(select(func.count()).select_from(Release)) or 0


def workbook_texts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def test_a_pack_is_written_and_registered_in_one_go(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path
) -> None:
    done = issue(vault, IssueWish(prepared=prepared, folder=tmp_path / "return"), Watch.silent())
    assert {path.name for path in done.files} == NAMES == set(written(done.folder))
    with reading(vault) as session:
        (row,) = list_releases(session, None)
        release = session.get_one(Release, row.id)
        digests = dict(session.execute(select(ReleaseFile.name, ReleaseFile.sha256)).all())
        assert release.printed == json.loads(written(done.folder)[RELEASE])
        assert release.journal_position == prepared.journal_position
        events = session.scalars(select(JournalEntry.label).where(JournalEntry.operation == "event")).all()
    assert row.id == done.release_id
    assert (row.programme, row.issued_by) == ("Community grant", vault.person)
    assert row.period == "1 July 2026 to 30 September 2026"
    assert set(row.files) == set(digests) == NAMES
    assert "Issued a return for Community grant" in events


def test_the_written_release_is_safe_for_anybody_to_attack(issued: IssuedOnce) -> None:
    assert attack(json.loads(issued.files[RELEASE])).verdict == "safe"


def test_a_draft_says_so_everywhere_and_is_not_registered(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path
) -> None:
    done = issue(vault, IssueWish(prepared=prepared, folder=tmp_path / "draft", draft=True), Watch.silent())
    files = written(done.folder)
    assert done.release_id is None
    assert registered(vault) == 0
    assert json.loads(files[RELEASE])["note"] == "Draft, not for release"
    assert b"Draft, not for release" in files[CELLS]
    assert any("Draft, not for release" in text for text in workbook_texts(files[WORKBOOK]).values())


def test_a_draft_that_is_stopped_before_it_was_read_back_leaves_nothing(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path
) -> None:
    heard: list[str] = []

    def hear(_fraction: float, words: str) -> None:
        heard.append(words)

    watch = Watch(hear=hear, cancelled=lambda: "Writing the files" in heard)
    with pytest.raises(Cancelled):
        issue(vault, IssueWish(prepared=prepared, folder=tmp_path / "draft", draft=True), watch)
    assert heard[-1] == "Writing the files"
    assert not any((tmp_path / "draft").iterdir())


def test_issued_again_it_is_the_same_byte_for_byte(
    vault: OpenVault, issued: IssuedOnce, tmp_path: Path
) -> None:
    again = reissue(vault, ReissueWish(release_id=issued.release_id, folder=tmp_path / "two"), Watch.silent())
    assert written(again.folder) == issued.files
    assert registered(vault) == 1
    with reading(vault) as session:
        labels = session.scalars(select(JournalEntry.label).where(JournalEntry.operation == "event")).all()
    assert "Wrote an issued return again" in labels


def test_the_same_return_on_the_same_day_gives_the_same_bytes(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path
) -> None:
    one = issue(vault, IssueWish(prepared=prepared, folder=tmp_path / "1", draft=True), Watch.silent())
    fresh = prepare(vault, WISH, Watch.silent())
    two = issue(vault, IssueWish(prepared=fresh, folder=tmp_path / "2", draft=True), Watch.silent())
    assert written(one.folder) == written(two.folder)


def test_a_second_return_is_weighed_with_the_first(
    vault: OpenVault, issued: IssuedOnce, tmp_path: Path
) -> None:
    again = prepare(vault, WISH, Watch.silent())
    assert again.earlier == 1
    assert "together with 1 earlier return" in " ".join(again.safety)
    second = issue(vault, IssueWish(prepared=again, folder=tmp_path / "2"), Watch.silent())
    with reading(vault) as session:
        assert session.get_one(Release, second.release_id).supersedes_id == issued.release_id
        assert [row.id for row in list_releases(session, None)] == [second.release_id, issued.release_id]


def test_a_release_that_is_not_there_is_refused(vault: OpenVault, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not in the register"):
        reissue(vault, ReissueWish(release_id=vault.vault_id, folder=tmp_path / "x"), Watch.silent())
    assert list(tmp_path.glob("x")) == []


def test_an_unsafe_return_is_not_written(vault: OpenVault, prepared: PreparedReturn, tmp_path: Path) -> None:
    wish = IssueWish(prepared=replace(prepared, is_safe=False), folder=tmp_path / "return")
    with pytest.raises(Refusal, match="not safe to issue"):
        issue(vault, wish, Watch.silent())
    assert not (tmp_path / "return").exists()
    assert registered(vault) == 0


def raise_threshold(vault: OpenVault, to: int | None) -> None:
    with unit_of_work(vault, label="Changed a programme") as work:
        programme = work.session.scalars(select(Programme).where(Programme.key == "grant")).one()
        programme.threshold = to


@pytest.mark.parametrize("threshold", [6, None])
@pytest.mark.parametrize("draft", [False, True])
def test_a_threshold_raised_or_taken_away_since_is_refused(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path, *, threshold: int | None, draft: bool
) -> None:
    raise_threshold(vault, threshold)
    wish = IssueWish(prepared=prepared, folder=tmp_path / "return", draft=draft)
    with pytest.raises(Refusal, match=r"threshold was changed since .* Work it out again"):
        issue(vault, wish, Watch.silent())
    assert not (tmp_path / "return").exists()
    assert registered(vault) == 0


def test_a_threshold_lowered_since_leaves_the_return_as_safe_as_it_was(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path
) -> None:
    raise_threshold(vault, 3)
    done = issue(vault, IssueWish(prepared=prepared, folder=tmp_path / "return"), Watch.silent())
    with reading(vault) as session:
        assert session.get_one(Release, done.release_id).threshold == prepared.threshold == 5


def test_files_that_do_not_read_back_are_taken_back(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "return").mkdir()
    (tmp_path / "return" / "notes.txt").write_text("mine", encoding="utf-8")

    def spoiled(folder: Path, files: dict[str, bytes]) -> tuple[Path, ...]:
        paths = written_folder(folder, files)
        paths[-1].write_bytes(b"{}")
        return paths

    monkeypatch.setattr("coachdesk.returns.issue.written_folder", spoiled)
    with pytest.raises(Trouble, match="not written as it should be"):
        issue(vault, IssueWish(prepared=prepared, folder=tmp_path / "return"), Watch.silent())
    assert set(written(tmp_path / "return")) == {"notes.txt"}
    assert registered(vault) == 0


def test_a_pack_whose_files_disagree_is_taken_back(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def wrong(one: PreparedReturn, *, draft: bool) -> object:
        headings, rows = cell_rows(one, draft=draft)
        return headings, [*rows[:-1], (*rows[-1][:7], 99_999, "", "")]

    monkeypatch.setattr("coachdesk.returns.issue.cell_rows", wrong)
    with pytest.raises(Trouble, match="does not hold what was checked"):
        issue(vault, IssueWish(prepared=prepared, folder=tmp_path / "return"), Watch.silent())
    assert not (tmp_path / "return" / RELEASE).exists()
    assert registered(vault) == 0


def test_no_hidden_number_and_no_name_is_anywhere_in_the_pack(vault: OpenVault, issued: IssuedOnce) -> None:
    files = issued.files
    texts = [
        *workbook_texts(files[WORKBOOK]).values(),
        files[CELLS].decode("utf-8"),
        files[RELEASE].decode("utf-8"),
    ]
    with reading(vault) as session:
        identities = [
            word
            for client in session.scalars(select(Client))
            for word in (client.first_name, client.last_name, client.reference, str(client.id), client.id.hex)
        ]
    assert SURNAME + "1" in identities
    assert not [word for text in texts for word in identities if word in text]
    assert not [text for text in texts if vault.person in text]
    # the public form has exactly the printed cells, and the tidy file no value beside a mark
    rows = list(csv.DictReader(io.StringIO(files[CELLS].decode("utf-8-sig"))))
    assert any(row["mark"] == "[c]" for row in rows)
    assert all((row["value"] == "") == (row["mark"] == "[c]") for row in rows)


def test_the_workbook_has_no_side_doors(issued: IssuedOnce) -> None:
    texts = workbook_texts(issued.files[WORKBOOK])
    sheets = [text for name, text in texts.items() if name.startswith("xl/worksheets/sheet")]
    assert not [
        name for name in texts if re.search("comment|chart|pivot|macro|external|drawing|custom", name)
    ]
    assert "hidden" not in texts["xl/workbook.xml"]
    assert not [sheet for sheet in sheets if re.search(r"<f>|hidden=|<mergeCell", sheet)]
    assert len(sheets) == 4 + len(issued.prepared.tables)


def test_the_workbook_says_nothing_of_who_made_it_or_when_but_the_day(
    vault: OpenVault, issued: IssuedOnce
) -> None:
    properties = load_workbook(io.BytesIO(issued.files[WORKBOOK])).properties
    assert properties.title == "Community grant: return for 1 July 2026 to 30 September 2026"
    assert properties.created == properties.modified == dt.datetime.combine(vault.clock.today(), dt.time())
    said = {name: value for name, value in vars(properties).items() if value and not name.startswith("_")}
    assert set(said) <= {"title", "created", "modified"}


def test_every_table_stands_on_a_sheet_of_its_own_under_its_own_name(issued: IssuedOnce) -> None:
    opened = load_workbook(io.BytesIO(issued.files[WORKBOOK]))
    assert opened.sheetnames[:4] == ["Cover", "Contents", "Notes", "Figures"]
    numbered = [opened[f"Table {number}"] for number in range(1, len(issued.prepared.tables) + 1)]
    for sheet, meant in zip(numbered, issued.prepared.tables, strict=True):
        assert sheet["A1"].value == meant.title
        (table,) = sheet.tables.values()
        assert table.displayName == meant.id.replace("-", "_")
        assert [column.name for column in table.tableColumns] == list(meant.header)
        cells = [[cell.value for cell in row] for row in sheet[table.ref]][1:]
        assert [
            [_as_printed(cell, heading) for cell, heading in zip(row, meant.header, strict=True)]
            for row in cells
        ] == [list(row) for row in meant.rows]
        above = [str(row[0].value) for row in sheet.iter_rows(max_row=5)]
        assert f"Proof: {meant.proof}" in above


def _as_printed(cell: object, heading: str) -> str:
    if isinstance(cell, int | float):
        return f"{cell:.0%}" if heading == "Share" else f"{cell:,}"
    return str(cell)


def test_a_label_that_looks_like_a_formula_stays_text_in_both_files(
    vault: OpenVault, prepared: PreparedReturn
) -> None:
    table = prepared.tables[0]
    spoiled = replace(table, rows=(("=1+1", *table.rows[0][1:]), *table.rows[1:]))
    release = json.loads(json.dumps(dict(prepared.release)))
    divided = next(one for one in release["tables"] if one["dims"])
    divided["dims"][0]["labels"][0] = "=1+1"
    files = pack(
        replace(prepared, tables=(spoiled, *prepared.tables[1:]), release=release), TODAY, draft=False
    )
    cell = load_workbook(io.BytesIO(files[WORKBOOK]))["Table 1"]["A6"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    labels = [row["label_1"] for row in csv.DictReader(io.StringIO(files[CELLS].decode("utf-8-sig")))]
    assert "'=1+1" in labels
    assert "=1+1" not in labels


def test_people_behind_a_figure_are_found_by_name(vault: OpenVault, prepared: PreparedReturn) -> None:
    starts = next(figure for figure in prepared.figures if figure.id == "starts")
    with reading(vault) as session:
        found = people_behind(session, PeopleQuestion(client_ids=starts.client_ids))
    assert {row.id for row in found} == set(starts.client_ids)
    assert all(row.name.startswith(SURNAME) and row.reference for row in found)
