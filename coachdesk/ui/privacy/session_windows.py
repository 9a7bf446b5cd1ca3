"""Windows: sleep, a closed lid that means sleep, and the locked session, as window messages."""

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from typing_extensions import override

POWER, SESSION = 0x0218, 0x02B1  # WM_POWERBROADCAST, WM_WTSSESSION_CHANGE (winuser.h)
_SUSPEND = 0x0004  # PBT_APMSUSPEND; sent before every sleep, also the one a lid begins
_WENT_AWAY = frozenset(
    {0x2, 0x4, 0x6, 0x7}
)  # WTS_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _SESSION_LOGOFF, _SESSION_LOCK
_KINDS = (b"windows_generic_MSG", b"windows_dispatcher_MSG")


class Message(ctypes.Structure):
    """The head of MSG, as winuser.h lays it out."""

    _fields_ = (  # type: ignore[mutable-override]  # the stub wants any sequence, and calls each one narrower
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("first", ctypes.c_size_t),
        ("second", ctypes.c_ssize_t),
    )


class MessageEar(QAbstractNativeEventFilter):
    """Reads the two messages that matter and lets every one pass."""

    def __init__(self, told: Callable[[], None]) -> None:
        super().__init__()
        self._told = told

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        if bytes(eventType if not isinstance(eventType, QByteArray) else eventType.data()) in _KINDS:
            heard = Message.from_address(int(message))
            if leaves(heard.message, heard.first):
                self._told()
        return False, 0


def leaves(message: int, value: int) -> bool:
    """Return whether a message says that nobody will be at the screen."""
    return (message == POWER and value == _SUSPEND) or (message == SESSION and value in _WENT_AWAY)


def listen_to_windows(handle: int, told: Callable[[], None]) -> Callable[[], None] | None:
    """Listen to the messages of this thread; return how to stop, or None without an application."""
    app = QCoreApplication.instance()
    if app is None:
        return None
    ear = MessageEar(told)
    app.installNativeEventFilter(ear)
    _register(handle)

    def stop() -> None:
        app.removeNativeEventFilter(ear)

    return stop


def _register(handle: int) -> None:
    """Ask for the session's messages; those about power come unasked."""
    if sys.platform == "win32":  # pragma: no cover  measured on Linux, where there is no such library
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(ctypes.c_void_p(handle), 0)
