"""What we hold about a client: in which sections and order it is told, and which fields may speak of somebody else."""

from coachdesk.terms import Kind

SECTIONS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (
        "Who you are",
        (Kind.CLIENT, Kind.EQUALITY, Kind.CIRCUMSTANCES, Kind.PERSON_AROUND, Kind.CUSTOM_ANSWER),
    ),
    ("What you agreed to", (Kind.NOTICE_GIVEN, Kind.CONSENT)),
    ("What was passed on", (Kind.SHARING, Kind.ONWARD_REFERRAL, Kind.LETTER, Kind.CASE_STUDY)),
    (
        "The programmes you took part in",
        (Kind.ENQUIRY, Kind.ENROLMENT, Kind.ELIGIBILITY, Kind.PAUSE, Kind.ENDING),
    ),
    ("Your vocational profile", (Kind.VOCATIONAL_PROFILE,)),
    ("Your action plan", (Kind.PLAN, Kind.AGREED_PLAN, Kind.GOAL, Kind.ACTION)),
    ("Contacts", (Kind.CONTACT_RHYTHM, Kind.CONTACT, Kind.GROUP_PLACE)),
    ("Documents", (Kind.DOCUMENT,)),
    (
        "Looking for work",
        (
            Kind.JOB_WISH,
            Kind.APPLICATION,
            Kind.INTERVIEW,
            Kind.DISCLOSURE_DECISION,
            Kind.EMPLOYER_TALK,
            Kind.BENEFITS_QUESTION,
        ),
    ),
    (
        "Work",
        (
            Kind.JOB,
            Kind.JOB_TERMS,
            Kind.WORK_WEEK,
            Kind.JOB_EVIDENCE,
            Kind.GOOD_WORK,
            Kind.CHECK_IN,
            Kind.CHECK_IN_MOVE,
        ),
    ),
    (
        "Staying in work",
        (
            Kind.ADJUSTMENT,
            Kind.ADJUSTMENT_STEP,
            Kind.ACCESS_TO_WORK,
            Kind.AWARD_ITEM,
            Kind.AWARD_CLAIM,
            Kind.ABSENCE,
            Kind.RETURN_STEP,
        ),
    ),
    ("Measures", (Kind.READING,)),
    ("Your requests about your data", (Kind.RIGHTS_REQUEST, Kind.CLOCK_STOP)),
)
ABOUT_OTHERS = {
    (Kind.CONTACT, "with_whom"),
    (Kind.CLIENT, "emergency_contact"),
    (Kind.PERSON_AROUND, "note"),
    (Kind.VOCATIONAL_PROFILE, "people_who_know_me"),
    (Kind.INTERVIEW, "with_whom"),
    (Kind.ADJUSTMENT_STEP, "with_whom"),
}
DAYS = (
    "happened_on", "done_on", "started_on", "given_on", "as_on", "taken_on", "received_on", "from_on", "shared_on",
    "written_on", "added_on", "agreed_on", "ended_on", "found_on", "happens_on", "decided_on", "asked_on", "week_on", "seen_on", "due_on",
    "submitted_on", "sent_on", "made_on",
)  # fmt: skip
"""Fields whose date tells one record of a kind from the next."""
