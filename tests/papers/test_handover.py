"""The handover on paper: a page a client, what was promised, what may go wrong; private notes stay in the record."""

from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.casework.endings import EndSupport, end_support
from coachdesk.errors import Refusal, Trouble
from coachdesk.models import Client, Coach, Enrolment, JournalEntry, Organisation, new_id
from coachdesk.models.base import Record
from coachdesk.papers.handover import (
    HANDOVER_STYLE,
    HandoverPaper,
    PrintHandover,
    handover_document,
    read_handover,
    write_handover,
)
from coachdesk.press.pdf import pdf
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_check_in,
    a_client,
    a_coach,
    a_contact,
    a_goal,
    a_job,
    a_pause,
    a_plan,
    an_action,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    furnished,
    keep,
    programme_id,
)
from tests.press.paper import Paper
from tests.vault_fixtures import TODAY


class Leaver:
    """Iqra, who leaves, with three clients: one fading, one paused, one who has left."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = furnished(vault)
        self.coach = a_coach()
        keep(vault, self.coach)
        self.programme = ask(vault, lambda s, _: programme_id(s))
        self.maya = a_client(
            coach_id=self.coach.id,
            phone="07700 900123",
            may_call="yes",
            communication_needs="Speak slowly",
            risk_note="A dog in the house",
        )
        self.zoe, self.ann = self.client("Zoe"), self.client("Ann")
        keep(vault, self.maya)
        self.enrolments = {
            one.id: an_enrolment(
                one, self.programme, started_on=days_ago(100), profile_started_on=days_ago(99)
            )
            for one in (self.maya, self.zoe, self.ann)
        }
        keep(vault, *self.enrolments.values())

    def client(self, name: str) -> Client:
        made = a_client(first_name=name, coach_id=self.coach.id)
        keep(self.vault, made)
        return made

    def of(self, client: Client) -> Enrolment:
        return self.enrolments[client.id]

    def keep(self, *records: Record) -> None:
        keep(self.vault, *records)

    def paper(self, *clients: Client) -> HandoverPaper:
        with reading(self.vault) as session:
            return read_handover(session, self.coach.id, [one.id for one in clients], TODAY)

    def printed(self, *clients: Client) -> Paper:
        return Paper(pdf(handover_document(self.paper(*clients)), style=HANDOVER_STYLE))

    def heard(self, *clients: Client) -> str:
        return "\n".join(words for _, words in self.printed(*clients).read())

    def write(self, target: Path, *clients: Client) -> Path:
        ids = tuple(one.id for one in clients)
        wish = PrintHandover(coach_id=self.coach.id, client_ids=ids, target=target)
        return write_handover(self.vault, wish, Watch.silent())


@pytest.fixture
def leaver(vault: OpenVault) -> Leaver:
    return Leaver(vault)


def a_full_record(leaver: Leaver) -> None:
    maya = leaver.maya
    plan = a_plan(maya)
    employer = an_employer()
    leaver.keep(plan, employer)
    goal = a_goal(plan, own_words="“A job with animals”")
    job = a_job(maya, employer, started_on=days_ago(80))
    leaver.keep(goal, job)
    leaver.keep(
        a_goal(plan, own_words="Old", achieved_on=TODAY),
        an_action(maya, what="Write to the farm", goal_id=goal.id, due_on=days_ago(2)),
        an_action(maya, what="Ring her aunt", who="other", who_name="Aunt Jo", due_on=TODAY),
        *(
            an_action(maya, what=f"Step {number}", who="client", due_on=days_ago(-number))
            for number in range(8)
        ),
        an_action(maya, what="Done long ago", done_on=TODAY),
        a_contact(maya, happened_on=days_ago(40), note="Came  with\nher aunt", next_on=days_ago(-3)),
        a_contact(maya, happened_on=days_ago(39), note="Between us", is_private=True, next_on=days_ago(-3)),
        a_contact(maya, happened_on=days_ago(38), did_not_attend=True, next_on=days_ago(-3)),
        a_contact(maya, happened_on=days_ago(50), note="x" * 400),
        a_check_in(job, due_on=days_ago(38), risk_of_leaving=7),
    )


def test_goals_for_which_there_is_no_room_are_counted(leaver: Leaver) -> None:
    plan = a_plan(leaver.zoe)
    leaver.keep(plan)
    leaver.keep(*(a_goal(plan, own_words=f"Goal {place}", position=place) for place in range(2)))
    assert "besides" not in leaver.heard(leaver.zoe)
    leaver.keep(a_goal(plan, own_words="Goal 2", position=2))
    said = leaver.heard(leaver.zoe)
    assert "“Goal 1”" in said
    assert "“Goal 2”" not in said
    assert "Goals in the record besides: 1." in said


def test_a_page_says_where_we_are_what_was_promised_and_what_may_go_wrong(leaver: Leaver) -> None:
    a_full_record(leaver)
    said = leaver.heard(leaver.maya)
    for words in (
        "1 client of Iqra Malik",
        "Speak slowly",
        "A dog in the house",
        "“A job with animals”",
        "Came with her aunt",
        "Could not make it.",
        "Next contact agreed for",
        "Write to the farm",
        "(2 days late)",
        "Aunt Jo",
        "And 4 more in the record.",
        "Fading: 11 days past the rhythm of every 28 days.",
        "check-ins were not held.",
        "the client said 7 of 10",
        "1 open step is late.",
        "May be called",
        "07700 900123",
    ):
        assert words in said, words
    assert "Between us" not in said
    assert "Done long ago" not in said
    assert "x" * 250 not in said


def test_nothing_known_is_said_and_a_pause_and_an_ending_too(leaver: Leaver) -> None:
    leaver.keep(
        a_contact(leaver.maya, happened_on=TODAY, note=""),
        an_action(leaver.maya, what="Meet"),
        a_contact(leaver.zoe, happened_on=days_ago(3)),
        a_pause(leaver.of(leaver.zoe), from_on=days_ago(2), to_on=days_ago(-9), reason="Holiday"),
    )
    do(
        leaver.vault,
        end_support,
        EndSupport(
            enrolment_id=leaver.of(leaver.ann).id,
            exit_on=days_ago(1),
            exit_reason="moved_away",
            what_stands="Has the number of the hub",
            may_ask_later="yes",
            ask_on=days_ago(-60),
        ),
    )
    paper = leaver.paper(leaver.zoe, leaver.ann, leaver.maya)
    assert [page.head.name.split()[0] for page in paper.pages] == ["Maya", "Zoe", "Ann"]
    said = leaver.heard(leaver.zoe, leaver.ann, leaver.maya)
    for words in (
        "3 clients of Iqra Malik",
        "Nothing known to us.",
        "No note.",
        "No goal is written down yet.",
        "Support is paused until 14 October 2026: Holiday.",
        "Has the number of the hub",
        "ask how things go",
        "No step is open.",
        "Support has ended",
    ):
        assert words in said, words


def test_what_little_is_known_is_told_plainly(leaver: Leaver) -> None:
    unborn = {"born_from": None, "born_to": None, "birth_precision": ""}
    nobody = a_client(first_name="Quinn", coach_id=leaver.coach.id, **unborn)
    leaver.keep(nobody)
    leaver.keep(
        a_contact(leaver.maya, happened_on=days_ago(29)),
        an_action(leaver.maya, due_on=days_ago(1)),
        a_pause(leaver.of(leaver.zoe), from_on=days_ago(2)),
        an_action(leaver.ann, due_on=days_ago(2)),
        an_action(leaver.ann, due_on=days_ago(1)),
        a_contact(leaver.ann, happened_on=days_ago(2)),
    )
    employer = an_employer()
    leaver.keep(employer)
    job = a_job(leaver.ann, employer, started_on=days_ago(22))
    leaver.keep(job, a_check_in(job, due_on=days_ago(15), risk_of_leaving=2))
    with unit_of_work(leaver.vault, label="Later") as work:
        row = work.session.get_one(Enrolment, leaver.of(leaver.maya).id)
        row.expected_end_on = days_ago(-30)
    said = leaver.heard(leaver.maya, leaver.zoe, leaver.ann, nobody)
    for words in (
        "1 day past the rhythm",
        "Support is paused: no reason written down.",
        "expected to end 4 November 2026",
        "2 open steps are late.",
        "1 check-in was not held.",
        "Nothing is agreed next.",
        "Not yet",
        "Nothing agreed",
    ):
        assert words in said, words
    assert "May leave the job" not in said


def test_it_is_tagged_and_every_client_begins_a_page(leaver: Leaver) -> None:
    a_full_record(leaver)
    with unit_of_work(leaver.vault, by_program=True) as work:
        work.session.scalars(select(Organisation)).one().is_practice = True
    paper = leaver.printed(leaver.maya, leaver.zoe)
    assert len(paper.pdf.pages) == 3
    assert paper.loose_paint() == []
    assert paper.tags().count("H1") == 1
    assert [words for tag, words in paper.read() if tag == "H2"] == ["Maya Okonkwo", "Zoe Okonkwo"]


def test_it_is_written_once_and_journalled_for_everybody_in_it(leaver: Leaver, tmp_path: Path) -> None:
    folder = leaver.write(tmp_path, leaver.maya, leaver.zoe)
    assert folder == tmp_path / "handover.pdf"
    assert leaver.write(tmp_path / "new" / "mine", leaver.zoe) == tmp_path / "new" / "mine.pdf"
    with reading(leaver.vault) as session:
        of_whom = session.scalars(select(JournalEntry.scope).where(JournalEntry.field_group == "printed"))
        assert sorted(of_whom) == sorted([leaver.maya.id.hex, leaver.zoe.id.hex, leaver.zoe.id.hex])
    (tmp_path / "file").touch()
    with pytest.raises(Trouble):
        leaver.write(tmp_path / "file" / "mine.pdf", leaver.maya)


def test_nobody_prints_what_they_may_not_see(leaver: Leaver, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="tick at least one"):
        leaver.write(tmp_path)
    with pytest.raises(Refusal, match="Choose a coach"):
        write_handover(
            leaver.vault,
            PrintHandover(coach_id=new_id(), client_ids=(leaver.maya.id,), target=tmp_path),
            Watch.silent(),
        )
    with unit_of_work(leaver.vault, by_program=True) as work:
        work.session.get_one(Coach, leaver.vault.coach_id).role = "coach"
    with pytest.raises(ReasonNeeded):
        leaver.write(tmp_path, leaver.maya)
