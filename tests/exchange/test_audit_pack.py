"""The auditor's pack: current clients by permission or reason, methods, a sample anybody can draw again; all sealed."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.holding import (
    DecideRedaction,
    Passage,
    decide_redaction,
    held_texts,
    passages_about_others,
)
from coachdesk.casework.rights_requests import ReceiveRequest, receive_request
from coachdesk.casework.sharing_list import list_sharings
from coachdesk.casework.taking_out import TAKEN_OUT
from coachdesk.errors import Cancelled, Refusal
from coachdesk.exchange.audit_pack import (
    CHANGED,
    PURPOSE,
    AuditQuestion,
    AuditWriters,
    MakeAuditPack,
    make_audit_pack,
    preview_audit,
)
from coachdesk.exchange.audit_sample import MOST_FILES, SampleWish, sampled
from coachdesk.exchange.sealed_file import unsealed
from coachdesk.exchange.transfers_written import list_named_exports
from coachdesk.models import Client, JournalEntry, NamedExport, Sharing
from coachdesk.papers.audit_file import whole_file
from coachdesk.returns.method_sheet import METHOD_COLUMNS, method_rows
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.exchange.five_clients import SEAL, WORDS, called, five_clients
from tests.makers import a_contact, a_job, an_employer, ask, do, keep, programme_id
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.usefixtures("_stretching_is_quick")

EVERYTHING = (
    "How it is going; Goals and plan; Job and job search; What they need at work; Health; How to reach them"
)
WRITERS = AuditWriters(whole_file=whole_file, method_columns=METHOD_COLUMNS, method_rows=method_rows)
ASKED = AuditQuestion(
    programme_key="connect-to-work", auditor="BASE", sample=SampleWish(number=1, seed="herons")
)
REASON = "The contract obliges us, Article 6(1)(c), clause 14."


MAY = dt.date(2026, 5, 1)
ENROLLED: dict[str, dict[str, Any]] = {
    "Ann": {"started_on": MAY},
    "Bob": {"started_on": MAY},
    "Cat": {"started_on": None},
    "Dan": {"started_on": MAY},
    "Eve": {"started_on": MAY, "exit_on": dt.date(2026, 9, 1)},
}
ALL = {"data_covered": EVERYTHING}
GIVEN = {"Ann": ALL, "Bob": ALL, "Cat": {"data_covered": ""}, "Eve": ALL}


@pytest.fixture
def ready(vault: OpenVault) -> OpenVault:
    """Ann and Bob gave permission for everything, Cat for the list only, Dan for nothing; Eve has left."""
    five_clients(vault, ENROLLED, PURPOSE, GIVEN)
    employer = an_employer()
    keep(vault, employer)
    keep(vault, a_job(called(vault, "Ann"), employer, started_on=dt.date(2026, 6, 1)))
    return vault


def wish(path: Path, question: AuditQuestion = ASKED, **changes: object) -> MakeAuditPack:
    told = {
        "question": question,
        "path": path,
        "seal": SEAL,
        "writers": WRITERS,
    }
    return MakeAuditPack(**{**told, **changes})  # type: ignore[arg-type]  # the tests name fields


def opened(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(unsealed(path.read_bytes(), WORDS))) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def passed_on(vault: OpenVault, name: str) -> list[tuple[str, str]]:
    rows = ask(vault, list_sharings, ClientQuestion(client_id=called(vault, name).id, today=TODAY))
    return [(row.what.partition(",")[0], row.override_reason) for row in rows]


def test_preview_tells_who_is_listed_and_whose_file_may_be_drawn(ready: OpenVault) -> None:
    seen = ask(ready, preview_audit, ASKED)
    assert [(one.name.split()[0], one.whole) for one in seen.listed] == [
        ("Ann", True),
        ("Bob", True),
        ("Cat", False),
    ]
    assert dict(seen.left_out) == {"No permission was given": 1}
    assert len(seen.files) == 1
    assert "1 of the 2 clients" in seen.sample.method


def test_pack_is_sealed_whole_and_written_down(ready: OpenVault, tmp_path: Path) -> None:
    left = make_audit_pack(ready, wish(tmp_path / "audit.zip"), Watch.silent())
    assert left.path.name == "audit.zip.age"
    assert [path.name for path in tmp_path.glob("audit*")] == ["audit.zip.age"]
    files = opened(left.path)
    assert list(files) == [
        "read-me-first.txt",
        "current-clients.csv",
        "how-figures-are-counted.csv",
        "files/01/what-we-hold-about-you.pdf",
        "files/01/what-we-hold-about-you.json",
    ]
    rows = list(csv.DictReader(io.StringIO(files["current-clients.csv"].decode("utf-8-sig"))))
    assert [(row["Reference"], row["Status"], row["Started"]) for row in rows] == [
        ("R0000", "In work", "2026-05-01"),
        ("R0001", "In support", "2026-05-01"),
        ("R0002", "Referred", ""),
    ]
    assert b"Invented" not in files["current-clients.csv"]
    methods = list(
        csv.DictReader(io.StringIO(files["how-figures-are-counted.csv"].decode("utf-8-sig"), newline=""))
    )
    assert "Starts" in [row["Figure"] for row in methods]
    assert all(row["Formula"] and row["Definition"] for row in methods)
    drawn = json.loads(files["files/01/what-we-hold-about-you.json"])["reference"]
    assert files["files/01/what-we-hold-about-you.pdf"].startswith(b"%PDF")
    told = files["read-me-first.txt"].decode()
    assert f"files/01: {drawn}" in told
    assert "No permission was given: 1" in told
    assert "age --decrypt" in told
    (row,) = ask(ready, list_named_exports)
    assert (row.sort, row.recipient, row.client_count) == ("For an auditor", "BASE", 3)
    assert drawn in row.purpose
    assert "herons" in row.purpose
    whole = "Ann" if drawn == "R0000" else "Bob"
    assert passed_on(ready, whole) == [("The whole file", "")]
    assert passed_on(ready, "Cat") == [("A line of the current list: reference", "")]
    assert passed_on(ready, "Dan") == []
    with reading(ready) as session:
        client = session.scalars(select(Client).where(Client.reference == drawn)).one()
        events = session.scalars(
            select(JournalEntry.field_group).where(JournalEntry.row_id == client.id)
        ).all()
    assert "exported" in events


def test_same_contents_give_the_same_pack_before_it_is_sealed(ready: OpenVault, tmp_path: Path) -> None:
    none = replace(ASKED, sample=SampleWish())
    first = make_audit_pack(ready, wish(tmp_path / "1.zip", none), Watch.silent())
    second = make_audit_pack(ready, wish(tmp_path / "2.zip", none), Watch.silent())
    assert unsealed(first.path.read_bytes(), WORDS) == unsealed(second.path.read_bytes(), WORDS)
    assert first.sha256 != second.sha256, "a seal is never the same twice"


def test_legal_reason_takes_in_everybody_and_is_recorded(ready: OpenVault, tmp_path: Path) -> None:
    question = replace(ASKED, legal_reason=REASON, sample=SampleWish(references=("R0003", " R0002 ")))
    left = make_audit_pack(ready, wish(tmp_path / "audit.zip", question), Watch.silent())
    assert left.client_count == 4
    assert passed_on(ready, "Dan") == [("The whole file", REASON)]
    assert passed_on(ready, "Cat") == [("The whole file", REASON)]
    assert passed_on(ready, "Ann") == [("A line of the current list: reference", "")]
    (row,) = ask(ready, list_named_exports)
    assert REASON in row.purpose
    assert "2 chosen by hand" in row.purpose
    assert REASON in opened(left.path)["read-me-first.txt"].decode()


def test_what_is_missing_is_refused(ready: OpenVault) -> None:
    for changes, field in (
        ({"auditor": " "}, "auditor"),
        ({"legal_reason": "must"}, "legal_reason"),
        ({"sample": SampleWish(number=1)}, "seed"),
        ({"sample": SampleWish(number=MOST_FILES + 1, seed="x")}, "number"),
        ({"sample": SampleWish(references=("R0002",))}, "references"),
    ):
        with pytest.raises(Refusal) as refused:
            ask(ready, preview_audit, replace(ASKED, **changes))
        assert field in refused.value.fields


def test_nobody_and_others_than_shown_write_nothing(ready: OpenVault, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Nobody may be seen"):
        make_audit_pack(
            ready, wish(tmp_path / "a.zip", replace(ASKED, programme_key="workwell")), Watch.silent()
        )
    with pytest.raises(Refusal) as refused:
        make_audit_pack(ready, wish(tmp_path / "a.zip", previewed=frozenset()), Watch.silent())
    assert refused.value.message == CHANGED
    with pytest.raises(Cancelled):
        make_audit_pack(ready, wish(tmp_path / "a.zip"), Watch(cancelled=iter((False, False, True)).__next__))
    assert list(tmp_path.glob("a.zip*")) == []
    with reading(ready) as session:
        assert session.scalars(select(NamedExport)).all() == []
        assert session.scalars(select(Sharing)).all() == []


def test_sample_is_drawn_the_same_by_anybody() -> None:
    eligible = {f"R{number:04}" for number in range(40)}
    found = sampled(SampleWish(number=5, seed=" herons "), eligible)
    by_hand = sorted(eligible, key=lambda one: hashlib.sha256(f"herons|{one}".encode()).hexdigest())[:5]
    assert list(found.references) == by_hand
    assert sampled(SampleWish(number=5, seed="gulls"), eligible).references != found.references
    assert sampled(SampleWish(number=50, seed="x"), {"R1"}).references == ("R1",)
    assert sampled(SampleWish(), eligible).references == ()


def test_sample_by_hand_is_of_those_who_may_be_seen() -> None:
    assert sampled(SampleWish(references=("R2", "R1", "R2", "")), {"R1", "R2"}).references == ("R2", "R1")
    with pytest.raises(Refusal, match="R9"):
        sampled(SampleWish(references=("R1", "R9")), {"R1"})
    many = tuple(f"R{number}" for number in range(MOST_FILES + 1))
    with pytest.raises(Refusal, match="at most"):
        sampled(SampleWish(references=many), set(many))


def test_whole_file_of_somebody_who_is_not_there_is_refused(ready: OpenVault) -> None:
    with reading(ready) as session, pytest.raises(Refusal, match="not there"):
        whole_file(session, programme_id(session), TODAY, {})


def test_what_speaks_of_somebody_else_is_left_out_of_whole_files_with_a_mark(
    ready: OpenVault, tmp_path: Path
) -> None:
    """Marked as about others, another client's name, their telephone, and words somebody had taken out before."""
    with reading(ready) as session:
        ann = session.scalars(select(Client).where(Client.first_name == "Ann")).one()
    keep(
        ready,
        a_contact(ann, note="Her brother drinks again", note_kind="others"),
        a_contact(ann, note="Came with Bob Invented, ring 01524 555 019 first. Plain words stay."),
    )
    asked = ReceiveRequest(client_id=ann.id, kind="access", received_on=TODAY)
    request, _ = do(ready, receive_request, asked)
    with reading(ready) as session:
        text = next(one for one in held_texts(session, request) if "Plain words" in one.text)
    at = text.text.index("Plain")
    passage = Passage(
        kind=text.kind, row_id=text.row_id, field_name=text.field_name, from_character=at, to_character=at + 5
    )
    decision = DecideRedaction(
        request_id=request, passage=passage, decision="redact", reason="About a friend"
    )
    do(ready, decide_redaction, decision)
    question = replace(ASKED, sample=SampleWish(references=("R0000", "R0001")))
    left = make_audit_pack(ready, wish(tmp_path / "audit.zip", question), Watch.silent())
    assert left.passages_left_out == 4
    files = opened(left.path)
    told = files["read-me-first.txt"].decode()
    assert "R0000, 4 passages left out" in told
    assert "R0001, 0 passages left out" in told
    assert TAKEN_OUT in told
    data = files["files/01/what-we-hold-about-you.json"].decode()
    assert json.loads(data)["passages_taken_out"] == 4
    assert not [words for words in ("brother", "Bob", "555 019", "Plain") if words in data]
    assert f"Came with {TAKEN_OUT}, ring {TAKEN_OUT} first. {TAKEN_OUT} words stay." in data
    (row,) = ask(ready, list_named_exports)
    assert "left out of them: 4" in row.purpose


def test_reasons_that_name_somebody_else_are_cut_too(ready: OpenVault) -> None:
    with reading(ready) as session:
        ann = session.scalars(select(Client).where(Client.first_name == "Ann")).one()
    with unit_of_work(ready, label="Corrected a date", reason="Cat Invented said so") as work:
        work.session.get_one(Client, ann.id).known_as = "Annie"
    with reading(ready) as session:
        files = whole_file(session, ann.id, TODAY, passages_about_others(session, ann.id))
    told = json.loads(files["what-we-hold-about-you.json"])
    assert f"{TAKEN_OUT} said so" in [one["why"] for one in told["changes"]]
    assert "Cat Invented" not in json.dumps(told, ensure_ascii=False)
