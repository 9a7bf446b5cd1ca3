"""The questions of the draft sheet for Access to Work: those that ship, as the charity words them for itself.

The four sections are the official form's and stay. A key never changes its meaning: a question is reworded or left out,
and what was answered under it stays with the case.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models.base import LINE
from coachdesk.resources import resource
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.settings import keep_setting, read_setting

SETTING = "access_to_work_sheet"
_OWN = "own_"
_GONE = "This question is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetQuestion:
    """A question of the sheet; ``prefilled`` names what the record knows about it."""

    key: str
    words: str
    hint: str = ""
    prefilled: str = ""
    rows: int = 1
    is_reworded: bool = False
    is_left_out: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the charity added it."""
        return self.key.startswith(_OWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A section of the official form, with our questions."""

    key: str
    title: str
    questions: tuple[SheetQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForm:
    """A sheet: what must be known before, and its sections."""

    tells: tuple[str, ...]
    parts: tuple[SheetPart, ...]
    source: str


@cache
def sheet_form() -> SheetForm:
    """Return the sheet that ships."""
    told = tomllib.loads(resource("access_to_work", "sheet.toml").read_text(encoding="utf-8"))
    return SheetForm(
        tells=tuple(told["tells"]),
        parts=tuple(
            SheetPart(
                key=part["key"],
                title=part["title"],
                questions=tuple(_question(one) for one in part["questions"]),
            )
            for part in told["section"]
        ),
        source=told["source"],
    )


def _question(told: Mapping[str, Any]) -> SheetQuestion:
    return SheetQuestion(
        key=told["key"],
        words=told["words"],
        hint=told.get("hint", ""),
        prefilled=told.get("from", ""),
        rows=told.get("rows", 1),
    )


def worded_sheet(session: Session, _question: None = None) -> SheetForm:
    """Return the sheet as the charity words it, the questions it leaves out marked as such."""
    own = read_setting(session, SETTING) or {}
    shipped = sheet_form()
    return replace(
        shipped,
        tells=tuple(own.get("tells", shipped.tells)),
        parts=tuple(
            replace(part, questions=tuple(_worded(one, own) for one in (*part.questions, *_added(part, own))))
            for part in shipped.parts
        ),
    )


def _worded(one: SheetQuestion, own: Mapping[str, Any]) -> SheetQuestion:
    told = own.get("worded", {}).get(one.key)
    left_out = one.key in own.get("left_out", ())
    if told is None:
        return replace(one, is_left_out=left_out)
    return replace(
        one, words=told["words"], hint=told["hint"], is_reworded=not one.is_own, is_left_out=left_out
    )


def _added(part: SheetPart, own: Mapping[str, Any]) -> list[SheetQuestion]:
    keys = (key for key, section in own.get("added", {}).items() if section == part.key)
    return [SheetQuestion(key=key, words=key, rows=2) for key in keys]


def asked_sheet(session: Session, answered: Collection[str]) -> SheetForm:
    """Return the sheet as it is asked: without what is left out, unless it is answered already."""
    form = worded_sheet(session)
    return replace(
        form,
        parts=tuple(
            replace(
                part,
                questions=tuple(one for one in part.questions if not one.is_left_out or one.key in answered),
            )
            for part in form.parts
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WordQuestion:
    """Other words for a question, or with an empty key a question of the charity's own in a section."""

    key: str
    section: str
    words: str
    hint: str = ""


def word_question(session: Session, wish: WordQuestion) -> str:
    """Word or add a question and return its key.

    Raises Refusal for anybody but a manager, without words or with too many, and for a question or section there is none of.
    """
    own = _own(session)
    words, hint = wish.words.strip(), wish.hint.strip()
    wrong = {
        name: f"At most {LINE} letters."
        for name, said in (("words", words), ("hint", hint))
        if len(said) > LINE
    }
    if not words:
        wrong["words"] = "Type the question."
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)
    key = wish.key
    if key:
        _known(session, key)
    elif wish.section in {part.key for part in sheet_form().parts}:
        key = f"{_OWN}{len(own['added']) + 1}"
        own["added"] = {**own["added"], key: wish.section}
    else:
        raise Refusal(_GONE)
    own["worded"] = {**own["worded"], key: {"words": words, "hint": hint}}
    keep_setting(session, SETTING, own)
    return key


def leave_out_question(session: Session, key: str) -> None:
    """Ask a question no more where it is not answered yet; raises Refusal as ``word_question``."""
    own = _own(session)
    _known(session, key)
    own["left_out"] = sorted({*own["left_out"], key})
    keep_setting(session, SETTING, own)


def restore_question(session: Session, key: str) -> None:
    """Ask a question again, one that ships in the words that ship; raises Refusal as ``word_question``."""
    own = _own(session)
    one = _known(session, key)
    own["left_out"] = [each for each in own["left_out"] if each != key]
    if not one.is_own:
        own["worded"] = {each: told for each, told in own["worded"].items() if each != key}
    keep_setting(session, SETTING, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTells:
    """What stands above the sheet, a line each; empty brings back what ships."""

    tells: str


def word_tells(session: Session, wish: WordTells) -> None:
    """Keep what must be known before; raises Refusal for anybody but a manager."""
    own = _own(session)
    lines = [line.strip(" \t•-") for line in wish.tells.splitlines()]
    own.pop("tells", None)
    if any(lines):
        own["tells"] = [line for line in lines if line]
    keep_setting(session, SETTING, own)


def _known(session: Session, key: str) -> SheetQuestion:
    found = (one for part in worded_sheet(session).parts for one in part.questions if one.key == key)
    one = next(found, None)
    if one is None:
        raise Refusal(_GONE)
    return one


def _own(session: Session) -> dict[str, Any]:
    check_is_manager(session)
    return {"worded": {}, "left_out": [], "added": {}, **(read_setting(session, SETTING) or {})}
