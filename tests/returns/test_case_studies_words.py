import datetime as dt
from typing import Any

import pytest

from coachdesk.models import Client, Coach, Employer, Enrolment, Hub, Job, PersonAround
from coachdesk.returns.case_studies_words import FoundWord, found_words
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client
from tests.returns.printed_returns import a_grant
from tests.vault_fixtures import TODAY


@pytest.fixture
def maya(vault: OpenVault) -> Client:
    programme = a_grant(vault)
    with unit_of_work(vault, label="Added a client") as work:
        session = work.session
        client = a_client(
            known_as="Will",
            previous_names="Ade",
            postcode="LA14 1AA",
            address="5 Dalton Road\nWalney",
            phone="07700 900123",
            email="maya@example.org",
            nino="QQ123456C",
            reference="R0007",
            coach_id=vault.coach_id,
        )
        hub = Hub(name="Kendal Hub")
        employer = Employer(name="Westmorland Wool")
        session.add_all([client, hub, employer])
        session.flush()
        client.hub_id = hub.id
        ended = dt.date(2026, 8, 31)
        session.add_all(
            [
                Job(
                    client_id=client.id,
                    employer_id=employer.id,
                    title="Packer",
                    started_on=dt.date(2026, 7, 6),
                    ended_on=ended,
                ),
                Job(
                    client_id=client.id,
                    employer_id=employer.id,
                    title="Weaver",
                    started_on=dt.date(2026, 9, 7),
                ),
                Enrolment(client_id=client.id, programme_id=programme, started_on=dt.date(2025, 2, 3)),
                PersonAround(client_id=client.id, name="Tunde Okonkwo"),
            ]
        )
        session.flush()
        return client


def found(vault: OpenVault, client: Client, text: str) -> tuple[FoundWord, ...]:
    with reading(vault) as session:
        return found_words(session, session.get_one(Client, client.id), text, TODAY)


def told(vault: OpenVault, client: Client, text: str) -> dict[str, str]:
    return {one.words: one.why for one in found(vault, client, text)}


def test_names_places_numbers_and_people_around_are_found(vault: OpenVault, maya: Client) -> None:
    with reading(vault) as session:
        coach = session.get_one(Coach, vault.coach_id).name
    text = (
        f"Maya Okonkwo (Will, once Ade) of 5 Dalton Road, Walney, Barrow-in-Furness, LA14 1AA or LA141AA, near LA14. "
        f"07700 900123, maya@example.org, QQ123456C, R0007. Tunde helped, and {coach} of Kendal Hub."
    )
    assert told(vault, maya, text) == {
        "Maya": "a name of the client",
        "Okonkwo": "a name of the client",
        "Will": "a name of the client",
        "Ade": "a name of the client",
        "5 Dalton Road": "their address",
        "Walney": "their address",
        "Barrow-in-Furness": "where they live",
        "LA14 1AA": "their postcode",
        "LA141AA": "their postcode",
        "LA14": "their postcode",
        "07700 900123": "their phone",
        "maya@example.org": "their email",
        "QQ123456C": "their National Insurance number",
        "R0007": "their reference",
        "Tunde": "somebody around them",
        coach: "their coach",
        "Kendal Hub": "their hub",
    }


def test_words_within_words_and_small_letters_are_nobody(vault: OpenVault, maya: Client) -> None:
    assert found(vault, maya, "They will be Mayan, and willing; a packer’s life.") == ()


def test_employers_jobs_and_their_days_are_found_however_they_are_written(
    vault: OpenVault, maya: Client
) -> None:
    text = (
        "A Packer at westmorland wool from 6 July 2026, 31st of August, September 7, 2026 and 03/02/2025; born "
        "1990-04-09. Not on 6 July 2025, 7/9/2027 or 6 August."
    )
    assert told(vault, maya, text) == {
        "Packer": "their job",
        "westmorland wool": "their employer",
        "6 July 2026": "the day a job began",
        "31st of August": "the day a job ended",
        "September 7, 2026": "the day a job began",
        "03/02/2025": "a day of their support",
        "1990-04-09": "the day they were born",
    }


def test_ages_are_found_on_any_day_that_counts(vault: OpenVault, maya: Client) -> None:
    assert told(vault, maya, "A 36-year-old, then 34; not 35, £36, 36% or 1,036 or 3.36.") == {
        "36": "their age",
        "34": "their age",
    }


def test_of_two_in_one_place_the_longer_is_told(vault: OpenVault, maya: Client) -> None:
    (one,) = found(vault, maya, "In LA14 1AA.")
    assert (one.start, one.end, one.words) == (3, 11, "LA14 1AA")


def test_a_client_of_whom_little_is_known_has_little_to_find(vault: OpenVault) -> None:
    values: dict[str, Any] = {"born_from": None, "born_to": None, "birth_precision": "", "town": ""}
    with unit_of_work(vault, label="Added a client") as work:
        client = a_client(first_name="B", last_name="", **values)
        about = a_client(born_from=dt.date(1990, 1, 1), born_to=dt.date(1990, 12, 31), birth_precision="year")
        work.session.add_all([client, about])
        work.session.flush()
        work.session.expunge_all()
    assert found(vault, client, "B is 36, from Barrow, since 1 January 1990.") == ()
    assert told(vault, about, "36 or 35, since 1 January 1990") == {"36": "their age", "35": "their age"}
