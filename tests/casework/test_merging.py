"""Joining two records of one person: chosen line by line, everything filed under one, nobody lost, counted once."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import inspect, select

from coachdesk.casework.clients import PUT_AWAY, CaseloadFilter, ClientQuestion, list_clients
from coachdesk.casework.consents import list_consents
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.joined import joined_with, joining_of, of_a_client, pointer
from coachdesk.casework.merging import (
    MergeClients,
    MergePreview,
    PreviewMerge,
    merge_clients,
    preview_merge,
)
from coachdesk.casework.putting_away import ArchiveClient, archive_client
from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.casework.side_by_side import Side
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Contact, Enrolment, Equality, ImportRow, ImportRun
from coachdesk.terms import Role, Unstated
from coachdesk.vault.agreement import disagreements
from coachdesk.vault.journal import verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_coach,
    a_consent,
    a_contact,
    a_plan,
    an_enrolment,
    an_equality,
    ask,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

BORN = dt.date(1990, 4, 9)


@dataclass(frozen=True)
class Two:
    """Two records of one person in a vault."""

    vault: OpenVault
    keep: UUID
    other: UUID

    def merge(self, **choices: str) -> None:
        named = {name.replace("__", "."): side for name, side in choices.items()}
        wish = MergeClients(keep_id=self.keep, other_id=self.other, reason="Registered twice", choices=named)
        do(self.vault, merge_clients, wish)

    def preview(self) -> MergePreview:
        return ask(self.vault, preview_merge, PreviewMerge(keep_id=self.keep, other_id=self.other))

    def stays(self) -> Client:
        return found(self.vault, Client, self.keep)

    def refused(self, sentence: str) -> None:
        with pytest.raises(Refusal, match=sentence):
            self.merge()


@pytest.fixture
def two(desk_vault: OpenVault) -> Two:
    one = a_client(
        reference="C-0001", first_name="Deborah", last_name="Hartley", coach_id=desk_vault.coach_id, phone="07700 900111",
        risk_note="Dog at the door", may_call="yes", unstated={"nino": "not_known"}, address="1 High Street",
        postcode="LA14 1AA", communication_needs="Large print, please", town="",
    )  # fmt: skip
    other = a_client(
        reference="C-0002", first_name="Debs", last_name="Ash", known_as="Dee", nino="QQ123456A", phone="07700 900222",
        risk_note="Meet in the hub", may_call="no", coach_id=desk_vault.coach_id, previous_names="Birch, Debs Hartley",
        communication_needs="large print", address="9 Low Lane", postcode="LA14 9ZZ",
    )  # fmt: skip
    keep(desk_vault, one, other)
    return Two(desk_vault, one.id, other.id)


def line(preview: MergePreview, key: str) -> tuple[str, str, str, Side]:
    (shown,) = (one for one in preview.lines if one.key == key)
    return shown.label, shown.keep_words, shown.other_words, shown.taken


def test_side_by_side_in_words_with_what_is_usually_taken(two: Two) -> None:
    with unit_of_work(two.vault) as work:
        programme = programme_id(work.session)
        ours, theirs = (work.session.get_one(Client, one) for one in (two.keep, two.other))
        work.session.add_all(
            [an_enrolment(ours, programme), an_enrolment(theirs, programme), a_contact(theirs)]
        )
        work.session.add_all([an_equality(ours, sex="female"), an_equality(theirs, carer="yes")])
    preview = two.preview()
    assert (preview.keep_name, preview.other_name) == ("Deborah Hartley (C-0001)", "Dee Ash (C-0002)")
    assert preview.reasons == (
        "one first name is a form of the other", "the last name of one is a previous name of the other", "same birth date",
    )  # fmt: skip
    assert line(preview, "first_name") == ("First name", "Deborah", "Debs", Side.KEEP)
    assert line(preview, "known_as") == ("Known as", "", "Dee", Side.OTHER)
    assert line(preview, "birth") == ("Birth date", "9/4/1990", "9/4/1990", Side.KEEP)
    assert line(preview, "nino") == ("National Insurance number", "", "QQ123456A", Side.OTHER)
    assert line(preview, "address")[1:3] == (
        "1 High Street, LA14 1AA", "9 Low Lane, Barrow-in-Furness, LA14 9ZZ",
    )  # fmt: skip
    assert line(preview, "may_call")[3] is Side.OTHER, "a no to a way of reaching somebody goes first"
    assert line(preview, "risk_note")[3] is Side.BOTH
    assert line(preview, "communication_needs")[3] is Side.KEEP, "the longer text says the same and more"
    assert line(preview, "equality.sex")[3] is Side.KEEP
    assert line(preview, "equality.carer")[3] is Side.OTHER
    sides = {one.key: one.sides for one in preview.lines}
    assert sides["risk_note"] == (Side.KEEP, Side.OTHER, Side.BOTH)
    assert sides["first_name"] == (Side.KEEP, Side.OTHER)
    assert {one.key for one in preview.lines if one.differs} >= {"first_name", "address"}
    assert "birth" not in {one.key for one in preview.lines if one.differs}
    assert preview.counts == (("Contact", 0, 1), ("Enrolment", 1, 1), ("Equality answers", 1, 1))
    told = " ".join(preview.consequences)
    assert "Permissions stay as each was given" in told
    assert "Both are enrolled on" in told
    assert "Both gave equality answers" in told


def test_what_only_one_of_them_said_is_taken_and_what_was_chosen_goes_first(two: Two) -> None:
    two.merge(last_name="other", phone="other", address="other", may_call="keep")
    stays = two.stays()
    assert (stays.first_name, stays.last_name, stays.known_as) == ("Deborah", "Ash", "Dee")
    assert (stays.phone, stays.nino, stays.may_call) == ("07700 900222", "QQ123456A", "yes")
    assert (stays.address, stays.town, stays.postcode) == ("9 Low Lane", "Barrow-in-Furness", "LA14 9ZZ")
    assert stays.risk_note == "Dog at the door\nMeet in the hub"
    assert stays.communication_needs == "Large print, please"
    assert stays.unstated == {}, "why an answer is empty goes with the empty answer"
    assert stays.previous_names == "Deborah Hartley, Debs Ash, Birch, Debs Hartley"
    assert stays.reference == "C-0001"


@pytest.mark.parametrize("choices", [{}, {"email": "other"}])
def test_why_an_answer_is_empty_comes_with_it(two: Two, choices: dict[str, str]) -> None:
    refused = {"email": str(Unstated.PREFERS_NOT_TO_SAY)}
    with unit_of_work(two.vault) as work:
        work.session.get_one(Client, two.other).unstated = {**refused, "phone": "not_known"}
    two.merge(**choices)
    assert two.stays().unstated == refused


def test_who_was_put_away_points_at_who_stays_and_is_found_by_every_name(two: Two) -> None:
    two.merge()
    away = found(two.vault, Client, two.other)
    assert away.archived_at is not None
    assert away.reference == "C-0002, joined with C-0001"
    for typed in ("ash", "birch", "dee", "hartley"):
        rows = ask(two.vault, find_anybody, FindAnybody(text=typed))
        assert [row.id for row in rows] == [two.keep], typed
    with reading(two.vault) as session:
        joining = joining_of(session, two.other)
        assert joining is not None
        assert joining.keep_id == two.keep
        assert joined_with(session, two.keep) == (joining,)
        assert joining_of(session, two.keep) is None
        assert joined_with(session, two.other) == ()


def test_a_long_reference_still_points(two: Two) -> None:
    long, short = a_client(reference="R" * 50), a_client(reference="S" * 60)
    told = pointer(long, short)
    assert len(told) <= 60
    assert told.startswith(f"joined with {'S' * 30} (")


def test_a_reference_somebody_typed_is_no_pointer(two: Two) -> None:
    typed = a_client(reference="X-1, joined with C-0001", archived_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    keep(two.vault, typed)
    with reading(two.vault) as session:
        assert joining_of(session, typed.id) is None
        assert joining_of(session, UUID(int=7)) is None


def test_every_record_is_filed_under_who_stays_and_she_counts_once(two: Two) -> None:
    run = ImportRun(happened_at=dt.datetime(2026, 10, 5, tzinfo=dt.UTC))
    with unit_of_work(two.vault) as work:
        ours, theirs = (work.session.get_one(Client, one) for one in (two.keep, two.other))
        programme = programme_id(work.session)
        row = ImportRow(
            run_id=run.id,
            fingerprint=bytes(32),
            sheet="Clients",
            row=2,
            outcome="imported",
            client_id=theirs.id,
        )
        given, taken_back = a_consent(ours), a_consent(theirs, withdrawn_on=TODAY)
        work.session.add_all([run, row, an_enrolment(theirs, programme), a_plan(theirs), a_contact(theirs)])
        work.session.add_all([a_contact(ours), an_enrolment(ours, programme), given, taken_back])
    two.merge()
    with reading(two.vault) as session:
        for record in of_a_client():
            column = inspect(record).columns["client_id"]
            assert session.scalars(select(record).where(column == two.other)).all() == []
        assert len(session.scalars(select(Contact).where(Contact.client_id == two.keep)).all()) == 2
        people = session.scalars(
            select(Enrolment.client_id)
            .join(Client, Client.id == Enrolment.client_id)
            .where(Client.archived_at.is_(None))
        )
        assert list(people) == [two.keep, two.keep]
        assert disagreements(session) == {}
        assert verify_chain(session) is None
    rows = ask(two.vault, list_clients, CaseloadFilter(today=TODAY, working="all"))
    assert [row.id for row in rows] == [two.keep]
    rows = ask(two.vault, list_clients, CaseloadFilter(today=TODAY, working=PUT_AWAY))
    assert [row.id for row in rows] == [two.other]
    consents = ask(two.vault, list_consents, ClientQuestion(client_id=two.keep, today=TODAY))
    assert {one.id: one.withdrawn_on for one in consents} == {given.id: None, taken_back.id: TODAY}


def test_of_two_equality_answers_one_counts_and_the_other_stays_where_it_was(two: Two) -> None:
    ours = an_equality(two.stays(), sex="female")
    theirs = Equality(client_id=two.other, sex="male", carer="yes", religion="prefers_not_to_say")
    keep(two.vault, ours, theirs)
    two.merge(equality__sex="other")
    counts = found(two.vault, Equality, ours.id)
    assert (counts.sex, counts.carer, counts.client_id) == ("male", "yes", two.keep)
    assert found(two.vault, Equality, theirs.id).client_id == two.other


def test_equality_answers_of_only_one_of_them_are_kept_whole(two: Two) -> None:
    theirs = Equality(client_id=two.other, sex="male")
    keep(two.vault, theirs)
    (shown,) = (one for one in two.preview().lines if one.key == "equality.sex")
    assert (shown.taken, shown.sides, shown.keep_words) == (Side.OTHER, (Side.OTHER,), "")
    two.merge()
    assert found(two.vault, Equality, theirs.id).client_id == two.keep


def test_equality_answers_of_who_stays_are_not_touched(two: Two) -> None:
    keep(two.vault, Equality(client_id=two.keep, sex="male"))
    (shown,) = (one for one in two.preview().lines if one.key == "equality.sex")
    assert (shown.taken, shown.sides) == (Side.KEEP, (Side.KEEP,))


@pytest.mark.parametrize(
    ("mine", "theirs", "taken"),
    [
        ((BORN, BORN), (None, None), Side.KEEP),
        ((dt.date(1990, 1, 1), dt.date(1990, 12, 31)), (BORN, BORN), Side.OTHER),
        ((BORN, BORN), (dt.date(1990, 1, 1), dt.date(1990, 12, 31)), Side.KEEP),
        ((None, None), (BORN, BORN), Side.OTHER),
    ],
)
def test_the_birth_date_told_more_exactly_is_taken(
    two: Two,
    mine: tuple[dt.date | None, dt.date | None],
    theirs: tuple[dt.date | None, dt.date | None],
    taken: Side,
) -> None:
    with unit_of_work(two.vault) as work:
        for client_id, (born_from, born_to) in ((two.keep, mine), (two.other, theirs)):
            client = work.session.get_one(Client, client_id)
            client.born_from, client.born_to = born_from, born_to
            client.birth_precision = "" if born_from is None else "exact" if born_from == born_to else "year"
    assert line(two.preview(), "birth")[3] is taken


def test_the_longer_of_two_texts_that_say_the_same_is_taken(two: Two) -> None:
    with unit_of_work(two.vault) as work:
        work.session.get_one(Client, two.other).communication_needs = "Large print, please, and time"
    assert line(two.preview(), "communication_needs")[3] is Side.OTHER


def test_names_that_do_not_fit_are_left_with_the_record_put_away(two: Two) -> None:
    with unit_of_work(two.vault) as work:
        work.session.get_one(Client, two.keep).previous_names = "A" * 190
    two.merge()
    assert two.stays().previous_names == "A" * 190 + ", Debs Ash"


def test_joining_is_undone_like_anything_else(two: Two) -> None:
    wish = MergeClients(keep_id=two.keep, other_id=two.other, reason="Registered twice")
    with unit_of_work(two.vault) as work:
        merge_clients(work.session, wish)
    assert work.changes.label == "Joined DA with DH"
    assert work.changes.unit is not None
    with unit_of_work(two.vault) as back:
        undo(back.session, work.changes.unit)
    away = found(two.vault, Client, two.other)
    assert (away.archived_at, away.reference) == (None, "C-0002")
    with reading(two.vault) as session:
        assert joining_of(session, two.other) is None


@pytest.mark.parametrize("choices", [{"shoe_size": "keep"}, {"phone": "neither"}, {"phone": "both"}])
def test_a_choice_there_is_not_is_refused(two: Two, choices: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="cannot be chosen"):
        two.merge(**choices)


def test_what_cannot_be_joined_is_refused(two: Two) -> None:
    with pytest.raises(Refusal, match="Say why"):
        do(two.vault, merge_clients, MergeClients(keep_id=two.keep, other_id=two.other, reason=" x "))
    Two(two.vault, two.keep, two.keep).refused("one record already")
    Two(two.vault, two.keep, UUID(int=7)).refused("not there any more")
    do(two.vault, archive_client, ArchiveClient(client_id=two.other))
    two.refused("has been put away")
    do(two.vault, erase_client, EraseClient(client_id=two.other, reason="Asked for it"))
    two.refused("has been erased")


def act_as(vault: OpenVault, role: Role) -> None:
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role


@pytest.mark.parametrize(
    ("role", "sentence"), [(Role.AUDITOR, "here as an auditor"), (Role.TRUSTEE, "here as a trustee")]
)
def test_who_changes_no_clients_joins_nobody(two: Two, role: Role, sentence: str) -> None:
    act_as(two.vault, role)
    two.refused(sentence)


def test_a_coach_joins_two_of_her_own_and_nobody_else(two: Two) -> None:
    colleague = a_coach()
    theirs = a_client(coach_id=colleague.id)
    keep(two.vault, colleague, theirs)
    act_as(two.vault, Role.COACH)
    Two(two.vault, two.keep, theirs.id).refused("Both people must be your own clients")
    with pytest.raises(Refusal, match="with a colleague"):
        Two(two.vault, two.keep, theirs.id).preview()
    two.merge()
    assert found(two.vault, Client, two.other).archived_at is not None
