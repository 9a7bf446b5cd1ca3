"""What can be planned is asked in the words of the field, for just what a return reads."""

from coachdesk.casework.programmes import PROFILE_MEASURES
from coachdesk.ui.planned_measures import measure_options, measure_words


def test_everything_a_return_reads_can_be_planned_and_nothing_else() -> None:
    assert tuple(measure_words()) == PROFILE_MEASURES
    assert [(one.value, one.words) for one in measure_options()] == list(measure_words().items())
