"""What we hold: everything in words, what is about others decided one by one, on paper and as data."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from sqlalchemy import select

from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.holding import (
    FALLEN,
    KEEP,
    MARKED,
    REDACT,
    DecideRedaction,
    Passage,
    Suggestion,
    decide_redaction,
    held_texts,
    passages_taken_out,
    suggest_redactions,
    what_we_hold,
)
from coachdesk.casework.rights_requests import ReceiveRequest, receive_request
from coachdesk.casework.seeing import OpenClient, open_client
from coachdesk.casework.taking_out import TAKEN_OUT, without
from coachdesk.errors import Cancelled, Refusal
from coachdesk.models import Contact, JournalEntry
from coachdesk.papers.held_pack import MakeHeldPack, as_data, document, make_held_pack, read_held_pack
from coachdesk.papers.trustees import (
    SaveCertificate,
    certificate,
    erasure_certificate,
    processing,
    processing_record,
    save_certificate,
    save_processing_record,
)
from coachdesk.press.pdf import pdf
from coachdesk.terms import Kind
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_contact, an_enrolment, an_equality, days_ago, furnished, programme_id
from tests.vault_fixtures import TODAY


class Asked:
    """A client who asked to see everything, with notes that speak of others."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = furnished(vault)
        self.client = a_client(phone="07700 900123", emergency_contact="Sister, Ada")
        self.other = a_client(first_name="Tobias", last_name="Hargreaves", known_as="Toby")
        self.note = a_contact(
            self.client,
            note="Came with Toby Hargreaves. Ring her on 07700900123, or him on 07700 900 456, toby@example.org.",
        )
        self.others = a_contact(
            self.client, note="Her landlord is in debt.", note_kind="others", with_whom="Mr Ash"
        )
        with unit_of_work(vault, label="Registered") as work:
            work.session.add_all([self.client, self.other, self.note, self.others])
            work.session.add(an_equality(self.client, sex="female"))
            work.session.add(an_enrolment(self.client, programme_id(work.session)))
        self.request = self.receive("access")

    def receive(self, kind: str) -> UUID:
        wish = ReceiveRequest(client_id=self.client.id, kind=kind, received_on=TODAY)
        with unit_of_work(self.vault) as work:
            return receive_request(work.session, wish)

    def suggestions(self) -> tuple[Suggestion, ...]:
        with reading(self.vault) as session:
            return suggest_redactions(session, self.request)

    def decide(self, passage: Passage, decision: str, reason: str = "Names somebody") -> None:
        wish = DecideRedaction(request_id=self.request, passage=passage, decision=decision, reason=reason)
        with unit_of_work(self.vault) as work:
            decide_redaction(work.session, wish)

    def decide_all(self) -> None:
        for one in self.suggestions():
            self.decide(one.passage, KEEP if one.words == "Sister, Ada" else REDACT, "About somebody else")


@pytest.fixture
def asked(vault: OpenVault) -> Asked:
    return Asked(vault)


def test_what_may_be_about_others_is_suggested_with_its_reason(asked: Asked) -> None:
    found = {one.words: one.why for one in asked.suggestions()}
    assert found == {
        "Sister, Ada": "This names somebody else.",
        "Toby Hargreaves": "This is the name of another client.",
        "07700 900 456": "This is a way to reach somebody else.",
        "toby@example.org": "This is a way to reach somebody else.",
        "Her landlord is in debt.": "This note was marked as about somebody else.",
        "Mr Ash": "This names somebody else.",
    }
    toby = next(one for one in asked.suggestions() if one.words == "Toby Hargreaves")
    assert toby.where == "Contact: Note"
    assert (toby.before, toby.on) == ("Came with ", asked.note.happened_on)
    assert toby.after.startswith(". Ring her on")


