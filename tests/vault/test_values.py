"""Values in the journal: one canonical text, and nothing it cannot hold."""

import pytest

from coachdesk.errors import Refusal
from coachdesk.models import ReleaseFile
from coachdesk.vault.values import encoded, shape


def test_nul_characters_are_left_out_as_the_columns_do() -> None:
    assert encoded({"b": "x\0y", "a": None}) == '{"a":null,"b":"xy"}'


def test_what_has_no_form_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError, match="object"):
        encoded({"a": object()})


def test_a_long_file_cannot_be_had_from_its_digest() -> None:
    file = shape(ReleaseFile)
    assert file.decoded(encoded({"content": b"%PDF"})) == {"content": b"%PDF"}
    with pytest.raises(Refusal, match="not kept twice"):
        file.decoded(encoded({"content": b"%PDF" * 100}))
