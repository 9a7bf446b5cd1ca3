"""Furnishing a vault: the editable lists, the rates and the programmes that ship, also those a later version brings."""

from hashlib import sha256

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
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import reading, unit_of_work

SETTING = "furnished"


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
        keep_setting(work.session, SETTING, {"with": what_ships()})


def furnish_if_older(vault: OpenVault) -> None:
    """Furnish a vault that was furnished with other data than ships now; one that is up to date is only looked at."""
    with reading(vault) as session:
        kept = read_setting(session, SETTING)
    if kept != {"with": what_ships()}:
        furnish_vault(vault)


def what_ships() -> str:
    """Return a mark of the data files that ship, by their names and sizes: another version has another one."""
    root = resource()
    told = sorted((str(path.relative_to(root)), path.stat().st_size) for path in root.rglob("*.toml"))
    return sha256(repr(told).encode()).hexdigest()[:16]