def test_the_pack_waits_until_every_passage_is_decided(asked: Asked) -> None:
    with reading(asked.vault) as session, pytest.raises(Refusal, match="6 passages wait for your decision"):
        read_held_pack(session, asked.request, TODAY)
    asked.decide_all()
    for one in asked.suggestions()[:1]:
        asked.decide(one.passage, REDACT, "On second thoughts")
        assert asked.suggestions()[0].reason == "On second thoughts"
    with reading(asked.vault) as session:
        pack = read_held_pack(session, asked.request, TODAY)
    told = as_data(pack).decode()
    assert pack.taken_out == 6
    assert "Hargreaves" not in told
    assert "landlord" not in told
    assert f"Came with {TAKEN_OUT}. Ring her on 07700900123, or him on {TAKEN_OUT}, {TAKEN_OUT}." in told


def test_both_files_are_made_and_the_handing_out_is_written_down(asked: Asked, tmp_path: Path) -> None:
    asked.decide_all()
    with unit_of_work(asked.vault) as work:
        open_client(work.session, OpenClient(client_id=asked.client.id))
    made = make_held_pack(
        asked.vault, MakeHeldPack(request_id=asked.request, folder=tmp_path / "out"), Watch.silent()
    )
    told = json.loads(made.data.read_text(encoding="utf-8"))
    fields = {field["label"]: field["value"] for field in told["sections"][0]["records"][0]["fields"]}
    assert fields["First name"] == "Maya"
    assert [one["who"] for one in told["openings"]] == ["Ruth Ellison"]
    assert "Registered" in {one["what"] for one in told["changes"]}
    with pikepdf.open(made.pdf) as paper:
        assert paper.Root.MarkInfo.Marked
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "what-we-hold-about-you.json", "what-we-hold-about-you.pdf",
    ]  # fmt: skip
    with reading(asked.vault) as session:
        events = session.scalars(
            select(JournalEntry.field_group).where(
                JournalEntry.scope == asked.client.id.hex, JournalEntry.operation == "event"
            )
        ).all()
    assert "exported" in events


def test_whom_the_reason_of_an_opening_or_a_change_names_is_left_out(asked: Asked, tmp_path: Path) -> None:
    said = "Toby Hargreaves rang from 07700 900999 about her, 07700 900123"
    with unit_of_work(asked.vault) as work:
        open_client(work.session, OpenClient(client_id=asked.client.id, reason=said))
    with unit_of_work(asked.vault, label="Changed a note", reason=said) as work:
        work.session.get_one(Contact, asked.note.id).minutes = 20
    asked.decide_all()
    made = make_held_pack(
        asked.vault, MakeHeldPack(request_id=asked.request, folder=tmp_path), Watch.silent()
    )
    told = json.loads(made.data.read_text(encoding="utf-8"))
    left = f"{TAKEN_OUT} rang from {TAKEN_OUT} about her, 07700 900123"
    reasons = [one["why"] for one in (*told["openings"], *told["changes"])]
    assert left in {one["why"] for one in told["openings"]}
    assert {one["why"] for one in told["changes"] if one["what"] == "Changed a note"} == {left}
    assert not any("Hargreaves" in reason or "900999" in reason for reason in reasons)
    with reading(asked.vault) as session:
        by_hand = sum(len(spans) for spans in passages_taken_out(session, asked.request).values())
    assert told["passages_taken_out"] == by_hand + 2 * reasons.count(left)


def test_a_stopped_pack_leaves_nothing(asked: Asked, tmp_path: Path) -> None:
    asked.decide_all()
    with pytest.raises(Cancelled):
        make_held_pack(
            asked.vault,
            MakeHeldPack(request_id=asked.request, folder=tmp_path / "out"),
            Watch(cancelled=lambda: True),
        )
    assert not (tmp_path / "out").exists()


