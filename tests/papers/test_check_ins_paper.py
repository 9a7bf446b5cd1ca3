"""The charts of check-ins on paper: numbers over time and answers in words, on scales that end where they end."""

from pathlib import Path

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.errors import Refusal
from coachdesk.models import CheckIn, Client, Job
from coachdesk.papers.check_ins import (
    CHECK_INS_FILE,
    PrintCheckIns,
    check_ins_document,
    read_check_ins_paper,
    write_check_ins,
)
from coachdesk.papers.health_paper import HealthPrint, health_style
from coachdesk.press.blocks import ChartBlock, Document
from coachdesk.press.pdf import pdf
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from tests.makers import (
    a_check_in,
    a_client,
    a_job,
    a_reading,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    furnished,
    keep,
    programme_id,
)
from tests.press.paper import Paper
from tests.vault_fixtures import TODAY

DAYS = 12


@pytest.fixture
def client(vault: OpenVault) -> Client:
    furnished(vault)
    made = a_client(known_as="Mimi", coach_id=vault.coach_id)
    keep(vault, made, an_enrolment(made, ask(vault, lambda s, _: programme_id(s))))
    return made


@pytest.fixture
def job(vault: OpenVault, client: Client) -> Job:
    employer = an_employer()
    made = a_job(client, employer, title="Baker", started_on=days_ago(200))
    keep(vault, employer, made)
    return made


def held(job: Job, back: int, **values: object) -> CheckIn:
    return a_check_in(job, done_on=days_ago(back), due_on=days_ago(back), **values)


def document(vault: OpenVault, client: Client) -> Document:
    question = ClientQuestion(client_id=client.id, today=TODAY)
    return check_ins_document(ask(vault, read_check_ins_paper, question))


def test_charts_show_the_first_and_the_latest_on_a_scale_of_ten(
    vault: OpenVault, client: Client, job: Job
) -> None:
    keep(vault, *(held(job, 100 - each, risk_of_leaving=each % 4) for each in range(DAYS)))
    keep(
        vault,
        held(job, 3, areas={"workload": "mostly"}),
        a_reading(client, instrument="ons4", items={"happy": 6}),
    )
    made = document(vault, client)
    risk, *wellbeing = [one.chart for one in made.blocks if isinstance(one, ChartBlock)]
    assert (risk.title, len(risk.values), risk.ticks()[-1]) == ("How likely to leave the job", 10, 10)
    assert (risk.categories[0], risk.values[0]) == ("27 June 2026", 0)
    assert "27 June 2026: 0 of 10" in risk.alt
    assert [one.title for one in wellbeing] == ["Happy yesterday"]
    paper = Paper(pdf(made, style=health_style(HealthPrint.STANDARD)))
    assert paper.loose_paint() == []
    words = " ".join(" ".join(said for _, said in paper.read()).split())
    for said in (
        "How work is going",
        "What Mimi",
        "Baker at Bay Bakery",
        "What work is like",
        "no grade of anybody",
    ):
        assert said in words
    assert "Mimi" not in str(paper.pdf.docinfo.get("/Title"))


def test_a_job_in_which_nothing_was_measured_is_left_out(vault: OpenVault, client: Client, job: Job) -> None:
    beside = an_employer(name="Lake Hotel")
    other = a_job(client, beside, title="Porter", started_on=days_ago(30))
    keep(vault, beside, other, held(job, 4, risk_of_leaving=2))
    words = str(document(vault, client).blocks)
    assert "Baker at Bay Bakery" in words
    assert "Lake Hotel" not in words


def test_there_is_nothing_to_print_before_a_check_in_was_held(
    vault: OpenVault, client: Client, job: Job
) -> None:
    del job
    with pytest.raises(Refusal, match="nothing to print"):
        document(vault, client)


def test_it_is_written_whole_under_a_name_that_names_nobody(
    vault: OpenVault, client: Client, job: Job, tmp_path: Path
) -> None:
    keep(vault, held(job, 4, risk_of_leaving=2))
    wish = PrintCheckIns(ClientQuestion(client_id=client.id, today=TODAY), tmp_path)
    made = write_check_ins(vault, wish, Watch.silent())
    assert made == tmp_path / CHECK_INS_FILE
    assert made.read_bytes().startswith(b"%PDF")
