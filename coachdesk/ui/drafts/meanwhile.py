"""What somebody saved while a form was open, beside each field of that form."""

from PySide6.QtCore import QCoreApplication

from coachdesk.errors import Refusal
from coachdesk.ui.forms.fields import Lines, Text
from coachdesk.ui.forms.form import Form
from coachdesk.vault.meanwhile import ADVICE, TOLD, ChangedMeanwhile


def _say(words: str) -> str:
    return QCoreApplication.translate("Meanwhile", words)


def told_beside(form: Form, refusal: ChangedMeanwhile) -> Refusal:
    """Return the refusal with a sentence for each field the form asks: the text itself where it is text."""
    beside = {name: _told(form, name, refusal.now[name]) for name in form.names() if name in refusal.now}
    return Refusal(TOLD, fields={"": ADVICE, **beside})  # without a field of its own: above the form


def _told(form: Form, name: str, now: object) -> str:
    if now is None or now == "":
        return _say("Somebody emptied this meanwhile.")
    if isinstance(form.row(name).field, Text | Lines) and isinstance(now, str):
        return _say("Saved here meanwhile: “{text}”").format(text=now)
    return _say("Somebody chose another answer here meanwhile.")