def test_a_client_with_little_recorded_gets_an_honest_pack(vault: OpenVault) -> None:
    furnished(vault)
    client = a_client()
    with unit_of_work(vault, label="") as work:
        work.session.add(client)
    with unit_of_work(vault) as work:
        wish = ReceiveRequest(client_id=client.id, kind="access", received_on=TODAY)
        request = receive_request(work.session, wish)
    with reading(vault) as session:
        pack = read_held_pack(session, request, TODAY)
    texts = [block.text for block in document(pack).blocks if hasattr(block, "text")]
    assert "Nothing is recorded here." in texts
    assert "Nobody has opened it since openings are written down." in texts
    assert pdf(document(pack)).startswith(b"%PDF")


def test_only_an_access_request_makes_a_pack(asked: Asked) -> None:
    other = asked.receive("objection")
    with reading(asked.vault) as session:
        with pytest.raises(Refusal, match="something else"):
            read_held_pack(session, other, TODAY)
        with pytest.raises(Refusal, match="not there any more"):
            read_held_pack(session, UUID(int=1), TODAY)
        with pytest.raises(Refusal, match="not there any more"):
            suggest_redactions(session, UUID(int=1))


def test_a_decision_is_about_a_passage_of_this_client_and_says_what(asked: Asked) -> None:
    foreign = Passage(
        kind=Kind.CLIENT, row_id=asked.other.id, field_name="first_name", from_character=0, to_character=3
    )
    gone = Passage(kind=Kind.CONTACT, row_id=UUID(int=4), field_name="note", from_character=0, to_character=3)
    for passage in (foreign, gone):
        with pytest.raises(Refusal, match="not there any more"):
            asked.decide(passage, REDACT)
    with pytest.raises(Refusal, match="leave it in or to take it out"):
        asked.decide(asked.suggestions()[0].passage, "burn")


def test_words_nobody_suggested_are_marked_by_hand_and_come_with_the_suggestions(asked: Asked) -> None:
    with reading(asked.vault) as session:
        note = next(one for one in held_texts(session, asked.request) if one.row_id == asked.note.id)
    assert (note.where, note.on) == ("Contact: Note", asked.note.happened_on)
    start = note.text.index("her on")
    mine = Passage(
        kind=note.kind, row_id=note.row_id, field_name="note", from_character=start, to_character=start + 3
    )
    asked.decide(mine, REDACT, "A friend")
    found = next(one for one in asked.suggestions() if one.passage == mine)
    assert (found.words, found.why, found.decision) == ("her", MARKED, REDACT)
    asked.decide_all()
    with reading(asked.vault) as session:
        assert f"Ring {TAKEN_OUT} on" in as_data(read_held_pack(session, asked.request, TODAY)).decode()


def test_a_decision_falls_when_the_record_is_changed_and_can_be_made_again(asked: Asked) -> None:
    asked.decide_all()
    words = "Ring Toby Hargreaves."
    with unit_of_work(asked.vault, label="Changed") as work:
        work.session.get_one(Contact, asked.note.id).note = words
        open_client(work.session, OpenClient(client_id=asked.client.id))
    waiting = {one.words: one for one in asked.suggestions() if not one.decision}
    assert set(waiting) == {"Toby Hargreaves", words[10:]}  # where his name stood before
    with reading(asked.vault) as session:
        taken_out = passages_taken_out(session, asked.request)
        assert (asked.note.id, "note") not in taken_out
        assert (asked.others.id, "note") in taken_out
        with pytest.raises(Refusal, match="2 passages wait"):
            read_held_pack(session, asked.request, TODAY)
    assert {one.why for one in waiting.values()} == {"This is the name of another client.", FALLEN}
    for one in waiting.values():
        asked.decide(one.passage, REDACT)
    assert [one for one in asked.suggestions() if not one.decision] == []
    with reading(asked.vault) as session:
        told = as_data(read_held_pack(session, asked.request, TODAY)).decode()
    assert "Hargreaves" not in told
    assert f"Ring {TAKEN_OUT}" in told


