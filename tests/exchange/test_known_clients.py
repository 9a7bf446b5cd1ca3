"""A row about somebody who is known: blanks are filled, the unsure waits, others stay others."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from coachdesk.exchange.importing import ImportResult, ImportWish, SheetAccount, run_import
from coachdesk.exchange.mapping import propose
from coachdesk.exchange.sheets import read_sheets
from coachdesk.models import Client, Consent, Eligibility, Enrolment, Equality
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import TODAY

BringIn = Callable[..., ImportResult]
Write = Callable[[str, str], Path]


def ends(account: SheetAccount) -> tuple[int, int, int, int]:
    assert account.imported + account.merged + account.held + account.refused == account.rows
    return account.imported, account.merged, account.held, account.refused


def test_a_known_client_has_only_blanks_filled(office: OpenVault, bring_in: BringIn, write: Write) -> None:
    head = "Ref,Full name,Town,Mobile,Barriers,Consent signed,Gender,Status at start,Start date,Exit date,Housing\n"
    bring_in(write("a.csv", head + "C1,Emma Hall,Kendal,,Carer,,,,1/5/2026,,\n"))
    second = bring_in(
        write(
            "b.csv",
            head
            + "c1,Emma Hall,Penrith,7700900573,Carer;Juggling,Yes,F,Unemployed,,1/4/2026,Renting privately\n",
        )
    )
    (account,) = second.accounts
    assert ends(account) == (0, 1, 0, 0)
    assert "phone" in second.preview[0].why
    third = bring_in(write("d.csv", head + "C1,Emma Hall,,,,Yes,F,,,1/6/2026,\n"))
    assert "exit" in third.preview[0].why
    with reading(office) as session:
        client = session.scalars(select(Client)).one()
        assert (client.town, client.phone) == ("Kendal", "07700900573")
        enrolment = session.scalars(select(Enrolment)).one()
        assert (enrolment.started_on, enrolment.exit_on) == (dt.date(2026, 5, 1), dt.date(2026, 6, 1))
        reasons = {one.reason: one.note for one in session.scalars(select(Eligibility))}
        assert reasons == {"carer": "", "other": "Juggling"}
        assert session.scalars(select(Consent.how_given)).one() == "not_known"
        assert session.scalars(select(Equality.sex)).one() == "female"


def test_what_was_filled_is_said_in_words_and_a_birth_date_is_one_thing(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    head = "Ref,Full name,DOB,NI No,Start date,Referred by,Status at start\n"
    bring_in(write("a.csv", head + "C1,Emma Hall,,,,,\n"))
    filled = bring_in(
        write("b.csv", head + "C1,Emma Hall,about 1985,QQ112233A,1/5/2026,GP,Unemployed\n")
    ).preview[0]
    assert filled.why == (
        "Filled in: National Insurance number, date of birth, circumstances, start date, referral source, route."
    )
    with reading(office) as session:
        client = session.scalars(select(Client)).one()
        assert (client.birth_precision, client.birth_told_on) == ("about", TODAY)


def test_of_a_second_birth_date_no_part_is_taken(office: OpenVault, bring_in: BringIn, write: Write) -> None:
    day = dt.date(1985, 5, 3)
    with unit_of_work(office) as work:
        work.session.add(
            Client(
                reference="C1",
                first_name="Emma",
                last_name="Hall",
                born_from=day,
                born_to=day,
                birth_precision="exact",
            )
        )
    bring_in(write("b.csv", "Ref,Full name,DOB\nC1,Emma Hall,about 1985\n"))
    with reading(office) as session:
        client = session.scalars(select(Client)).one()
        assert (client.born_from, client.birth_precision, client.birth_told_on) == (day, "exact", None)


def test_people_are_likely_the_same_or_plainly_not(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    head = "Ref,First name,Surname,DOB,NI No,Mobile,Postcode\n"
    bring_in(
        write(
            "a.csv",
            head + "C1,Siobhán,O'Neill,1/2/1980,,07700 900573,LA12 9HB\nC2,Bob,Smith,3/3/1990,QQ112233A,,\n",
        )
    )
    rows = (
        "X1,Siobhan,ONeill,1/2/1980,,,\n"  # the same name, the same birth
        "X2,Siobhan,O'Neil,,,+44 7700 900573,\n"  # nearly the name, the same phone
        "X3,Siobhan,ONeill,5/5/1985,,07700 900573,\n"  # another birth date: another person
        "X4,Robert,Smith,,QQ 11 22 33 B,,\n"  # the same number but for its letter
        "C2,Zofia,Nowak,5/5/1960,,,\n"  # the reference of somebody plainly else
        "X4,Robert,Smith,,,,\n"  # a reference that waits already
        ",Siobhan,O'Neill,1/2/1980,,,la129hb\n"  # no reference, but surely she
        ",New,Person,,,,\n,Other,Person,,,,\n"  # no reference: the import gives one
    )
    result = bring_in(write("b.csv", head + rows))
    outcomes = [row.outcome for row in result.preview]
    assert outcomes == ["held", "held", "imported", "held", "held", "held", "merged", "imported", "imported"]
    whys = [row.why for row in result.preview]
    assert "the same name and birth date" in whys[0]
    assert "nearly the same name and phone number" in whys[1]
    assert "whose name and birth date are others" in whys[4]
    assert "already waits" in whys[5]
    with reading(office) as session:
        assert {"IN-0001", "IN-0002"} <= set(session.scalars(select(Client.reference)))


def test_a_client_of_one_programme_is_enrolled_on_another(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    path = write("c.csv", "Ref,Surname,Date referred,Referral accepted,\nC1,Hall,1/5/2026,3/5/2026,\n")
    bring_in(path)
    sheets = read_sheets([path])
    wish = ImportWish(
        sheets=sheets, mappings=tuple(map(propose, sheets)), programme_key="workwell", today=TODAY
    )
    (account,) = run_import(office, wish, Watch.silent()).accounts
    assert ends(account) == (0, 1, 0, 0)
    (late,) = bring_in(write("d.csv", "Ref,Surname,Referral accepted\nC1,Hall,1/4/2026\n")).accounts
    assert ends(late) == (0, 1, 0, 0)
    with reading(office) as session:
        accepted = session.scalars(select(Enrolment.accepted_on)).all()
        assert accepted == [dt.date(2026, 5, 3), dt.date(2026, 5, 3)]


def test_dates_that_would_turn_an_enrolment_round_are_not_filled_in(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    bring_in(write("c.csv", "Ref,Surname,Date referred\nC1,Hall,1/5/2026\n"))
    bring_in(write("d.csv", "Ref,Surname,Referral accepted\nC1,Hall,1/4/2026\n"))
    with reading(office) as session:
        enrolment = session.scalars(select(Enrolment)).one()
        assert (enrolment.received_on, enrolment.accepted_on) == (dt.date(2026, 5, 1), None)


def test_two_of_one_name_with_other_numbers_are_two(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    head = "Ref,First name,Surname,NI No,Mobile\n"
    rows = "C1,Emma,Hall,QQ112233A,07700 900111\nC2,Emma,Hall,QQ445566A,07700 900111\n"
    (account,) = bring_in(write("c.csv", head + rows)).accounts
    assert ends(account) == (2, 0, 0, 0)
