"""A program that is killed in the middle of a change of keys, at one event after the other."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coachdesk.clock import FixedClock
from coachdesk.vault import files, key_change, rotation, slot_store
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from tests.vault_fixtures import TODAY, Template

WATCHED: tuple[tuple[Any, str], ...] = (
    (rotation, "copied_data"),
    (rotation, "_applied"),
    (rotation, "synced"),
    (rotation, "put_slots"),
    (rotation, "keep_mark"),
    (key_change, "put_slots"),
    (files, "replaced"),
    (files, "synced"),
    (slot_store, "drop_kept"),
    (slot_store, "read_slots"),
    (OpenVault, "adopt"),
    (OpenVault, "keep_mark"),
    (Path, "unlink"),
)


def killed_at(event: int, act: Callable[[OpenVault], None], template: Template, folder: Path) -> bool:
    """Do something in a child that kills itself at an event; return whether it came to the end before that."""
    child = os.fork()
    if child == 0:  # pragma: no cover - the child dies or leaves without a word
        try:
            seen = 0

            def watched(real: Callable[..., Any]) -> Callable[..., Any]:
                def call(*args: Any, **options: Any) -> Any:
                    nonlocal seen
                    seen += 1
                    if seen == event:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return real(*args, **options)

                return call

            sealed = SealedVault(folder)
            file = sealed.slot_file()
            vault = sealed.opened_with(file, file.slots[0], template.keyring(), clock=FixedClock.on(TODAY))
            for module, name in WATCHED:
                setattr(module, name, watched(getattr(module, name)))
            act(vault)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child must never come back into the tests
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)
