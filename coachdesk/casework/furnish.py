"""Furnishing a new vault: the editable lists, the rates and the programmes that ship."""

from coachdesk.casework.codes import seed_codes
from coachdesk.casework.guidance_sheets import FOLDER, seed_guidance
from coachdesk.casework.letter_templates import seed_templates
from coachdesk.casework.outcome_rules import seed_rules
from coachdesk.casework.processing import seed_activities
from coachdesk.casework.programmes import seed_programmes
from coachdesk.casework.scales import seed_scales
from coachdesk.casework.schemes import seed_schemes
from coachdesk.resources import resource
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work


def furnish_vault(vault: OpenVault) -> None:
    """Put the lists and programmes that ship into a vault that has none; again, it adds only what is missing."""
    with unit_of_work(
        vault, label="Put in the lists, rates and programmes that come with CoachDesk", by_program=True
    ) as work:
        seed_codes(work.session, resource())
        seed_programmes(work.session, resource("programmes"))
        seed_activities(work.session)
        seed_scales(work.session, resource("scales"))
        seed_templates(work.session)
        seed_rules(work.session, resource("outcomes"))
        seed_schemes(work.session, resource("schemes"))
        seed_guidance(work.session, resource(FOLDER))
