"""Words shared by all floors: kinds of record, the four non-answers, roles."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a record is; the name under which the journal and change notices speak of it."""

    ORGANISATION = "organisation"
    HUB = "hub"
    COACH = "coach"
    PROGRAMME = "programme"
    PROFILE_FIGURE = "profile_figure"
    CODE = "code"
    CLIENT = "client"
    EQUALITY = "equality"
    CIRCUMSTANCES = "circumstances"
    ENROLMENT = "enrolment"
    ELIGIBILITY = "eligibility"
    PAUSE = "pause"
    CONSENT = "consent"
    PLAN = "plan"
    GOAL = "goal"
    ACTION = "action"
    CONTACT = "contact"
    EMPLOYER = "employer"
    JOB = "job"
    JOB_TERMS = "job_terms"
    ADJUSTMENT = "adjustment"
    GOOD_WORK = "good_work"
    CHECK_IN = "check_in"
    READING = "reading"
    IMPORT = "import"
    IMPORT_ROW = "import_row"
    IMPORT_MAPPING = "import_mapping"
    RELEASE = "release"
    RELEASE_FILE = "release_file"
    RATE = "rate"
    BANK_HOLIDAY = "bank_holiday"
    RIGHTS_REQUEST = "rights_request"
    CLOCK_STOP = "clock_stop"
    REDACTION = "redaction"
    BREACH = "breach"
    RETENTION_RULE = "retention_rule"
    ERASURE = "erasure"
    PROCESSING_ACTIVITY = "processing_activity"
    ENQUIRY = "enquiry"
    CONTACT_RHYTHM = "contact_rhythm"
    ENDING = "ending"
    COVER = "cover"
    SAVED_LIST = "saved_list"
    VOCATIONAL_PROFILE = "vocational_profile"
    PERSON_AROUND = "person_around"
    NOTICE_GIVEN = "notice_given"
    SCALE = "scale"
    CUSTOM_FIELD = "custom_field"
    CUSTOM_ANSWER = "custom_answer"
    SHARING = "sharing"
    LETTER_TEMPLATE = "letter_template"
    LETTER = "letter"
    DOCUMENT = "document"
    DOCUMENT_CONTENT = "document_content"
    AGREED_PLAN = "agreed_plan"
    GROUP_SESSION = "group_session"
    GROUP_PLACE = "group_place"
    WORK_TIME = "work_time"
    EMPLOYER_SITE = "employer_site"
    EMPLOYER_PERSON = "employer_person"
    SCHEME = "scheme"
    EMPLOYER_SCHEME = "employer_scheme"
    EMPLOYER_CONTACT = "employer_contact"
    EMPLOYER_TALK = "employer_talk"
    GUIDANCE_SHEET = "guidance_sheet"
    VACANCY = "vacancy"
    JOB_WISH = "job_wish"
    APPLICATION = "application"
    INTERVIEW = "interview"
    DISCLOSURE_DECISION = "disclosure_decision"
    BENEFITS_QUESTION = "benefits_question"
    JOB_EVIDENCE = "job_evidence"
    WORK_WEEK = "work_week"
    CHECK_IN_MOVE = "check_in_move"
    OUTCOME_RULE = "outcome_rule"
    COACH_TIME = "coach_time"
    ADJUSTMENT_STEP = "adjustment_step"
    ACCESS_TO_WORK = "access_to_work"
    AWARD_ITEM = "award_item"
    AWARD_CLAIM = "award_claim"
    ABSENCE = "absence"
    RETURN_STEP = "return_step"
    INDICATOR_WORDING = "indicator_wording"
    RETURN_LAYOUT = "return_layout"
    MANUAL_FIGURE = "manual_figure"
    RELEASE_REVIEW = "release_review"
    NARRATIVE_PROMPT = "narrative_prompt"
    NARRATIVE = "narrative"
    CASE_STUDY = "case_study"
    FUNDER_SHEET = "funder_sheet"
    SAVED_QUESTION = "saved_question"
    SHARING_BASIS = "sharing_basis"
    NAMED_EXPORT = "named_export"
    SERVICE = "service"
    ONWARD_REFERRAL = "onward_referral"


class Unstated(StrEnum):
    """The four separate non-answers; kept apart in the vault, one column in a return (facts 12.1)."""

    NOT_ASKED = "not_asked"
    NOT_KNOWN = "not_known"
    PREFERS_NOT_TO_SAY = "prefers_not_to_say"
    NOT_APPLICABLE = "not_applicable"


UNSTATED_WORDS: dict[str, str] = {
    Unstated.NOT_ASKED: "Not asked",
    Unstated.NOT_KNOWN: "Not known",
    Unstated.PREFERS_NOT_TO_SAY: "Prefers not to say",
    Unstated.NOT_APPLICABLE: "Not applicable",
}


class Role(StrEnum):
    """What a person may do in the vault; rights come from the data, never from the slot file."""

    COACH = "coach"
    MANAGER = "manager"
    TRUSTEE = "trustee"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One record, named by kind and id."""

    kind: Kind
    id: UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """What one user action changed: the records, the action's id and its label in words."""

    refs: frozenset[Ref] = frozenset()
    unit: UUID | None = None
    label: str = ""

    def touch(self, kind: Kind, record_id: UUID | None = None) -> bool:
        """Return whether a record of this kind (and id, if given) changed."""
        return any(ref.kind is kind and record_id in (None, ref.id) for ref in self.refs)
