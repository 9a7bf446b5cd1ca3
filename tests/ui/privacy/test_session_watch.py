"""What the system says about sleep and its own lock reaches us, and nothing else does."""

import ctypes
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.privacy import session_bus, session_windows
from coachdesk.ui.privacy.session import SessionWatch
from coachdesk.ui.privacy.session_bus import BusEar, addresses, is_local, listen_to_bus
from coachdesk.ui.privacy.session_windows import Message, MessageEar, listen_to_windows

GENERIC = b"windows_generic_MSG"


class Told:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *_given: object) -> None:
        self.times += 1


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("unix:path=/run/user/1000/bus", True),
        ("unix:abstract=/tmp/dbus-x,guid=1;unix:path=/tmp/y", True),
        ("tcp:host=example.org,port=1", False),
        ("unix:path=/tmp/y;tcp:host=example.org,port=1", False),
        ("autolaunch:", False),
        ("", False),
    ],
)
def test_only_a_bus_of_this_computer_is_listened_to(address: str, *, local: bool) -> None:
    assert is_local(address) is local


def test_no_bus_is_started_or_reached_for(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.setattr(session_bus, "SYSTEM_SOCKETS", (Path("/nowhere/at/all"),))
    far = {
        "DBUS_SESSION_BUS_ADDRESS": "tcp:host=example.org,port=1",
        "DBUS_SYSTEM_BUS_ADDRESS": "autolaunch:",
    }
    assert listen_to_bus(qapp, Told(), {}) is None
    assert listen_to_bus(qapp, Told(), far) is None


def test_sleep_screen_saver_and_lock_are_told_waking_is_not() -> None:
    told = Told()
    ear = BusEar(told)
    ear.switched(False)
    assert told.times == 0
    ear.switched(True)
    ear.locked()
    assert told.times == 2


SAID: tuple[tuple[str, str, str, list[bool]], ...] = (
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [False]),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
    ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [False]),
    ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", []),
    ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Unlock", []),
)


class Desktop(QObject):
    """Says on its own end of a line what desktops say on the bus."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self.server = QDBusServer(f"unix:path={place}")
        self.server.newConnection.connect(self.say)
        self.sent: list[bool] = []

    @Slot(QDBusConnection)
    def say(self, line: QDBusConnection) -> None:
        self.line = QDBusConnection(line)
        for path, interface, name, values in SAID:
            signal = QDBusMessage.createSignal(path, interface, name)
            signal.setArguments(values)
            self.sent.append(self.line.send(signal))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no bus on Windows")
def test_what_desktops_say_on_the_bus_is_heard(qtbot: QtBot, tmp_path: Path) -> None:
    desktop = Desktop(tmp_path / "bus")
    told = Told()
    ear = BusEar(told)
    line = QDBusConnection.connectToPeer(desktop.server.address(), "test_session_watch")
    session_bus._subscribe_session(line, ear)
    session_bus._subscribe_system(line, ear)
    qtbot.waitUntil(lambda: told.times == 3, timeout=20_000)
    assert desktop.sent == [True] * len(SAID)
    QDBusConnection.disconnectFromPeer("test_session_watch")


def test_only_buses_that_are_there_are_listened_to(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication, tmp_path: Path
) -> None:
    socket = tmp_path / "system"
    monkeypatch.setattr(session_bus, "SYSTEM_SOCKETS", (tmp_path / "nobody", socket))
    here = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'session'}"}
    assert set(addresses(here)) == {"session"}
    socket.touch()
    assert addresses(here)["system"] == f"unix:path={socket}"
    assert set(addresses({**here, "DBUS_SYSTEM_BUS_ADDRESS": "tcp:host=example.org,port=1"})) == {"session"}
    stop = listen_to_bus(qapp, Told(), here)  # nobody answers at either, and nothing comes of it
    assert stop is not None
    stop()


def _hear(ear: MessageEar, message: int, value: int, kind: bytes = GENERIC) -> None:
    sent = Message(0, message, value, 0)
    assert ear.nativeEventFilter(kind, ctypes.addressof(sent)) == (False, 0)


@pytest.mark.parametrize(
    ("message", "value", "times"),
    [
        (session_windows.POWER, 0x4, 1),  # going to sleep
        (session_windows.POWER, 0x12, 0),  # woken by itself
        (session_windows.SESSION, 0x7, 1),  # locked
        (session_windows.SESSION, 0x8, 0),  # unlocked
        (session_windows.SESSION, 0x6, 1),  # logged off
        (session_windows.SESSION, 0x2, 1),  # another person at the keyboard
        (0x0100, 0x4, 0),  # a key
    ],
)
def test_windows_messages_about_leaving_are_told(message: int, value: int, times: int) -> None:
    told = Told()
    _hear(MessageEar(told), message, value)
    assert told.times == times


def test_messages_of_another_kind_are_not_read() -> None:
    told = Told()
    _hear(MessageEar(told), session_windows.POWER, 0x4, b"xcb_generic_event_t")
    assert told.times == 0


def test_listening_to_windows_begins_and_ends(qapp: QApplication) -> None:
    del qapp
    told = Told()
    stop = listen_to_windows(0, told)
    assert stop is not None
    stop()
    assert told.times == 0


@pytest.mark.parametrize(("system", "hears"), [("win32", True), ("darwin", False), ("linux", False)])
def test_each_system_is_asked_in_its_own_way(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: str, *, hears: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(session_bus, "SYSTEM_SOCKETS", ())
    monkeypatch.setattr(session_windows, "_register", Told())
    monkeypatch.setattr(sys, "platform", system)
    watch = SessionWatch(QObject())
    assert watch.listen(window, {}) is hears
    watch.stop()
    watch.stop()
