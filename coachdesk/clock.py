"""The one place that reads the laptop's clock; everybody else is given a Clock."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import datetime as dt


class Clock(Protocol):
    """What time it is, given to whoever needs it so that a test can choose."""

    def now(self) -> "dt.datetime":
        """Return the instant, aware, in UTC."""
        ...

    def today(self) -> "dt.date":
        """Return the calendar date where the laptop stands."""
        ...


class SystemClock:
    """The laptop's own clock."""

    def now(self) -> "dt.datetime":
        """Return the instant, aware, in UTC."""
        import datetime as dt  # noqa: PLC0415  the unlock window is given a clock and asks it nothing

        return dt.datetime.now(dt.UTC)

    def today(self) -> "dt.date":
        """Return the calendar date where the laptop stands."""
        import datetime as dt  # noqa: PLC0415  as above

        return dt.date.today()


class FixedClock(NamedTuple):
    """A clock that stands still, for tests and for returns that are made again."""

    at: "dt.datetime"

    @classmethod
    def on(cls, day: "dt.date") -> "FixedClock":
        """Return a clock standing at noon UTC of a day."""
        import datetime as dt  # noqa: PLC0415  as above

        return cls(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC))

    def now(self) -> "dt.datetime":
        """Return the instant it stands at, in UTC."""
        return self.at

    def today(self) -> "dt.date":
        """Return the date it stands at."""
        return self.at.date()
