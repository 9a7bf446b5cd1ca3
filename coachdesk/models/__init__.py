"""Mapped classes and their invariants; no session, no queries."""

from coachdesk.models.base import CONFIGURATION, TEAM, Base, Record, canonical, new_id
from coachdesk.models.clients import Circumstances, Client, Consent, Equality
from coachdesk.models.exchange import ImportMapping, ImportRow, ImportRun, Release, ReleaseFile
from coachdesk.models.local import ClientSearch, Draft, JournalEntry, Setting
from coachdesk.models.organisation import (
    BankHoliday,
    Coach,
    Code,
    Hub,
    Organisation,
    ProfileFigure,
    Programme,
    Rate,
)
from coachdesk.models.rights import (
    Breach,
    ClockStop,
    Erasure,
    ProcessingActivity,
    Redaction,
    RetentionRule,
    RightsRequest,
)
from coachdesk.models.support import Action, Contact, Eligibility, Enrolment, Goal, Pause, Plan, Reading
from coachdesk.models.work import Adjustment, CheckIn, Employer, GoodWorkCheck, Job, JobTerms

__all__ = [
    "CONFIGURATION",
    "TEAM",
    "Action",
    "Adjustment",
    "BankHoliday",
    "Base",
    "Breach",
    "CheckIn",
    "Circumstances",
    "Client",
    "ClientSearch",
    "ClockStop",
    "Coach",
    "Code",
    "Consent",
    "Contact",
    "Draft",
    "Eligibility",
    "Employer",
    "Enrolment",
    "Equality",
    "Erasure",
    "Goal",
    "GoodWorkCheck",
    "Hub",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "Job",
    "JobTerms",
    "JournalEntry",
    "Organisation",
    "Pause",
    "Plan",
    "ProcessingActivity",
    "ProfileFigure",
    "Programme",
    "Rate",
    "Reading",
    "Record",
    "Redaction",
    "Release",
    "ReleaseFile",
    "RetentionRule",
    "RightsRequest",
    "Setting",
    "canonical",
    "new_id",
]
