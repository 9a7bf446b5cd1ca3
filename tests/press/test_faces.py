import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.press.faces import BOLD, REGULAR, Run, fitted, font, runs, single_run, width
from coachdesk.press.style import STANDARD, Face


@pytest.mark.parametrize(
    "name", ["Łukasz Žižek", "Ελένη", "Борис", "Nguyễn Thị ạ", "Seán O’Neill–Dúill", "€12 £3 ½"]
)
def test_the_names_of_northern_towns_print_as_they_are(name: str) -> None:
    assert runs(name, Face.INTER) == (Run(Face.INTER, name),)


def test_a_letter_and_its_accent_become_one() -> None:
    assert runs("Jose\u0301", Face.INTER) == (Run(Face.INTER, "José"),)


def test_what_the_easy_read_face_lacks_comes_from_inter() -> None:
    assert runs("to Борис ok", Face.EASY_READ) == (
        Run(Face.EASY_READ, "to "),
        Run(Face.INTER, "Борис"),
        Run(Face.EASY_READ, " ok"),
    )
    assert single_run("Борис", Face.EASY_READ) == Run(Face.INTER, "Борис")


def test_a_character_no_face_holds_is_spelled_out_never_a_box() -> None:
    (run,) = runs("Hi 🙂!", Face.INTER)
    assert run.text == "Hi [slightly smiling face]!"
    assert runs("م\ue000", Face.INTER)[0].text == "[arabic letter meem, u+e000]"
    assert single_run("to Борис 🙂", Face.EASY_READ).text == "to Борис [slightly smiling face]"


def test_a_ligature_is_taken_apart_and_what_is_invisible_dropped() -> None:
    assert runs("\ufb01ne\ufe0f\u200d", Face.INTER) == (Run(Face.INTER, "fine"),)


def test_line_breaks_stay_and_other_control_characters_become_spaces() -> None:
    assert runs("a\nb\tc\x07d", Face.INTER) == (Run(Face.INTER, "a\nb c d"),)
    assert single_run("a\nb\tc", Face.INTER) == Run(Face.INTER, "a b c")


@given(st.text(max_size=30), st.sampled_from(Face))
def test_whatever_is_typed_only_characters_that_print_come_out(text: str, face: Face) -> None:
    for run in (*runs(text, face), single_run(text, face)):
        assert runs(run.text, run.face) in {(run,), ()} or not run.text


def test_a_text_too_wide_is_cut_with_an_ellipsis() -> None:
    room = width("Bradford and…", font(Face.INTER), STANDARD.small)
    assert fitted("Bradford and Keighley", room, STANDARD, REGULAR).text == "Bradford and…"
    assert fitted("Hull", room, STANDARD, REGULAR).text == "Hull"
    assert fitted("Hull", 0, STANDARD, REGULAR).text == ""


def test_bold_and_regular_are_different_cuts() -> None:
    assert width("Leeds", font(Face.INTER, BOLD), 10) > width("Leeds", font(Face.INTER), 10)
