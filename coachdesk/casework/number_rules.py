"""Rules that are a number with a source: they ship as data, the charity may set its own, and a manager does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.one_moment import once
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import describe

HIGHEST = 366
"""Of any rule, whatever it counts; the lowest is 1."""


@dataclass(frozen=True, slots=True)
class NumberRule:
    """A number to go by, what it says, and where it comes from."""

    title: str
    number: int
    source: str


NumberRules = Mapping[str, NumberRule]
"""Rules by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNumber:
    """Another number for one rule, and who says so."""

    key: str
    number: int | None
    source: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules that belong together: the setting that keeps the charity's own, what they are called, and what ships."""

    setting: str
    called: str
    shipped: Callable[[], NumberRules]

    def in_force(self, session: Session) -> NumberRules:
        """Return the rules in force: those the charity set, else those that ship."""
        return once(session, self.setting, partial(self._read, session))

    def _read(self, session: Session) -> NumberRules:
        own = read_setting(session, self.setting) or {}
        return {
            key: replace(rule, **own[key]) if key in own else rule for key, rule in self.shipped().items()
        }

    def change(self, session: Session, wish: SetNumber) -> None:
        """Set one rule; raises Refusal for anybody but a manager, out of range, without a source, for one that is not there."""
        check_is_manager(session)
        if wish.key not in self.shipped():
            raise Refusal("There is no such rule any more.")
        wrong = {}
        if wish.number is None or not 1 <= wish.number <= HIGHEST:
            wrong["number"] = f"A whole number from 1 to {HIGHEST}."
        if not wish.source.strip():
            wrong["source"] = "Say where this comes from."
        if wrong:
            raise Refusal("Please look at the marked values.", fields=wrong)
        own = read_setting(session, self.setting) or {}
        told = {"number": wish.number, "source": wish.source.strip()}
        keep_setting(session, self.setting, {**own, wish.key: told})
        describe(session, f"Changed a rule of {self.called}")
