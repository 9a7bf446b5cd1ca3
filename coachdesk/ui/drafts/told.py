"""A draft that speaks for itself: beside what was typed it keeps the words, and what stood there when it was begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coachdesk.ui.forms import fields
from coachdesk.ui.forms.form import Form

ABOUT, BEFORE, WORDS = "_about", "_before", "_words"


@dataclass(frozen=True, slots=True)
class ToldField:
    """One field of a draft in words: its label, what was saved, what had been typed."""

    label: str
    saved: str
    typed: str


def draft_of(form: Form, before: Mapping[str, Any], typed: Mapping[str, Any], about: str) -> dict[str, Any]:
    """Return what is kept of a form: what was typed, and all that is needed to show it without the form."""
    words = [
        [form.row(name).field.label.replace("&", ""), _said(form, name, before), _said(form, name, typed)]
        for name in form.names()
        if _said(form, name, before) != _said(form, name, typed)
    ]
    return {**typed, ABOUT: about, BEFORE: dict(before), WORDS: words}


def together(draft: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the draft of a form together with that of another one which is saved with it."""
    told = {name: value for name, value in more.items() if name != ABOUT}
    return {
        **told,
        **draft,
        BEFORE: {**more[BEFORE], **draft[BEFORE]},
        WORDS: [*draft[WORDS], *more[WORDS]],
    }


def _said(form: Form, name: str, raw: Mapping[str, Any]) -> str:
    value, field = raw.get(name), form.row(name).field
    if isinstance(field, fields.Choice | fields.Choices):
        titles = {str(option.value): option.words for option in field.options}
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(titles.get(str(one), "") for one in chosen)
    if isinstance(value, bool):
        return field.label.replace("&", "") if value else ""
    return "" if value is None else str(value)


def changed(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a draft somebody had changed; the rest stays as it has been saved since."""
    before = kept.get(BEFORE)
    typed = {name: value for name, value in kept.items() if name not in (ABOUT, BEFORE, WORDS)}
    if not isinstance(before, Mapping):
        return typed
    return {name: value for name, value in typed.items() if name not in before or before[name] != value}


def about(kept: Mapping[str, Any]) -> str:
    """Return what the form was headed with; blank for a draft that does not say."""
    return str(kept.get(ABOUT, ""))


def told(kept: Mapping[str, Any]) -> Sequence[ToldField]:
    """Return the fields of a draft in words, as the form asked them."""
    if WORDS not in kept:
        return tuple(ToldField(name, "", str(value)) for name, value in kept.items() if value)
    return tuple(ToldField(*map(str, one)) for one in kept[WORDS])


def is_something(kept: Mapping[str, Any]) -> bool:
    """Return whether a draft holds anything that was not saved; what was typed and taken out again does not."""
    return WORDS not in kept or bool(kept[WORDS])
