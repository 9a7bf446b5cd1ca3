"""The sample goes in whole; every row has one end; nothing is written by halves."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from coachdesk.errors import Cancelled, Refusal
from coachdesk.exchange.importing import ImportResult, ImportWish, SheetAccount, run_import
from coachdesk.exchange.mapping import SheetMapping, propose, sheet_name
from coachdesk.exchange.sheets import read_sheets
from coachdesk.models import (
    Adjustment,
    Circumstances,
    Client,
    Coach,
    Consent,
    Contact,
    Eligibility,
    Employer,
    Enrolment,
    Equality,
    Hub,
    ImportRow,
    ImportRun,
    Job,
    JobTerms,
    JournalEntry,
)
from coachdesk.resources import resource
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import TODAY

BringIn = Callable[..., ImportResult]
Write = Callable[[str, str], Path]
HEAD = "Ref,First name,Surname,DOB,NI No,Mobile,Postcode,Date referred,Start date,Exit date,Gender,Ethnicity,Barriers\n"


def sample() -> list[Path]:
    return [resource("practice", "caseload", name) for name in ("clients.csv", "contacts.csv", "jobs.csv")]


def counts(vault: OpenVault, *records: Any) -> list[int]:
    with reading(vault) as session:
        return [session.scalar(select(func.count()).select_from(record)) or 0 for record in records]


def ends(account: SheetAccount) -> tuple[int, int, int, int]:
    assert account.imported + account.merged + account.held + account.refused == account.rows
    return account.imported, account.merged, account.held, account.refused


def test_the_sample_goes_in_and_every_row_is_accounted_for(office: OpenVault, bring_in: BringIn) -> None:
    result = bring_in(*sample())
    assert [ends(account) for account in result.accounts] == [(140, 0, 3, 0), (2471, 0, 0, 0), (56, 0, 0, 0)]
    assert len(result.preview) == 143 + 2471 + 56
    held = {problem.value: problem for problem in result.accounts[0].problems}
    assert set(held) == {"CD0015x", "CD0007x", "CD0074x"}
    assert (
        held["CD0015x"].reason
        == "Likely Imran Elliott (CD0015), who has the same National Insurance number and birth date."
    )
    assert (held["CD0015x"].row, held["CD0015x"].column) == (87, "Ref")
    assert result.accounts[1].problems == result.accounts[2].problems == ()
    assert counts(office, Client, Enrolment, Contact, Job, JobTerms, Consent, Hub, Coach, Employer, Adjustment) == [
        *(140, 140, 2471, 56, 56, 115, 5, 5, 15, 37),
    ]  # fmt: skip


def test_the_sample_means_what_it_says(office: OpenVault, bring_in: BringIn) -> None:
    bring_in(*sample())
    with reading(office) as session:
        emma = session.scalars(select(Client).where(Client.reference == "CD0001")).one()
        assert (emma.born_from, emma.nino, emma.postcode) == (dt.date(1974, 4, 9), "QQ631840A", "LA12 9HB")
        assert emma.local_authority == "E06000064"
        enrolment = session.scalars(select(Enrolment).where(Enrolment.client_id == emma.id)).one()
        assert (enrolment.source, enrolment.route, enrolment.exit_reason) == (
            "council",
            "signed_off",
            "lost_contact",
        )
        assert (enrolment.started_on, enrolment.exit_on) == (dt.date(2025, 10, 25), dt.date(2026, 6, 26))
        reasons = set(
            session.scalars(select(Eligibility.reason).where(Eligibility.enrolment_id == enrolment.id))
        )
        assert reasons == {"mental_health", "survivor_of_domestic_abuse"}
        old = session.scalars(select(Client).where(Client.reference == "CD0008")).one()
        assert old.born_from == dt.date(1960, 3, 1)
        lower = session.scalars(select(Client).where(Client.reference == "CD0004")).one()
        assert lower.postcode == "CA28 1DL"
        other = session.scalars(
            select(Equality).join(Client, Client.id == Equality.client_id).where(Client.reference == "CD0018")
        ).one()
        assert (other.gender_identity, other.sex) == ("non_binary", "not_asked")
        sexes = Counter(session.scalars(select(Equality.sex)))
        assert sexes == {"female": 71, "male": 56, "prefers_not_to_say": 4, "not_known": 2, "not_asked": 7}
        assert Counter(session.scalars(select(Circumstances.economic_activity)))["unemployed"] == 47
        job = session.scalars(select(Job).where(Job.started_on == dt.date(2026, 9, 1))).one()
        terms = session.scalars(select(JobTerms).where(JobTerms.job_id == job.id)).one()
        assert (terms.usual_minutes, terms.hourly_pence) == (960, 1221)
        assert set(session.scalars(select(Contact.place))) == {
            "workplace",
            "hub",
            "public",
            "health",
            "home",
            "phone",
        }
        assert set(session.scalars(select(Adjustment.category))) == {"equipment", "hours", "premises"}
        label = session.scalars(select(JournalEntry.label).order_by(JournalEntry.position.desc())).first()
        assert label == "Imported 140 clients, 2,471 contacts and 56 jobs"


def test_the_same_file_twice_adds_nothing_whatever_its_format(office: OpenVault, bring_in: BringIn) -> None:
    everything = [
        Client,
        Enrolment,
        Contact,
        Job,
        JobTerms,
        Adjustment,
        ImportRow,
        ImportRun,
        JournalEntry,
    ]
    bring_in(*sample())
    before = counts(office, *everything)
    again = bring_in(*sample())
    assert [ends(account) for account in again.accounts] == [(0, 140, 3, 0), (0, 2471, 0, 0), (0, 56, 0, 0)]
    assert again.unit is None
    book = bring_in(resource("practice", "caseload", "caseload.xlsx"))
    assert [ends(account) for account in book.accounts] == [(0, 140, 3, 0), (0, 2471, 0, 0), (0, 56, 0, 0)]
    assert counts(office, *everything) == before


def test_a_dry_run_says_the_same_and_writes_nothing(office: OpenVault, bring_in: BringIn) -> None:
    dry = bring_in(*sample(), dry_run=True)
    assert counts(office, Client, Contact, ImportRun, Employer) == [0, 0, 0, 0]
    assert dry.unit is None
    wet = bring_in(*sample())
    assert dry.accounts == wet.accounts
    assert dry.preview == wet.preview
    assert wet.unit is not None


def test_stopping_half_way_leaves_nothing(office: OpenVault) -> None:
    sheets = read_sheets(sample())
    wish = ImportWish(
        sheets=sheets, mappings=tuple(map(propose, sheets)), programme_key="connect-to-work", today=TODAY
    )
    heard: list[str] = []
    watch = Watch(lambda _fraction, words: heard.append(words), lambda: len(heard) > 4)
    with pytest.raises(Cancelled):
        run_import(office, wish, watch)
    assert heard[0] == "Looking at what is there"
    assert any(words.startswith("Row 250 of 2,670") for words in heard)
    assert counts(office, Client, Contact, ImportRun) == [0, 0, 0]


ROWS = {
    "an impossible date": ("C1,A,B,31/02/1980,,,,,,,,,", "DOB", "31/02/1980", "not a date in the calendar"),
    "a birth in the future": ("C1,A,B,01/01/2030,,,,,,,,,", "DOB", "01/01/2030", "is in the future"),
    "end before start": ("C1,A,B,,,,,,3/5/2026,2/5/2026,,,", "Exit date", "2/5/2026", "exit date lies before the start date"),
    "start before birth": ("C1,A,B,1/1/2000,,,,,1/1/1999,,,,", "Start date", "1/1/1999", "before the birth date"),
    "no name": ("C1,,,1/1/2000,,,,,,,,,", "First name", "", "has no name"),
    "a cell of a megabyte": (f"C1,A,{'x' * 1_048_576},,,,,,,,,,", "Surname", "x" * 79 + "…", "1,048,576 characters"),
    "more cells than headings": ("C1,A,B,,,,,,,,,,,extra", "", "extra", "more cells than the sheet has headings"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_is_refused_with_row_column_value_and_a_sentence(
    name: str, office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    row, column, value, sentence = ROWS[name]
    result = bring_in(write("c.csv", f"{HEAD}C9,Good,Row,,,,,,,,,,\n{row}\n"))
    (account,) = result.accounts
    assert ends(account) == (1, 0, 0, 1)
    problem = account.problems[0]
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert sentence in problem.reason
    assert problem.reason.endswith(".")
    assert counts(office, Client) == [1]


def test_rows_about_unknown_refused_or_waiting_clients(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    clients = write(
        "c.csv",
        HEAD
        + "C1,Emma,Hall,1/2/1980,QQ112233A,,,,,,,,\nC2,Emma,Hall,1/2/1980,QQ112233A,,,,,,,,\nC3,Bad,Date,99/99/1980,,,,,,,,,\n",
    )
    contacts = write(
        "k.csv",
        "Ref,Date,Type,Notes,Next date\nC1,1/5/2026,Phone,a,2/5/2026\nC2,1/5/2026,Phone,b,\nC3,1/5/2026,Phone,c,\n"
        "C4,1/5/2026,Phone,d,\n,1/5/2026,Phone,e,\nC1,1/5/1970,Phone,f,\nC1,4/5/2026,Phone,g,3/5/2026\nC1,,Phone,h,\nC1,-,Phone,i,\nC1,32/5/26,Phone,j,\n",
    )
    jobs = write(
        "j.csv",
        "Ref,Employer,Start,End,First paid\nC1,Bakery,1/5/2026,,2/5/2026\nC2,Bakery,1/5/2026,,\nC1,,1/5/2026,,\nC1,Bakery,,,\n"
        "C1,Bakery,2/5/2026,1/5/2026,\nC1,Cafe,2/5/2026,,1/5/2026\nC1,Inn,1/5/1970,,\nC1,BAKERY,1/5/2026,9/6/2026,\nC1,bakery,1/5/2026,9/6/2026,3/5/2026\n",
    )
    people, met, worked = bring_in(clients, contacts, jobs).accounts
    assert ends(people) == (1, 0, 1, 1)
    assert ends(met) == (1, 0, 1, 8)
    assert ends(worked) == (1, 2, 1, 5)
    reasons = [problem.reason for problem in met.problems]
    assert "waits for your decision" in reasons[0]
    assert "was refused in row 4 of the clients" in reasons[1]
    assert "Nobody has the reference C4" in reasons[2]
    assert "does not say which client" in reasons[3]
    assert "before the client’s birth date" in reasons[4]
    assert "next date lies before" in reasons[5]
    assert "has no date" in reasons[6]
    assert "There is no day 32" in reasons[8]
    with reading(office) as session:
        job = session.scalars(select(Job)).one()
        assert job.ended_on == dt.date(2026, 6, 9)


def test_text_that_starts_like_a_formula_stays_text(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    bring_in(
        write("c.csv", "Ref,First name,Surname\n=1+1,+Emma,@Hall\n"),
        write("k.csv", 'Ref,Date,Notes\n=1+1,1/5/2026,"=HYPERLINK(""x"")"\n'),
    )
    with reading(office) as session:
        client = session.scalars(select(Client)).one()
        assert (client.reference, client.first_name, client.last_name) == ("=1+1", "+Emma", "@Hall")
        assert session.scalars(select(Contact.note)).one() == '=HYPERLINK("x")'


def test_wordings_of_no_list_are_kept_or_said(office: OpenVault, bring_in: BringIn, write: Write) -> None:
    head = "Ref,First name,Surname,Ethnicity,Referred by,Exit date,Exit reason,NI No,Postcode,Mobile,Start date\n"
    clients = write(
        "c.csv", head + "C1,Emma,Hall,Martian,Radio advert,1/6/2026,Lottery win,nonsense,XX,n/k,1/5/2026\n"
    )
    contacts = write(
        "k.csv",
        "Ref,Date,Mins,Where,DNA,Coach\nC1,1/5/2026,long,Seaside bench,maybe,New Coach\nC1,2/5/2026,5,Eden Hub,yes,New coach\n",
    )
    jobs = write(
        "j.csv",
        "Ref,Employer,Start,Hours,Pay,Contract,Adjustments\nC1,Bakery,1/5/2026,some,lots,Agency,Bright lamp;n/a\n",
    )
    people, met, worked = bring_in(clients, contacts, jobs).accounts
    assert [problem.column for problem in people.problems] == ["Ethnicity", "NI No", "Postcode"]
    assert [problem.column for problem in met.problems] == ["Mins", "DNA"]
    assert [problem.column for problem in worked.problems] == ["Hours", "Pay"]
    with reading(office) as session:
        client = session.scalars(select(Client)).one()
        assert (client.postcode, client.nino, client.unstated) == ("XX", "", {"phone": "not_known"})
        enrolment = session.scalars(select(Enrolment)).one()
        assert (enrolment.source, enrolment.referrer) == ("other", "Radio advert")
        assert (enrolment.exit_reason, enrolment.destination) == ("not_known", "Lottery win")
        places = {one.place_note: one.place for one in session.scalars(select(Contact))}
        assert places == {"Seaside bench": "not_known", "Eden Hub": "hub"}
        assert {one.did_not_attend for one in session.scalars(select(Contact))} == {True, False}
        assert session.scalars(select(Coach.name).where(Coach.name.like("New%"))).all() == ["New Coach"]
        adjustment = session.scalars(select(Adjustment)).one()
        assert (adjustment.need, adjustment.category) == ("Bright lamp", "other")
        assert session.scalars(select(Job.employment_type)).one() == "agency"
        assert session.scalars(select(func.count()).select_from(JobTerms)).one() == 0


def test_wishes_that_cannot_be_carried_out_are_refused(office: OpenVault, write: Write) -> None:
    (sheet,) = read_sheets([write("c.csv", HEAD + "C1,A,B,,,,,,,,,,\n")])
    unmapped = ImportWish(sheets=(sheet,), mappings=(), programme_key="connect-to-work", today=TODAY)
    with pytest.raises(Refusal, match="No column of these sheets is known"):
        run_import(office, unmapped, Watch.silent())
    elsewhere = ImportWish(sheets=(sheet,), mappings=(propose(sheet),), programme_key="moonshot", today=TODAY)
    with pytest.raises(
        Refusal, match=r"There is no programme “moonshot” in this vault\. Choose one of: community-grant"
    ):
        run_import(office, elsewhere, Watch.silent())


def test_a_sheet_that_is_left_out_is_accounted_for(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    good = write("c.csv", HEAD + "C1,A,B,,,,,,,,,,\n")
    other = write("fruit.csv", "Fruit,Colour\nApple,red\nPear,green\n")
    accounts = bring_in(other, good).accounts
    assert [ends(account) for account in accounts] == [(0, 0, 0, 2), (1, 0, 0, 0)]
    assert "No column of this sheet is given a field" in accounts[0].problems[0].reason
    (sheet,) = read_sheets([other])
    assert propose(sheet) == SheetMapping(sheet=sheet_name(sheet), columns=(("Fruit", ""), ("Colour", "")))
    assert counts(office, Client) == [1]


def test_one_import_is_one_action_that_can_be_taken_back(office: OpenVault, bring_in: BringIn) -> None:
    result = bring_in(*sample())
    assert result.unit is not None
    with unit_of_work(office) as work:
        step = last_unit(work.session, office.person)
        assert step is not None
        assert (step.unit, step.label) == (result.unit, "Imported 140 clients, 2,471 contacts and 56 jobs")
        undo(work.session, result.unit)
    with reading(office) as session:
        left = select(func.count()).select_from(Client).where(Client.archived_at.is_(None))
        assert session.scalar(left) == 0
    again = bring_in(*sample())
    assert [account.imported for account in again.accounts] == [140, 2471, 56]


def test_an_apprenticeship_says_nothing_of_the_contract(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    bring_in(
        write("c.csv", "Ref,Surname\nC1,Hall\n"),
        write("j.csv", "Ref,Employer,Start,Contract\nC1,Bakery,1/5/2026,Apprentice\n"),
    )
    with reading(office) as session:
        job = session.scalars(select(Job)).one()
        assert (job.employment_type, job.contract) == ("apprenticeship", "not_known")
