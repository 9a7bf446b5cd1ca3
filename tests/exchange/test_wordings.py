"""Wordings mean the answers of the vault's own lists."""

from coachdesk.exchange.wordings import Wordings, synonym_table
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading


def test_titles_keys_synonyms_and_slips_are_understood() -> None:
    wordings = Wordings(
        [("exit_reason", "lost_contact", "Lost contact"), ("exit_reason", "mine", "My own reason")]
    )
    assert wordings.find("exit_reason", "LOST CONTACT") == "lost_contact"
    assert wordings.find("exit_reason", "lost_contact") == "lost_contact"
    assert wordings.find("exit_reason", "Unable to contact") == "lost_contact"
    assert wordings.find("exit_reason", "Lost contct") == "lost_contact"
    assert wordings.find("exit_reason", "my own  reason") == "mine"
    assert wordings.find("exit_reason", "Retired to Spain") == ""
    assert wordings.find("exit_reason", "lost") == ""
    assert wordings.find("no_such_list", "Lost contact") == ""


def test_every_synonym_that_ships_finds_an_answer_of_a_fresh_vault(office: OpenVault) -> None:
    with reading(office) as session:
        wordings = Wordings.of_vault(session)
    missed = [
        (name, word)
        for name, table in synonym_table().items()
        for words in table.values()
        for word in words
        if not wordings.find(name, word)
    ]
    assert missed == []
