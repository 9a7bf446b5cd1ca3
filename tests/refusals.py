"""What is refused, and which fields a person would be shown for it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.vault.opened import OpenVault
from tests.makers import do


def refused(
    vault: OpenVault, act: Callable[[Session, Any], object], wish: Any, sentence: str = r"\w"
) -> set[str]:
    """Return the fields of the refusal that an action meets; it has to say the sentence."""
    with pytest.raises(Refusal, match=sentence) as caught:
        do(vault, act, wish)
    return set(caught.value.fields)
