"""A note on the desktop of this machine, by D-Bus. Apprise would need the system's own packages.

https://specifications.freedesktop.org/notification-spec/latest/protocol.html
"""

from typing import Any

ANSWERS_WITHIN = 5.0  # seconds


def show(title: str, text: str) -> bool:
    """Show it; whether a desktop took it."""
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    place = DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )
    note: tuple[Any, ...] = (title, 0, "", title, text, [], {}, -1)
    try:
        with open_dbus_connection(bus="SESSION") as bus:
            answer = bus.send_and_get_reply(
                new_method_call(place, "Notify", "susssasa{sv}i", note), timeout=ANSWERS_WITHIN
            )
    except (OSError, KeyError, ValueError, TimeoutError):
        return False
    return bool(answer.header.message_type is MessageType.method_return)
