"""Linux: sleep, lock and the screen saver as they are told on the message buses of this computer.

Only buses behind a Unix socket of this computer are listened to; one that is reached over a network is left
alone, and none is started that is not there. We listen; we ask nobody for anything.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

SYSTEM_SOCKETS = (Path("/run/dbus/system_bus_socket"), Path("/var/run/dbus/system_bus_socket"))
_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)


class BusEar(QObject):
    """The slots the buses call, by name."""

    def __init__(self, told: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = told

    @Slot(bool)
    def switched(self, on: bool) -> None:  # noqa: FBT001  the bus sends one value
        """Tell of going to sleep, or of the screen saver coming on; waking up and going off say nothing."""
        if on:
            self._told()

    @Slot()
    def locked(self) -> None:
        """Tell of the session being locked."""
        self._told()


def is_local(address: str) -> bool:
    """Return whether every way an address names is a Unix socket of this computer."""
    return bool(address) and all(one.startswith("unix:") for one in address.split(";") if one)


def addresses(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each bus that is there and of this computer, by "session" and "system"."""
    found = {"session": environment.get("DBUS_SESSION_BUS_ADDRESS", "")}
    socket = next((place for place in SYSTEM_SOCKETS if place.exists()), None)
    usual = f"unix:path={socket}" if socket is not None else ""
    found["system"] = environment.get("DBUS_SYSTEM_BUS_ADDRESS", usual)
    return {bus: address for bus, address in found.items() if is_local(address)}


def listen_to_bus(
    parent: QObject, told: Callable[[], None], environment: Mapping[str, str]
) -> Callable[[], None] | None:
    """Listen on whatever local bus there is; return how to stop, or None where there is none."""
    found = addresses(environment)
    if not found:
        return None
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  a library more, wanted after unlocking only

    ear = BusEar(told, parent)
    subscribe = {"session": _subscribe_session, "system": _subscribe_system}
    for bus, address in found.items():
        subscribe[bus](QDBusConnection.connectToBus(address, _name(bus)), ear)

    def stop() -> None:
        ear.deleteLater()
        for bus in found:
            QDBusConnection.disconnectFromBus(_name(bus))

    return stop


def _name(bus: str) -> str:
    return f"coachdesk-{bus}"


def _subscribe_session(bus: "QDBusConnection", ear: BusEar) -> None:
    for saver in _SAVERS:
        _connect(bus, saver, "ActiveChanged", ear, "switched(bool)")


def _subscribe_system(bus: "QDBusConnection", ear: BusEar) -> None:
    _connect(bus, "org.freedesktop.login1.Manager", "PrepareForSleep", ear, "switched(bool)")
    _connect(bus, "org.freedesktop.login1.Session", "Lock", ear, "locked()")


def _connect(bus: "QDBusConnection", interface: str, name: str, ear: BusEar, slot: str) -> None:
    # From whoever says it: the sender's name differs from desktop to desktop, and a false alarm only locks.
    bus.connect("", "", interface, name, ear, SLOT(slot))  # type: ignore[call-overload]  # the stub wants bytes, Qt text
