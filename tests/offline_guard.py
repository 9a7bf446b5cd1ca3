"""No test, and no program a test starts, may open anything but a local socket: the kernel ends whoever tries.

The filter is a seccomp program (Linux): it looks at every ``socket`` call of this process and of all it starts, and
lets only the local family through. The window's own connection to the display is of that family.
"""

import ctypes
import platform
import socket
import struct
import sys
from typing import Any, ClassVar

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, END_PROCESS = 0x7FFF0000, 0x80000000
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER_AT, MACHINE_AT, FIRST_ARGUMENT_AT = 0, 4, 16
MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's name of a machine, and the number of its ``socket`` call."""


class OfflineError(AssertionError):
    """Somebody tried to reach out of the laptop."""


class _Program(ctypes.Structure):
    _fields_: ClassVar[Any] = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def _step(operation: int, yes: int, no: int, value: int) -> bytes:
    return struct.pack("HBBI", operation, yes, no, value)


def _code(machine: int, call: int) -> bytes:
    return b"".join(
        [
            _step(LOAD, 0, 0, MACHINE_AT),
            _step(JUMP_IF_EQUAL, 0, 4, machine),
            _step(LOAD, 0, 0, NUMBER_AT),
            _step(JUMP_IF_EQUAL, 0, 2, call),
            _step(LOAD, 0, 0, FIRST_ARGUMENT_AT),
            _step(JUMP_IF_EQUAL, 0, 1, socket.AF_UNIX),
            _step(RETURN, 0, 0, ALLOW),
            _step(RETURN, 0, 0, END_PROCESS),
        ]
    )


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.__new__" and arguments[1] not in (socket.AF_UNIX, -1):
        raise OfflineError("a socket that is not local")
    if event in {"socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}:
        raise OfflineError(event)


def stay_offline() -> bool:
    """Shut the way out for this process and all it starts; return whether the kernel keeps it shut.

    Elsewhere than on Linux only Python's own doors are watched.
    """
    sys.addaudithook(_hook)
    known = MACHINES.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(_code(*known))
    program = _Program(len(code) // 8, ctypes.cast(code, ctypes.c_void_p))
    if library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)