def test_the_same_words_can_be_decided_again_after_a_change(asked: Asked) -> None:
    asked.decide_all()
    asked.decide(next(one.passage for one in asked.suggestions() if one.words == "Mr Ash"), KEEP)
    with unit_of_work(asked.vault, label="Changed") as work:
        work.session.get_one(Contact, asked.others.id).minutes = 30
    waiting = {one.words: one for one in asked.suggestions() if not one.decision}
    assert set(waiting) == {"Mr Ash", "Her landlord is in debt."}
    for one in waiting.values():
        asked.decide(one.passage, REDACT)
        asked.decide(one.passage, REDACT, "On second thoughts")
    assert {one.decision for one in asked.suggestions()} == {KEEP, REDACT}


def test_words_are_taken_out_with_a_reason_and_only_where_there_are_words(asked: Asked) -> None:
    first = asked.suggestions()[0].passage
    with pytest.raises(Refusal, match="why it is taken out"):
        asked.decide(first, REDACT, " ")
    asked.decide(first, KEEP, "")
    for wrong in (
        replace(first, to_character=10_000),
        replace(first, from_character=3, to_character=3),
        replace(first, field_name="coach_id"),
        replace(first, field_name="find_text"),
    ):
        with pytest.raises(Refusal, match="not there any more"):
            asked.decide(wrong, REDACT)


def test_stretches_that_meet_are_taken_out_as_one() -> None:
    assert without("abcdefgh", [(5, 6), (1, 3), (2, 4)]) == f"a{TAKEN_OUT}e{TAKEN_OUT}gh"
    assert without("abc", []) == "abc"


def test_names_too_short_to_mean_anything_and_ones_own_are_left_alone(asked: Asked) -> None:
    with unit_of_work(asked.vault, label="x") as work:
        work.session.add_all([a_client(first_name="Al", last_name="Ng"), a_client(reference="same name")])
        work.session.get_one(Contact, asked.note.id).note = "Al Ng and Maya Okonkwo came."
    assert {one.words for one in asked.suggestions()} == {"Sister, Ada", "Her landlord is in debt.", "Mr Ash"}
    with reading(asked.vault) as session:
        assert what_we_hold(session, asked.client.id)[0].records[0].title == "Details"


def test_the_trustees_papers_are_pdfs_that_name_nobody(asked: Asked) -> None:
    with reading(asked.vault) as session:
        assert "Nobody was erased" in repr(certificate(session, (TODAY, TODAY)))
    with unit_of_work(asked.vault) as work:
        erase_client(work.session, EraseClient(client_id=asked.client.id, reason="Asked for it"))
    with reading(asked.vault) as session:
        proof = repr(certificate(session, (TODAY, TODAY)))
        assert erasure_certificate(session, (TODAY, TODAY)).startswith(b"%PDF")
        assert processing_record(session, TODAY).startswith(b"%PDF")
        record = repr(processing(session, TODAY))
    assert "Asked for it" in proof
    assert "Contact: 2" in proof
    assert "Okonkwo" not in proof
    assert "Returns to funders" in record
    assert "Not decided yet" in record


def test_the_trustees_papers_are_written_whole_or_not_at_all(vault: OpenVault, tmp_path: Path) -> None:
    furnished(vault)
    wish = SaveCertificate(target=tmp_path / "certificate.pdf", from_on=TODAY, to_on=TODAY)
    assert save_certificate(vault, wish, Watch.silent()).read_bytes().startswith(b"%PDF")
    record = save_processing_record(vault, tmp_path / "record.pdf", Watch.silent())
    assert record.read_bytes().startswith(b"%PDF")
    stopped = tmp_path / "stopped.pdf"
    with pytest.raises(Cancelled):
        save_processing_record(vault, stopped, Watch(cancelled=lambda: True))
    assert not stopped.exists()
    with pytest.raises(Refusal) as caught:
        save_certificate(vault, replace(wish, from_on=days_ago(-1)), Watch.silent())
    assert set(caught.value.fields) == {"to_on"}
