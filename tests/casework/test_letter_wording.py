"""The wording of letters: plain fields in braces, checked when it is kept, read through, restored."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.casework.letter_fields import BY_NAME, FIELDS, NAME, fields_in, fill, told_by, unknown_fields
from coachdesk.casework.letter_templates import (
    ADDRESSED_TO,
    CLIENT,
    INVENTED,
    RestoreTemplate,
    SaveTemplate,
    TemplateRow,
    all_templates,
    field_words,
    preview,
    restore_missing,
    restore_template,
    save_template,
    shipped_templates,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach, Code, LetterTemplate
from coachdesk.models.base import new_id
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, do

SHIPPED = ("appointment", "referral_received", "referral_feedback", "employer", "certificate")


def template(vault: OpenVault, key: str) -> TemplateRow:
    return next(one for one in ask(vault, all_templates) if one.key == key)


def reworded(vault: OpenVault, key: str, **words: str) -> SaveTemplate:
    found = template(vault, key)
    told = {"title": found.title, "subject": found.subject, "body": found.body, **words}
    return SaveTemplate(template_id=found.id, **told)


@pytest.mark.parametrize("key", SHIPPED)
def test_what_ships_is_whole_and_reads_without_a_gap(desk_vault: OpenVault, key: str) -> None:
    told = shipped_templates()[key]
    row = template(desk_vault, key)
    assert (row.title, row.subject, row.body, row.is_changed) == (
        told["title"],
        told["subject"],
        told["body"],
        False,
    )
    assert row.source.startswith("CoachDesk default")
    assert row.addressed_to in ADDRESSED_TO
    assert unknown_fields(f"{row.subject}{row.body}") == ()
    read = preview(row.subject, row.body)
    assert read.not_known == read.not_covered == ()
    assert "{" not in read.text
    if row.addressed_to != CLIENT and not row.purpose:
        assert told_by(fields_in(f"{row.subject}{row.body}")) == ()


def test_every_field_has_words_an_invented_answer_and_tells_what_a_list_knows(desk_vault: OpenVault) -> None:
    with reading(desk_vault) as session:
        keys = {one.key for one in session.query(Code).filter_by(list_name="shared_data")}
    assert {one.tells for one in FIELDS} <= {"", NAME, *keys}
    assert set(INVENTED) == set(BY_NAME)
    assert field_words("goal") == "The first goal, in the client’s words"


def test_a_line_with_nothing_to_say_or_that_may_not_be_told_is_left_out() -> None:
    text = "Dear {client},\n\nThey hope for {goal}.\nThey work at {employer}.\n{own_words}\n\nYours, {coach}"
    values = {"client": "Maya", "goal": "animals", "employer": " ", "coach": "Ruth"}
    everything = fill(text, values)
    assert everything.text == "Dear Maya,\n\nThey hope for animals.\n\nYours, Ruth"
    assert (everything.not_known, everything.not_covered) == (("employer",), ())
    assert everything.told == ("client", "goal", "coach")
    named = fill(text, values, {NAME})
    assert (named.text, named.not_covered) == ("Dear Maya,\n\nYours, Ruth", ("goal", "employer"))
    assert fill(text, values, frozenset()).text == "Yours, Ruth"


def test_what_is_no_field_stays_as_it_is() -> None:
    assert unknown_fields("{Client} {client.id} {0} {} {client!r} {client}") == (
        "Client",
        "client.id",
        "0",
        "",
        "client!r",
    )
    assert fill("{client.__class__} {nobody}", {"client": "Maya"}).text == "{client.__class__} {nobody}"


@given(st.text(alphabet=string.printable + "{}é", max_size=60))
def test_words_are_put_in_as_they_are_and_never_read_again(typed: str) -> None:
    filled = fill("Dear {client},", {"client": typed, "coach": "Ruth"})
    assert filled.text == (f"Dear {typed.strip()}," if typed.strip() else "")


def test_new_words_are_kept_and_what_ships_comes_back(desk_vault: OpenVault) -> None:
    wish = reworded(desk_vault, "appointment", title=" Come and see us ", body="Hello {first_name}\n")
    _, label = do(desk_vault, save_template, wish)
    changed = template(desk_vault, "appointment")
    assert (changed.title, changed.body, changed.is_changed) == (
        "Come and see us",
        "Hello {first_name}",
        True,
    )
    assert label == "Changed the letter “Come and see us”"
    assert [one.name for one in changed.asked] == ["appointment_day"]
    _, label = do(desk_vault, restore_template, RestoreTemplate(template_id=changed.id))
    assert label == "Restored the letter “Appointment”"
    assert not template(desk_vault, "appointment").is_changed


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"title": " "}, "title", "This needs words."),
        ({"subject": ""}, "subject", "This needs words."),
        ({"body": "Dear {nobody}"}, "body", "{nobody} is no field of a letter"),
        ({"body": "{a} and {b}"}, "body", "{a}, {b} are no fields of a letter"),
    ],
)
def test_an_unknown_field_is_refused_in_a_clear_sentence(
    desk_vault: OpenVault, words: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        do(desk_vault, save_template, reworded(desk_vault, "appointment", **words))
    assert refused.value.fields[field].startswith(sentence)
    assert not template(desk_vault, "appointment").is_changed


def test_a_letter_without_a_permission_cannot_learn_to_tell(desk_vault: OpenVault) -> None:
    wish = reworded(
        desk_vault, "referral_received", body="We met {client} on {today}; {goal}", subject="On {programme}"
    )
    with pytest.raises(Refusal) as refused:
        do(desk_vault, save_template, wish)
    assert "cannot tell {client}, {goal}" in refused.value.fields["body"]
    assert "cannot tell {programme}" in refused.value.fields["subject"]
    do(desk_vault, save_template, reworded(desk_vault, "referral_received", body="Thank you, {recipient}."))
    do(desk_vault, save_template, reworded(desk_vault, "referral_feedback", body="{client} said {goal}."))


def test_what_is_gone_or_not_ours_is_said_plainly(desk_vault: OpenVault) -> None:
    lost = SaveTemplate(template_id=new_id(), title="A", subject="B", body="C")
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, save_template, lost)
    own = LetterTemplate(key="own", title="Our own", subject="S", body="B")
    with unit_of_work(desk_vault, label="Our own letter") as work:
        work.session.add(own)
    assert template(desk_vault, "own").is_changed
    for one in (own.id, new_id()):
        with pytest.raises(Refusal, match="without a letter like this"):
            do(desk_vault, restore_template, RestoreTemplate(template_id=one))


def test_an_older_vault_gets_the_letters_it_lacks_and_keeps_its_own_words(desk_vault: OpenVault) -> None:
    do(desk_vault, save_template, reworded(desk_vault, "appointment", subject="Ours"))
    lost = template(desk_vault, "employer").id
    with unit_of_work(desk_vault, label="Gone") as work:
        work.session.delete(work.session.get_one(LetterTemplate, lost))
    _, label = do(desk_vault, restore_missing, None)
    assert label == "Put in the letters that come with CoachDesk"
    assert tuple(one.key for one in ask(desk_vault, all_templates)) == SHIPPED
    assert template(desk_vault, "appointment").subject == "Ours"


def test_only_a_manager_rewords_a_letter(desk_vault: OpenVault) -> None:
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="Only a manager"):
        do(desk_vault, save_template, reworded(desk_vault, "appointment", subject="Mine"))
