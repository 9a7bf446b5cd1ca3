"""What is asked of a job: its details, its end, its hours and pay, evidence of it, and weeks to fill."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.good_work import DONT_KNOW, GoodWorkQuestion
from coachdesk.terms import Unstated
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.forms.answer import Answer
from coachdesk.ui.forms.fields import Check, Choice, Date, Heading, Lines, Option, Part, Text, Together

MORE = "more"
NEW_EMPLOYER = ("employer_town", "employer_size", "employer_sort")
FIRST = ("employer_name", "title", "started_on", "usual_hours", "hourly_pay", "contract", "employment_type")
"""What most need; everything else folds open."""
GOOD_WORK_KEYS = "1230P"


def tr(words: str) -> str:
    """Return words in the language of the window."""
    return QCoreApplication.translate("JobParts", words)


def start_parts(codes: CodeBook) -> tuple[Part, ...]:
    """Return what is asked when a job has started."""
    return (
        Together(
            Text("employer_name", tr("&Employer"), needed=True, placeholder=tr("Type the first letters")),
            Text("title", tr("Job &title")),
            Date("started_on", tr("Started &on"), needed=True),
        ),
        _new_employer(codes),
        Together(
            Text("usual_hours", tr("&Hours a week"), placeholder="16"),
            Text("hourly_pay", tr("&Pay an hour"), placeholder="£12.71"),
            Choice("contract", tr("&Contract"), options=codes.options("contract_kind", unstated=False)),
            Choice("employment_type", tr("Employed &as"), options=codes.options("employment_type")),
        ),
        Check(MORE, tr("&More about this job: guaranteed hours, where, evidence")),
        Together(
            Text("guaranteed_hours", tr("&Guaranteed hours a week")),
            _wants_more(codes),
            Date("four_hours_on", tr("First 4 paid hours &done on"), lean="past"),
        ),
        *_more(codes, unstated=False),
    )


def correct_parts(codes: CodeBook, *, has_ended: bool) -> tuple[Part, ...]:
    """Return what is asked to correct a job; of its end only where it has one."""
    end = end_parts(codes, needed=False) if has_ended else ()
    return (
        Together(
            Text("employer_name", tr("&Employer"), needed=True),
            Text("title", tr("Job &title")),
            Date("started_on", tr("Started &on"), needed=True),
        ),
        _new_employer(codes),
        Together(
            Choice("contract", tr("&Contract"), options=codes.options("contract_kind")),
            Choice("employment_type", tr("Employed &as"), options=codes.options("employment_type")),
            Date("four_hours_on", tr("First 4 paid hours &done on"), lean="past"),
        ),
        *_more(codes),
        *end,
    )


def _new_employer(codes: CodeBook) -> Part:
    return Together(
        Text("employer_town", tr("New employer: to&wn")),
        Choice("employer_size", tr("How many work there"), options=codes.options("size_band")),
        Choice("employer_sort", tr("What it is"), options=codes.options("employer_sort")),
    )


def _more(codes: CodeBook, *, unstated: bool = True) -> tuple[Part, ...]:
    main = (Option(True, tr("The main job")), Option(False, tr("Beside the main job")))
    return (
        Together(
            Text("site", tr("Where (site or place)")),
            Text("occupation", tr("Kind of work")),
            Text("soc", tr("Code of occupation (SOC), if known"), longest=7),
        ),
        Together(
            Choice("is_main", tr("Several jobs at once"), options=main),
            Choice("is_competitive", tr("Open to anybody to apply"), options=codes.options("yes_no")),
        ),
        Together(
            Choice(
                "evidence", tr("E&vidence of the start"), options=codes.options("evidence", unstated=unstated)
            ),
            Date("evidence_seen_on", tr("Seen on"), lean="past"),
        ),
        Lines("note", tr("Note"), rows=2),
    )


def _wants_more(codes: CodeBook) -> Choice:
    return Choice("wants_more_hours", tr("Wants more hours"), options=codes.options("yes_no"))


def end_parts(codes: CodeBook, *, needed: bool = True) -> tuple[Part, ...]:
    """Return what is asked when a job has ended."""
    return (
        Together(
            Date("ended_on", tr("Last da&y"), needed=needed, lean="past"),
            Choice("end_reason", tr("&Why it ended"), options=codes.options("end_reason")),
        ),
        Lines("end_note", tr("In the client’s &words, or what to know next time"), rows=2),
    )


def terms_parts(codes: CodeBook) -> tuple[Part, ...]:
    """Return what is asked of hours and pay from a day on."""
    return (
        Together(
            Date("as_on", tr("&From"), needed=True),
            Text("usual_hours", tr("&Hours a week")),
            Text("guaranteed_hours", tr("&Guaranteed")),
            Text("hourly_pay", tr("&Pay an hour")),
            _wants_more(codes),
        ),
    )


def evidence_parts(
    codes: CodeBook, outcomes: Sequence[Option], documents: Sequence[Option]
) -> tuple[Part, ...]:
    """Return what is asked of evidence that was seen."""
    kinds = codes.options("evidence", unstated=False)
    return (
        Together(
            Choice("outcome", tr("Evidence &of"), needed=True, options=outcomes),
            Choice("sort", tr("What was &seen"), needed=True, options=kinds),
            Date("seen_on", tr("Seen o&n"), needed=True, lean="past"),
        ),
        Together(
            Date("from_on", tr("Covers &from"), lean="past"),
            Date("to_on", tr("&To"), lean="past"),
            Choice("document_id", tr("&Document kept here"), options=documents),
        ),
        Lines("note", tr("Note"), rows=2),
    )


def fill_parts() -> tuple[Part, ...]:
    """Return what is asked before weeks are filled from the usual hours."""
    return (
        Together(
            Date("from_on", tr("&From the week of"), needed=True, lean="past"),
            Date("to_on", tr("&To the week of"), needed=True, lean="past"),
        ),
    )


def check_parts(questions: Sequence[GoodWorkQuestion]) -> tuple[Part, ...]:
    """Return the good-work check: the short questions, and the others behind a fold."""
    hint = tr(
        "There are no right or wrong answers, and any question may be left out. Keys: 1 yes, 2 partly, 3 no, 0 don’t "
        "know, P prefer not to say, S skip, Up to go back."
    )
    short = [_asked(one) for one in questions if one.is_short]
    rest = [_asked(one) for one in questions if not one.is_short]
    return (
        Date("done_on", tr("Answered &on"), needed=True, lean="past"),
        Heading(tr("How is the work?"), hint),
        *short,
        Lines("note", tr("What would make it &better?"), rows=2),
        Check(MORE, tr("&More questions")),
        *rest,
    )


def _asked(question: GoodWorkQuestion) -> Answer:
    options = (
        Option("yes", tr("Yes")),
        Option("partly", tr("Partly")),
        Option("no", tr("No")),
        Option(DONT_KNOW, tr("Don’t know")),
        Option(str(Unstated.PREFERS_NOT_TO_SAY), tr("Prefer not to say")),
    )
    return Answer(question.key, question.words, options=options, keys=GOOD_WORK_KEYS)
