"""The look a person chose on this computer: colours, text size, easy-read font, idle time."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from coachdesk.ui.theme import Scheme, Theme

SCHEMES: tuple[Scheme, ...] = ("system", "light", "dark")
SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
IDLE_MINUTES = (2, 5, 10, 15, 30)
_USUAL_IDLE = 10


def kept_scheme(settings: QSettings) -> Scheme:
    """Return the colours chosen: light, dark, or as the system says."""
    kept = str(settings.value("look/scheme", "system", type=str))
    return next((scheme for scheme in SCHEMES if scheme == kept), "system")


def kept_scale(settings: QSettings) -> float:
    """Return the text size chosen, 1 being ordinary."""
    return float(str(settings.value("look/scale", "1.0", type=str)))


def kept_easy_read(settings: QSettings) -> bool:
    """Return whether the easy-read font was chosen."""
    return str(settings.value("look/easy_read", "no", type=str)) == "yes"


def keep_look(settings: QSettings, scheme: Scheme, scale: float, *, easy_read: bool) -> None:
    """Remember a look."""
    settings.setValue("look/scheme", scheme)
    settings.setValue("look/scale", str(scale))
    settings.setValue("look/easy_read", "yes" if easy_read else "no")
    settings.sync()


def apply_kept_look(app: QApplication, theme: Theme, settings: QSettings) -> None:
    """Bring the remembered look into force."""
    theme.apply(app, kept_scheme(settings), kept_scale(settings), easy_read_font=kept_easy_read(settings))


def idle_minutes(settings: QSettings) -> int:
    """Return after how many minutes without a touch the vault locks."""
    kept = int(str(settings.value("lock/idle_minutes", str(_USUAL_IDLE), type=str)))
    return kept if kept in IDLE_MINUTES else _USUAL_IDLE


def keep_idle_minutes(settings: QSettings, minutes: int) -> None:
    """Remember the idle time."""
    settings.setValue("lock/idle_minutes", str(minutes))
    settings.sync()
