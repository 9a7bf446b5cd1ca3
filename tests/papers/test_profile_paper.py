"""The profile on paper: the client's words, what is still open without blame, and nothing else of the record."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.casework.profile import ANSWERS, answer_titles
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import Client, Organisation, VocationalProfile, new_id
from coachdesk.papers.profile import (
    TITLE,
    PrintProfile,
    ProfileLayout,
    profile_document,
    profile_file_name,
    profile_paper_choices,
    profile_styles,
    read_profile_paper,
    write_profile,
)
from coachdesk.press.pdf import pdf
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, days_ago, do, furnished, keep
from tests.press.paper import Paper
from tests.vault_fixtures import ORGANISATION, PERSON, TODAY

LAYOUTS = tuple(ProfileLayout)
NEEDS = "Please write things down."


class Profiled:
    """A client with a profile of which two parts are open."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = furnished(vault)
        self.client = a_client(
            known_as="Mimi",
            communication_needs=NEEDS,
            risk_note="Never alone with him",
            coach_id=vault.coach_id,
        )
        words = {name: f"My words on {name}." for name in ANSWERS}
        words |= {"hopes": "“A job with animals”", "good_day": "", "hard_day": ""}
        keep(
            vault,
            self.client,
            VocationalProfile(
                client_id=self.client.id, started_on=days_ago(30), completed_on=days_ago(2), **words
            ),
        )

    def change(self, **words: str) -> None:
        with unit_of_work(self.vault, label="Changed") as work:
            profile = work.session.query(VocationalProfile).one()
            for name, value in words.items():
                setattr(profile, name, value)

    def printed(self, layout: ProfileLayout) -> Paper:
        with reading(self.vault) as session:
            paper = read_profile_paper(session, ClientQuestion(client_id=self.client.id, today=TODAY))
        return Paper(pdf(profile_document(paper, layout), style=profile_styles()[layout]))

    def heard(self, layout: ProfileLayout) -> str:
        return "\n".join(words for _, words in self.printed(layout).read())

    def write(self, target: Path, client_id: UUID | None = None) -> Path:
        wish = PrintProfile(client_id=client_id or self.client.id, target=target)
        return write_profile(self.vault, wish, Watch.silent())


@pytest.fixture
def profiled(vault: OpenVault) -> Profiled:
    return Profiled(vault)


def test_the_choices_have_their_words() -> None:
    assert profile_paper_choices() == (("standard", "Standard"), ("large", "Large print (18 point)"))
    assert profile_styles()[ProfileLayout.LARGE].small == 18


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_clients_words_come_first_and_each_of_them_is_there(
    profiled: Profiled, layout: ProfileLayout
) -> None:
    heard = profiled.heard(layout)
    flat = " ".join(heard.split())
    assert heard.splitlines()[0] == TITLE
    assert f"written down with {ORGANISATION}" in flat
    assert flat.index(NEEDS) < flat.index("“A job with animals”") < flat.index("My words on strengths.")
    for name in set(ANSWERS) - {"hopes", "good_day", "hard_day"}:
        assert f"My words on {name}." in flat
        assert answer_titles()[name] in flat
    assert "““" not in flat
    assert "Never alone" not in flat
    for said in ("Mimi Okonkwo", "5 September 2026", "3 October 2026", PERSON):
        assert said in flat


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_mark_on_the_page_is_tagged(profiled: Profiled, layout: ProfileLayout) -> None:
    paper = profiled.printed(layout)
    assert paper.loose_paint() == []
    assert paper.pdf.Root.MarkInfo.Marked
    assert "Mimi" not in str(paper.pdf.docinfo.get("/Title"))


def test_what_is_open_is_named_without_blame(profiled: Profiled) -> None:
    heard = " ".join(profiled.heard(ProfileLayout.STANDARD).split())
    still = heard.split("Still to talk about, whenever it suits you")[1]
    assert "A good day" in still
    assert "A hard day" in still
    assert "What I hope for" not in still
    profiled.change(good_day="Sun", hard_day="Rain")
    assert "Still to talk about" not in profiled.heard(ProfileLayout.STANDARD)


