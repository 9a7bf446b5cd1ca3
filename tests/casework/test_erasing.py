"""An erasure takes identity, words and history; the counts stay, the chain holds, and it cannot be taken back."""

from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.erasing import (
    EraseClient,
    erase_client,
    is_erased,
    list_erasures,
    preview_erasure,
)
from coachdesk.casework.history import (
    HistoryQuestion,
    StoodQuestion,
    read_as_it_stood,
    read_history,
    read_way_back,
)
from coachdesk.errors import Refusal
from coachdesk.models import (
    Base,
    Client,
    Coach,
    Contact,
    Draft,
    Employer,
    Enrolment,
    Equality,
    Goal,
    ImportRow,
    ImportRun,
    Job,
    JournalEntry,
    Plan,
)
from coachdesk.terms import Role
from coachdesk.vault.drafts import keep_draft
from coachdesk.vault.journal import verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, record_event, unit_of_work
from tests.makers import (
    a_client,
    a_consent,
    a_contact,
    a_job,
    a_reading,
    an_employer,
    an_enrolment,
    an_equality,
    circumstances,
    furnished,
    programme_id,
)
from tests.vault_fixtures import TODAY

MARK = "Zanzibar-Quetzal"
WHY = "Asked by the person, request of May"


class Life:
    """A client with one of most kinds of records, each text holding the mark."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = furnished(vault)
        self.client = a_client(
            first_name=MARK, last_name=MARK, phone=MARK[:9], address=MARK, risk_note=MARK, nino="QQ123456C",
            local_authority="barrow",
        )  # fmt: skip
        employer = an_employer(name=f"{MARK} Bakery")
        job = a_job(self.client, employer, title=MARK, note=MARK)
        run = ImportRun(happened_at=vault.clock.now(), files=["caseload.csv"])
        self.row = ImportRow(
            run_id=run.id, fingerprint=bytes(32), sheet="Clients", row=2, outcome="held", reference=MARK,
            held_values={"first_name": MARK}, held_why=MARK,
        )  # fmt: skip
        with unit_of_work(vault, label="Imported") as work:
            work.session.add_all([run, self.row, employer])
        with unit_of_work(vault, label=f"Registered {MARK}", reason=MARK) as work:
            plan = Plan(client_id=self.client.id)
            work.session.add_all(
                [
                    self.client, job, plan,
                    Goal(client_id=self.client.id, plan_id=plan.id, own_words=MARK),
                    an_enrolment(self.client, programme_id(work.session), referrer=MARK),
                    an_equality(self.client, sex="female", religion="christian"),
                    circumstances(self.client, work_restrictions=MARK),
                    a_consent(self.client, recipient=MARK),
                    a_contact(self.client, note=MARK, with_whom=MARK, minutes=30),
                    a_reading(self.client),
                ]
            )  # fmt: skip
            work.session.get_one(ImportRow, self.row.id).client_id = self.client.id
            keep_draft(work.session, "contact", "contact", {"note": MARK}, self.client.id)
        with unit_of_work(vault, label=f"Opened the record of {MARK}") as work:
            record_event(work.session, "opened", self.client.id.hex)

    def erase(self) -> UUID:
        with unit_of_work(self.vault) as work:
            return erase_client(work.session, EraseClient(client_id=self.client.id, reason=WHY))


@pytest.fixture
def life(vault: OpenVault) -> Life:
    return Life(vault)


def told_anywhere(vault: OpenVault, *, but: tuple[type[Base], ...] = ()) -> list[str]:
    """Return the places in all tables, the journal and the search index included, that still hold the mark."""
    found = []
    with reading(vault) as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in {record.__tablename__ for record in but}:
                rows = session.execute(select(table)).all()
                found += [f"{table.name}: {row}" for row in rows if MARK[:9] in str(row)]
    return found


def test_nothing_of_the_person_is_left_in_any_table(life: Life) -> None:
    assert told_anywhere(life.vault)
    life.erase()
    left = told_anywhere(life.vault, but=(Employer,))
    assert [one for one in left if "Bakery" not in one] == []  # the employer is no client of ours and stays
    with reading(life.vault) as session:
        client = session.get_one(Client, life.client.id)
        assert (client.called(), client.nino, client.birth_precision) == ("(erased)", "", "year")
        assert client.born_from is not None
        assert (client.born_from.month, client.born_from.day) == (1, 1)
        assert session.scalars(select(Draft)).all() == []
        assert session.get_one(Employer, session.scalars(select(Job)).one().employer_id).name == "(not kept)"


def test_what_a_return_counts_by_stays(life: Life) -> None:
    life.erase()
    with reading(life.vault) as session:
        enrolment = session.scalars(select(Enrolment)).one()
        assert (enrolment.client_id, enrolment.route) == (life.client.id, "out_of_work")
        assert enrolment.started_on is not None
        equality = session.scalars(select(Equality)).one()
        assert (equality.sex, equality.religion) == ("female", "not_asked")
        contact = session.scalars(select(Contact)).one()
        assert (contact.minutes, contact.note) == (30, "")
        assert session.scalars(select(Client.local_authority)).one() == "barrow"


def test_the_chain_holds_and_an_entry_emptied_by_hand_is_noticed(life: Life) -> None:
    other = a_client()
    with unit_of_work(life.vault, label="Registered") as work:
        work.session.add(other)
    life.erase()
    with reading(life.vault) as session:
        assert verify_chain(session) is None
        first = session.scalars(
            select(JournalEntry.position).where(JournalEntry.scope == other.id.hex)
        ).first()
    raw = life.vault._write_connection()
    raw.execute(
        "UPDATE journal_entry SET before=NULL, after=NULL, label='', reason='', salt=zeroblob(16) WHERE position=?",
        (first,),
    )
    raw.close()
    with reading(life.vault) as session:
        broken = verify_chain(session)
        assert broken is not None
        assert broken.position == first


def test_history_says_that_it_was_erased_and_nothing_brings_it_back(life: Life) -> None:
    life.erase()
    with reading(life.vault) as session:
        rows = read_history(session, HistoryQuestion(client_id=life.client.id))
        assert {row.label for row in rows} == {"What was written here has been erased.", ""}
        assert not any(row.can_be_taken_back for row in rows)
        unit = session.scalars(select(JournalEntry.unit).where(JournalEntry.entity == "erasure")).first()
        assert unit is not None
        assert "stays as it is" in read_way_back(session, unit).plan.blocked
        assert "erased since" in read_way_back(session, rows[-1].unit).plan.blocked


def test_what_is_written_of_the_stub_later_has_no_past(life: Life) -> None:
    life.erase()
    with unit_of_work(life.vault, label="Left") as work:
        work.session.scalars(select(Enrolment)).one().exit_on = TODAY
    with reading(life.vault) as session:
        assert read_as_it_stood(session, StoodQuestion(client_id=life.client.id, on=TODAY)) == ()
        assert verify_chain(session) is None


def test_the_proof_names_nobody(life: Life) -> None:
    with reading(life.vault) as session:
        preview = preview_erasure(session, life.client.id)
    assert (preview.emptied["contact"], preview.taken_out["goal"]) == (1, 1)
    proof = life.erase()
    with reading(life.vault) as session:
        (row,) = list_erasures(session, None)
        assert (row.id, row.erased_by, row.reason) == (proof, "Ruth Ellison", WHY)
        assert row.counts["contact"] == 1
        assert is_erased(session, life.client.id)


def test_it_takes_a_manager_and_a_reason_and_is_done_once(life: Life) -> None:
    with unit_of_work(life.vault) as work, pytest.raises(Refusal, match="needs a reason"):
        erase_client(work.session, EraseClient(client_id=life.client.id, reason=" "))
    with unit_of_work(life.vault) as work, pytest.raises(Refusal, match="not there any more"):
        erase_client(work.session, EraseClient(client_id=UUID(int=9), reason=WHY))
    life.erase()
    with pytest.raises(Refusal, match="erased already"):
        life.erase()
    with unit_of_work(life.vault, by_program=True) as work:
        work.session.get_one(Coach, life.vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="Only a manager"):
        life.erase()
