"""What a person chose about the screen's privacy on this computer; no client is ever named here."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings

CLIPBOARD_SECONDS = (15, 30, 60, 120, 300)
_USUAL_SECONDS = 60


@dataclass(frozen=True, slots=True)
class PrivacyChoices:
    """When the privacy screen comes by itself, and how long copied text stays on the clipboard."""

    on_second_screen: bool = True
    at_half_idle: bool = True
    after_minimised: bool = False
    clipboard_seconds: int = _USUAL_SECONDS


def kept_privacy(settings: QSettings) -> PrivacyChoices:
    """Return what was chosen; what was not, or cannot be read, is as usual."""
    usual = PrivacyChoices()
    kept = str(settings.value("privacy/clipboard_seconds", str(_USUAL_SECONDS), type=str))
    seconds = int(kept) if kept.isdecimal() else _USUAL_SECONDS
    return PrivacyChoices(
        _flag(settings, "second_screen", usual=usual.on_second_screen),
        _flag(settings, "half_idle", usual=usual.at_half_idle),
        _flag(settings, "after_minimised", usual=usual.after_minimised),
        seconds if seconds in CLIPBOARD_SECONDS else _USUAL_SECONDS,
    )


def keep_privacy(settings: QSettings, choices: PrivacyChoices) -> None:
    """Remember a choice."""
    settings.setValue("privacy/second_screen", _word(on=choices.on_second_screen))
    settings.setValue("privacy/half_idle", _word(on=choices.at_half_idle))
    settings.setValue("privacy/after_minimised", _word(on=choices.after_minimised))
    settings.setValue("privacy/clipboard_seconds", str(choices.clipboard_seconds))
    settings.sync()


def _word(*, on: bool) -> str:
    return "yes" if on else "no"


def _flag(settings: QSettings, key: str, *, usual: bool) -> bool:
    return str(settings.value(f"privacy/{key}", _word(on=usual), type=str)) == "yes"
