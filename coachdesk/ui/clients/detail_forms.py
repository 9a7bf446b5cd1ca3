"""What the details forms ask, and the same facts in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.details import CIRCUMSTANCES
from coachdesk.casework.safe_contact import email_rules, phone_rules, post_rules
from coachdesk.terms import Unstated
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.forms.fields import Check, Choice, Date, Heading, Lines, Number, Part, Text, Together
from coachdesk.ui.widgets import Fact

_CODED = frozenset(
    {
        "local_authority", "icb", "may_call", "may_leave_voicemail", "may_text", "may_email", "may_post",
        "interpreter", "source", "route", "stage",
    }
)  # fmt: skip
_YES_NO = frozenset({"may_call", "may_leave_voicemail", "may_text", "may_email", "may_post", "interpreter"})
_PER_LINE = 3


def _say(words: str) -> str:
    return QCoreApplication.translate("Details", words)


class DetailForms:
    """Forms and facts of a client's details, in the words of the lists in force."""

    def __init__(self, codes: CodeBook) -> None:
        self._codes = codes
        self._questions = {
            "sex": _say("Sex"),
            "gender_identity": _say("Gender identity"),
            "ethnic_group": _say("What is your ethnic group?"),
            "long_condition": _say("Any physical or mental health condition lasting 12 months or more?"),
            "activity_restriction": _say("Does it reduce your ability to carry out day-to-day activities?"),
            "religion": _say("Religion or belief"),
            "sexual_orientation": _say("Sexual orientation"),
            "carer": _say("Looks after somebody"),
            "marital_status": _say("Married or in a civil partnership"),
            "armed_forces": _say("Has served in the armed forces"),
            "economic_activity": _say("Work last week"),
            "qualification": _say("Highest qualification"),
            "housing": _say("Home"),
            "household": _say("Household"),
            "caring": _say("Caring responsibilities"),
            "transport": _say("Getting about"),
            "digital_access": _say("Computer and internet"),
        }

    def _coded(self, name: str, words: str) -> Choice:
        return Choice(name, words, options=self._codes.options("yes_no" if name in _YES_NO else name))

    def coded(self, names: Iterable[str], said: str) -> tuple[Part, ...]:
        """Return one choice a question, several on a line."""
        asked = [self._coded(name, self._questions[name]) for name in names]
        lines = [Together(*asked[start : start + _PER_LINE]) for start in range(0, len(asked), _PER_LINE)]
        return (Heading("", said), *lines)

    def words(self, names: Iterable[str], answers: Mapping[str, str]) -> tuple[Fact, ...]:
        """Return the answers that were given, in words; questions nobody asked are left out."""
        return tuple(
            Fact(self._questions[name], self._codes.title(name, answers[name]))
            for name in names
            if answers[name] != Unstated.NOT_ASKED
        )

    def details(self) -> tuple[Part, ...]:
        """Return the form of a client's own details."""
        return (
            Heading(_say("Name and birth")),
            Together(
                Text("first_name", _say("&First name")),
                Text("last_name", _say("&Last name")),
                Text("known_as", _say("&Known as")),
            ),
            Together(
                Text("pronouns", _say("Pronouns")),
                Text("birth", _say("&Born"), placeholder=_say("9/4/1974, May 1974, 1974, about 40")),
                Text("nino", _say("National Insurance number")),
            ),
            Heading(_say("Address")),
            Together(
                Text("address", _say("&Address")),
                Text("town", _say("&Town")),
                Text("postcode", _say("&Postcode")),
            ),
            Together(
                self._coded("local_authority", _say("District")),
                self._coded("icb", _say("Integrated care board")),
                Text("ward", _say("Ward")),
                Check("no_fixed_abode", _say("No fixed abode")),
            ),
            Heading(_say("Reaching them safely")),
            Together(Text("phone", _say("P&hone")), Text("email", _say("&Email"))),
            Together(
                self._coded("may_call", _say("May we call?")),
                self._coded("may_leave_voicemail", _say("May we leave a voicemail?")),
                self._coded("may_text", _say("May we text?")),
            ),
            Together(
                self._coded("may_email", _say("May we email?")),
                self._coded("may_post", _say("May we write by post?")),
                Text("safe_contact_note", _say("Anything else about safe contact")),
            ),
            Heading(_say("Communication and safety")),
            Together(
                Text("language", _say("Preferred language")),
                self._coded("interpreter", _say("Interpreter needed?")),
                Text("emergency_contact", _say("Emergency contact")),
            ),
            Lines("communication_needs", _say("Co&mmunication needs, shown on every screen"), rows=2),
            Lines("risk_note", _say("&Risk and lone working"), rows=2),
        )

    def plain(self, name: str, value: Any) -> Any:
        """Return a form's value as the record holds it: an unanswered code is "not asked"."""
        return str(Unstated.NOT_ASKED) if name in _CODED and value is None else value

    def reach(self, values: Mapping[str, Any]) -> tuple[Fact, ...]:
        """Return how somebody can be reached, what was agreed about each way above it; safe contact comes last."""
        post = ", ".join(str(values[name]) for name in ("address", "town") if values[name])
        ways = (
            (_say("Phone"), values["phone"], phone_rules(values)),
            (_say("Email"), values["email"], email_rules(values)),
            (_say("Post"), post, post_rules(values)),
            (_say("Safe contact"), values["safe_contact_note"], ()),
        )
        return tuple(
            Fact(f"{way}: {', '.join(rules)}" if rules else way, str(where))
            for way, where, rules in ways
            if where
        )

    def circumstances(self) -> tuple[Part, ...]:
        """Return the form of a snapshot."""
        return (
            Heading("", _say("A new snapshot that starts from the last; earlier ones are kept.")),
            Together(
                Date("as_on", _say("As on"), needed=True, lean="past"),
                Number("months_since_work", _say("Months since last work"), lowest=0, highest=900),
                Text("benefits", _say("Benefits"), placeholder=_say("Universal Credit, PIP")),
            ),
            *self.coded(CIRCUMSTANCES, "")[1:],
            Lines("work_restrictions", _say("What limits the work"), rows=2),
        )

    def facts(self, values: Mapping[str, Any]) -> tuple[Fact, ...]:
        """Return the details worth seeing at a glance."""
        nothing = _say("Not said")
        shown = (
            ("birth", _say("Born")),
            ("postcode", _say("Postcode")),
            ("language", _say("Language")),
        )
        return tuple(Fact(words, str(values[name]) or nothing) for name, words in shown)
