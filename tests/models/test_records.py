"""The rules of the records hold in the database itself, whoever writes, and say so in plain words."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from coachdesk.errors import Refusal
from coachdesk.models import (
    BankHoliday,
    Base,
    Client,
    Code,
    Contact,
    ImportRow,
    ProfileFigure,
    Rate,
    Record,
    Release,
    canonical,
    new_id,
)
from coachdesk.models.base import CONFIGURATION, TEAM, Instant, Key, Words
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    ENTERED,
    LONG_AGO,
    a_check_in,
    a_client,
    a_coach,
    a_consent,
    a_contact,
    a_hub,
    a_job,
    a_pause,
    a_plan,
    a_programme,
    an_action,
    an_eligibility,
    an_employer,
    an_enrolment,
    an_equality,
    an_organisation,
    found,
    job_terms,
    keep,
)
from tests.vault_fixtures import HUB, TODAY

CLIENT, EMPLOYER, PROGRAMME = a_client(), an_employer(), a_programme()
EARLIER = LONG_AGO - dt.timedelta(days=1)


def released(**values: Any) -> Release:
    defaults = {
        "programme_id": PROGRAMME.id, "from_on": LONG_AGO, "to_on": TODAY, "as_at": TODAY, "issued_at": ENTERED,
        "threshold": 5, "journal_position": 1,
    }  # fmt: skip
    return Release(**{**defaults, **values})


def broken() -> list[tuple[str, Record]]:
    born = {"born_from": LONG_AGO, "born_to": LONG_AGO}
    job = a_job(CLIENT, EMPLOYER)
    enrolment = an_enrolment(CLIENT, PROGRAMME.id)
    figure = {
        "programme_id": PROGRAMME.id,
        "measure": "starts",
        "from_on": LONG_AGO,
        "to_on": TODAY,
        "figure": 1,
    }
    return [
        ("no name", a_client(first_name="", last_name="")),
        ("half a birth date", a_client(born_to=None)),
        ("birth upside down", a_client(born_from=LONG_AGO, born_to=EARLIER)),
        ("death before birth", a_client(**born, died_on=EARLIER)),
        ("unknown precision", a_client(birth_precision="roughly")),
        ("consent taken back before given", a_consent(CLIENT, withdrawn_on=EARLIER)),
        ("consent ends before given", a_consent(CLIENT, expires_on=EARLIER)),
        ("exit before start", an_enrolment(CLIENT, PROGRAMME.id, exit_on=EARLIER)),
        ("accepted before received", an_enrolment(CLIENT, PROGRAMME.id, accepted_on=EARLIER)),
        ("pause ends before it begins", a_pause(enrolment, to_on=EARLIER)),
        ("plan of version 0", a_plan(CLIENT, version=0)),
        ("action without words", an_action(CLIENT, what="")),
        ("a contact longer than a day", a_contact(CLIENT, minutes=1441)),
        ("employer without a name", an_employer(name="")),
        ("job ends before it starts", a_job(CLIENT, EMPLOYER, ended_on=EARLIER)),
        ("paid before it starts", a_job(CLIENT, EMPLOYER, four_hours_on=EARLIER)),
        ("negative guaranteed hours", job_terms(job, guaranteed_minutes=-1)),
        ("more hours than a week has", job_terms(job, usual_minutes=10_081)),
        ("negative pay", job_terms(job, hourly_pence=-1)),
        ("risk off the scale", a_check_in(job, risk_of_leaving=11)),
        ("organisation without a name", an_organisation(name="")),
        ("hub without a name", a_hub(name="")),
        ("coach without a name", a_coach(name="")),
        ("unknown role", a_coach(role="king")),
        ("coach who left before coming", a_coach(started_on=LONG_AGO, ended_on=EARLIER)),
        ("programme without a key", a_programme(key="")),
        ("programme ends before it starts", a_programme(starts_on=LONG_AGO, ends_on=EARLIER)),
        ("threshold too low", a_programme(threshold=2)),
        ("threshold too high", a_programme(threshold=21)),
        ("planned period upside down", ProfileFigure(**{**figure, "to_on": EARLIER})),
        ("negative planned figure", ProfileFigure(**{**figure, "figure": -1})),
        ("answer without words", Code(list_name="stage", key="new", title="")),
        ("answer retired before it began", Code(list_name="a", key="b", title="c", valid_from=TODAY, valid_to=EARLIER)),
        ("rate of nothing", Rate(name="own", valid_from=TODAY, pence=0)),
        ("rate that ends before it begins", Rate(name="own", valid_from=TODAY, valid_to=EARLIER, pence=1)),
        ("return upside down", released(to_on=EARLIER)),
        ("return below the threshold", released(threshold=2)),
        ("unknown outcome of a row", ImportRow(run_id=new_id(), fingerprint=b"1" * 32, row=1, outcome="lost")),
    ]  # fmt: skip


@pytest.mark.parametrize("what", [name for name, _ in broken()])
def test_what_cannot_be_is_refused_by_the_database_in_plain_words(vault: OpenVault, what: str) -> None:
    record = dict(broken())[what]
    with pytest.raises(Refusal) as refused:
        keep(vault, record)
    assert "do not fit together" in refused.value.message
    assert "Okonkwo" not in str(refused.value)


def taken() -> list[tuple[str, list[Record], set[str]]]:
    enrolment = an_enrolment(CLIENT, PROGRAMME.id)
    day = dt.date(2026, 12, 25)
    return [
        ("reference", [a_client(reference="C-1"), a_client(reference="C-1")], {"reference"}),
        ("hub", [a_hub(name=HUB)], {"name"}),
        ("programme", [a_programme(key="one"), a_programme(key="one")], {"key"}),
        ("equality", [an_equality(CLIENT), an_equality(CLIENT)], {"client_id"}),
        ("eligibility", [an_eligibility(enrolment), an_eligibility(enrolment)], {"enrolment_id", "reason"}),
        ("holiday", [BankHoliday(falls_on=day, title="A"), BankHoliday(falls_on=day, title="B")], {"falls_on"}),
    ]  # fmt: skip


@pytest.mark.parametrize("what", [name for name, _, _ in taken()])
def test_what_is_taken_is_refused_beside_its_field(vault: OpenVault, what: str) -> None:
    records, fields = next((records, fields) for name, records, fields in taken() if name == what)
    with pytest.raises(Refusal) as refused:
        keep(vault, *records)
    assert set(refused.value.fields) == fields


def test_a_record_that_points_at_nobody_is_refused(vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="Something else is linked"):
        keep(vault, a_contact(a_client()))


def test_a_text_that_is_too_long_is_refused_and_nul_characters_go(vault: OpenVault) -> None:
    with pytest.raises(Refusal, match=r"201 characters is too long: at most 200"):
        keep(vault, a_client(last_name="x" * 201))
    client = a_client(last_name="Oko\0nkwo")
    keep(vault, client)
    assert found(vault, Client, client.id).last_name == "Okonkwo"


@given(
    some.datetimes(
        min_value=dt.datetime(1900, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
        max_value=dt.datetime(2200, 1, 1),  # noqa: DTZ001 - as above
        timezones=some.timezones(),
    )
)
def test_an_instant_is_given_back_as_the_same_instant(instant: dt.datetime) -> None:
    kind, dialect = Instant(), sqlite.dialect()
    stored = kind.process_bind_param(instant, dialect)
    assert stored is not None
    assert stored.tzinfo is None
    assert kind.process_result_value(stored, dialect) == instant.astimezone(dt.UTC)


def test_nothing_stays_nothing() -> None:
    dialect = sqlite.dialect()
    for kind in (Instant(), Key(), Words(9)):
        assert kind.process_bind_param(None, dialect) is None
    for kind in (Instant(), Key()):
        assert kind.process_result_value(None, dialect) is None
    processed = Key().result_processor(dialect, None)
    assert processed(None) is None


def test_a_key_is_16_bytes_here_and_native_in_the_other_database() -> None:
    one, here, there = new_id(), sqlite.dialect(), postgresql.dialect()
    assert Key().process_bind_param(one, here) == one.bytes
    assert Key().process_result_value(one.bytes, here) == one
    assert Key().process_bind_param(one, there) == one
    assert Key().process_result_value(one, there) == one
    assert Key().load_dialect_impl(there).compile(there) == "UUID"
    assert Key().load_dialect_impl(here).compile(here) == "BLOB"
    native = Key().result_processor(there, None)
    assert native is None or native(one) == one


def test_keys_are_read_as_they_were_written_and_sort_by_the_time_they_were_made(vault: OpenVault) -> None:
    clients = [a_client() for _ in range(3)]
    keep(vault, *clients)
    ids = [client.id for client in clients]
    assert ids == sorted(ids)
    with vault.read_sessions() as session:
        assert list(session.scalars(select(Client.id).order_by(Client.id))) == ids
    assert all(one.version == 7 for one in ids)


def test_a_record_belongs_to_its_client_the_team_or_the_configuration() -> None:
    client = a_client()
    row = ImportRow(run_id=new_id(), fingerprint=b"", row=1, outcome="held")
    assert client.scope() == a_contact(client).scope() == client.id.hex
    assert (an_employer().scope(), a_hub().scope(), row.scope()) == (TEAM, CONFIGURATION, TEAM)
    row.client_id = client.id
    assert row.scope() == client.id.hex


def test_a_record_shows_no_values_of_its_own() -> None:
    client = a_client()
    assert repr(client) == f"<Client {client.id}>"


def test_fields_are_grouped_as_a_person_would_judge_them() -> None:
    groups = Client.groups()
    assert groups["birth"] == ("born_from", "born_to", "birth_precision", "birth_told_on")
    assert groups["name"] == ("first_name", "last_name", "known_as", "previous_names", "pronouns")
    assert "id" not in {name for names in groups.values() for name in names}
    assert set(Contact.groups()) == {"contact", "archive"}


@pytest.mark.parametrize("mapper", sorted(Base.registry.mappers, key=str), ids=str)
def test_every_record_has_one_kind_and_no_link_erases_anything(mapper: Any) -> None:
    for key in mapper.local_table.foreign_keys:
        assert (key.ondelete, key.deferrable, key.initially) == (None, True, "DEFERRED")
    if issubclass(mapper.class_, Record):
        kinds = [one.class_.KIND for one in Base.registry.mappers if issubclass(one.class_, Record)]
        assert kinds.count(mapper.class_.KIND) == 1


@pytest.mark.parametrize(
    ("first", "last", "known_as", "initials", "called"),
    [
        ("Maya", "Okonkwo", "", "MO", "Maya Okonkwo"),
        ("Maya", "Okonkwo", "bee", "BO", "bee Okonkwo"),
        ("", "okonkwo", "", "O", "okonkwo"),
        ("", "", "", "?", ""),
    ],
)
def test_somebody_is_called_as_they_wish(
    first: str, last: str, known_as: str, initials: str, called: str
) -> None:
    client = a_client(first_name=first, last_name=last, known_as=known_as)
    assert (client.initials(), client.called()) == (initials, called)


def test_values_have_one_text() -> None:
    assert canonical({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}'
    assert isinstance(new_id(), UUID)
