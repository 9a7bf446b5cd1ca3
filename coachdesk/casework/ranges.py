"""Hours and pay from one figure to another, in words; one figure alone is said as one."""

from decimal import Decimal

from coachdesk.casework.pay import hours_words, money


def hours_between(least: int | None, most: int | None) -> str:
    """Return minutes a week as hours; empty where neither end is known.

    >>> hours_between(960, 960), hours_between(960, 1200), hours_between(None, 1200), hours_between(960, None)
    ('16 hours a week', '16 to 20 hours a week', 'up to 20 hours a week', '16 hours a week or more')
    """
    if least is None or most is None:
        return _one_end(hours_words(least), hours_words(most))
    return hours_words(least) if least == most else f"{plain_hours(least)} to {hours_words(most)}"


def pay_between(least: int | None, most: int | None) -> str:
    """Return pence an hour as pounds; empty where neither end is known.

    >>> pay_between(1271, 1271), pay_between(1271, 1400), pay_between(1271, None)
    ('£12.71 an hour', '£12.71 to £14.00 an hour', '£12.71 an hour or more')
    """
    ends = [f"{money(end)} an hour" if end is not None else "" for end in (least, most)]
    if least is None or most is None:
        return _one_end(*ends)
    return ends[0] if least == most else f"{money(least)} to {ends[1]}"


def _one_end(least: str, most: str) -> str:
    if least:
        return f"{least} or more"
    return f"up to {most}" if most else ""


def plain_hours(minutes: int | None) -> str:
    """Return minutes as the hours one types: 990 is "16.5"; empty for nothing."""
    if minutes is None:
        return ""
    return f"{Decimal(minutes) / 60:.2f}".rstrip("0").rstrip(".")


def plain_pounds(pence: int | None) -> str:
    """Return pence as the pounds one types: 1271 is "12.71"; empty for nothing."""
    return "" if pence is None else f"{Decimal(pence) / 100:.2f}"
