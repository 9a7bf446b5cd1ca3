"""What can be planned for a period of a programme, in words, wherever it is asked or shown."""

from PySide6.QtCore import QCoreApplication

from coachdesk.ui.forms.fields import Option

translate = QCoreApplication.translate


def measure_words() -> dict[str, str]:
    """Return what can be planned in words, by the name that a return reads, in the order of a client's way into work."""
    return {
        "starts": translate("PlannedMeasures", "Starts"),
        "job_entries": translate("PlannedMeasures", "First job starts"),
        "sustained_13": translate("PlannedMeasures", "In work at 13 weeks"),
        "sustained_26": translate("PlannedMeasures", "In work at 26 weeks"),
        "sustained_52": translate("PlannedMeasures", "In work at 52 weeks"),
    }


def measure_options() -> tuple[Option, ...]:
    """Return what can be planned as answers of a form."""
    return tuple(Option(key, words) for key, words in measure_words().items())