def test_a_profile_nobody_began_is_a_page_to_write_on(vault: OpenVault) -> None:
    client = a_client()
    keep(furnished(vault), client)
    with reading(vault) as session:
        paper = read_profile_paper(session, ClientQuestion(client_id=client.id, today=TODAY))
    paper = replace(paper, around=replace(paper.around, organisation=""))
    read = Paper(
        pdf(profile_document(paper, ProfileLayout.STANDARD), style=profile_styles()[ProfileLayout.STANDARD])
    )
    heard = " ".join(words for _, words in read.read())
    assert "Not decided yet" in heard
    assert "Begun on" not in heard
    assert "These are your own words. You decide" in heard
    assert all(title in heard for title in answer_titles().values())
    assert "Still to talk about" not in heard


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_no_face_holds_get_room_to_be_written(profiled: Profiled, layout: ProfileLayout) -> None:
    profiled.change(hopes="我想工作", past_work="我想工作")
    with unit_of_work(profiled.vault, label="Changed") as work:
        client = work.session.get_one(Client, profiled.client.id)
        client.known_as, client.last_name = "我", "想"
        work.session.query(Organisation).one().is_practice = True
    heard = " ".join(profiled.heard(layout).split())
    assert heard.count("by hand:") == 2
    assert "Your name" in heard
    assert "Practice data: an invented person" in heard


def test_a_full_profile_in_standard_print_is_two_pages_at_most(profiled: Profiled) -> None:
    profiled.change(**dict.fromkeys(ANSWERS, "Some quite long words about this and that. " * 6))
    assert len(profiled.printed(ProfileLayout.STANDARD).pdf.pages) <= 2


def test_it_is_written_once_and_journalled(profiled: Profiled, tmp_path: Path) -> None:
    target = profiled.write(tmp_path / "papers" / "mine.pdf")
    assert list(target.parent.iterdir()) == [target]
    with reading(profiled.vault) as session:
        rows = read_history(session, HistoryQuestion(client_id=profiled.client.id, limit=50))
    assert "Printed the profile of MO" in [row.label for row in rows]


def test_a_folder_gets_a_file_that_names_nobody_and_replaces_nothing(
    profiled: Profiled, tmp_path: Path
) -> None:
    first, second = profiled.write(tmp_path), profiled.write(tmp_path)
    assert (first.name, second.name) == (profile_file_name(ProfileLayout.STANDARD), "about-me-and-work-2.pdf")
    assert profiled.write(tmp_path / "mine").name == "mine.pdf"


def test_what_cannot_be_written_is_not_journalled(profiled: Profiled, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Trouble):
        profiled.write(tmp_path / "file" / "mine.pdf")
    with reading(profiled.vault) as session:
        rows = read_history(session, HistoryQuestion(client_id=profiled.client.id, limit=50))
    assert not any("Printed" in row.label for row in rows)


def test_stopping_leaves_nothing(profiled: Profiled, tmp_path: Path) -> None:
    asked = iter((False, False, True))
    watch = Watch(cancelled=lambda: next(asked))
    with pytest.raises(Cancelled):
        write_profile(
            profiled.vault, PrintProfile(client_id=profiled.client.id, target=tmp_path / "a.pdf"), watch
        )
    assert [one.name for one in tmp_path.iterdir()] == ["Furness.coachdesk"]


def test_nobody_is_printed_who_is_gone_or_erased(profiled: Profiled, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        profiled.write(tmp_path, new_id())
    do(profiled.vault, erase_client, EraseClient(client_id=profiled.client.id, reason="They asked"))
    with pytest.raises(Refusal, match="has been erased"):
        profiled.write(tmp_path)
