"""Where a note may go: an address as ``apprise`` writes them, checked against a closed list.

Nothing is taken because ``apprise`` knows it: each kind stands here with what may follow the
question mark. What would run a program or read a file of this machine is in no row, and the
process that sends (child.py) refuses it once more.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from stillwater.core.errors import UserError

DESKTOP = "desktop"
LONGEST = 1000  # characters
_SCHEME = re.compile(r"([a-z0-9]+)://")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of way: where apprise has it, and which options it may bear."""

    called: str
    plugin: str  # "module:class" below apprise.plugins; "": ours
    options: frozenset[str] = frozenset()


def _kind(called: str, plugin: str, *options: str) -> Kind:
    return Kind(called, plugin, frozenset(options))


_MAIL = _kind("E-mail", "email:NotifyEmail", "from", "to", "name", "smtp", "user", "pass", "mode")
_NTFY = _kind("ntfy", "ntfy:NotifyNtfy", "to", "priority", "token", "auth", "mode")
_GOTIFY = _kind("Gotify", "gotify:NotifyGotify", "priority")
_BARK = _kind("Bark", "bark:NotifyBark", "level", "sound", "volume")
_SIGNAL = _kind("Signal (your own gateway)", "signal_api:NotifySignalAPI", "from", "to")
_NEXTCLOUD = _kind("Nextcloud Talk", "nextcloudtalk:NotifyNextcloudTalk")
_JSON = _kind("Your own program", "custom_json:NotifyJSON")
KINDS: Mapping[str, Kind] = {
    DESKTOP: Kind("This desktop", ""),
    "mailto": _MAIL,
    "mailtos": _MAIL,
    "ntfy": _NTFY,
    "ntfys": _NTFY,
    "gotify": _GOTIFY,
    "gotifys": _GOTIFY,
    "bark": _BARK,
    "barks": _BARK,
    "signal": _SIGNAL,
    "signals": _SIGNAL,
    "nctalk": _NEXTCLOUD,
    "nctalks": _NEXTCLOUD,
    "json": _JSON,
    "jsons": _JSON,
    "pover": _kind("Pushover", "pushover:NotifyPushover", "priority", "sound", "to"),
    "tgram": _kind("Telegram", "telegram:NotifyTelegram", "to", "topic", "thread"),
    "threema": _kind("Threema", "threema:NotifyThreema", "to", "from", "secret"),
}
# These speak to their own makers' servers, over TLS, whatever the address says.
_ALWAYS_TLS = frozenset({"pover", "tgram", "threema"})


@dataclass(frozen=True, slots=True)
class Server:
    """Who is called: what is looked at when a note did not go out."""

    host: str
    port: int
    is_tls: bool  # from the first byte


def checked(untrusted_address: str) -> str:
    """The address, where notes may go to it. Raises UserError, which never quotes it."""
    address = untrusted_address.strip()
    kind = _kind_of(address)
    if address == f"{DESKTOP}://":
        return address
    _must_have_known_options(address, kind)
    plugin = plugin_for(address)
    if plugin is None:
        raise UserError(
            "Something in this address is not as this kind of way writes it.",
            "Compare it with the examples, letter by letter.",
        )
    if not _is_private(plugin, address):
        raise UserError(
            "What goes out on this way could be read on the way there.",
            "Use the form that is encrypted: mailtos, ntfys, gotifys … Without encryption a "
            "server on this machine alone may be used (localhost).",
        )
    return address


def called(address: str) -> str:
    """What kind of way it is, and by whose server: never the address itself."""
    kind = KINDS[_scheme(address)]
    server = server_of(address)
    return f"{kind.called}, {server.host}" if server else kind.called


def plugin_for(address: str, sender: str = "") -> Any:
    """Apprise's own object for this address; None where it makes no sense to it.

    Only the one module is loaded; it follows no redirect, and bears the name ``sender``
    instead of its own, and no picture that somebody else's server would be asked for.
    """
    from apprise import AppriseAsset

    module, _, name = KINDS[_scheme(address)].plugin.partition(":")
    kind = getattr(import_module(f"apprise.plugins.{module}"), name)
    asset = AppriseAsset(
        app_id=sender,
        app_desc="",
        app_url="",
        image_url_mask="",
        image_path_mask=False,
        http_redirects=False,
        secure_logging=True,
    )
    try:
        parts = kind.parse_url(address)
        return kind(asset=asset, **parts) if parts else None
    except (TypeError, ValueError, AttributeError):
        return None


def server_of(address: str) -> Server | None:
    """The server that is called, as far as the address itself tells it."""
    if _scheme(address) in {DESKTOP, *_ALWAYS_TLS}:
        return None
    plugin = plugin_for(address)
    if plugin is None:
        return None
    return _server(plugin)


def _server(plugin: Any) -> Server:
    mode = getattr(plugin, "secure_mode", None)
    if mode is not None:
        return Server(plugin.smtp_host, int(plugin.port or 25), mode == "ssl")
    if getattr(plugin, "mode", None) == "cloud":
        return Server(urlsplit(plugin.cloud_notify_url).hostname or "", 443, True)
    usual = 443 if plugin.secure else 80
    return Server(plugin.host, int(plugin.port or usual), bool(plugin.secure))


def _is_private(plugin: Any, address: str) -> bool:
    if _scheme(address) in _ALWAYS_TLS:
        return True
    server = _server(plugin)
    starts_tls = getattr(plugin, "secure_mode", None) == "starttls"
    return server.is_tls or starts_tls or is_loopback(server.host)


def is_loopback(host: str) -> bool:
    """Whether it is this machine, by its name or its number."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _scheme(address: str) -> str:
    found = _SCHEME.match(address)
    return found[1] if found else ""


def _kind_of(address: str) -> Kind:
    if len(address) > LONGEST or not address.isprintable() or " " in address:
        raise UserError("That is no address for notes.", "Copy it once more, without spaces.")
    kind = KINDS.get(_scheme(address))
    if kind is None:
        raise UserError(
            "Notes cannot go out on a way of this kind.",
            "These can: desktop, mailtos, ntfys, gotifys, barks, signals, nctalks, jsons, pover, "
            "tgram, threema. docs/front/notices.md has an example of each.",
        )
    if kind.plugin == "" and address != f"{DESKTOP}://":
        raise UserError("Something is too much in this address.", "Write it so: desktop://")
    return kind


def _must_have_known_options(address: str, kind: Kind) -> None:
    try:
        query = urlsplit(address).query
    except ValueError as error:
        raise UserError(
            "Something in this address is not as this kind of way writes it.",
            "Compare it with the examples, letter by letter.",
        ) from error
    given = {name.lower() for name, _ in parse_qsl(query, keep_blank_values=True)}
    # What apprise parses by itself: an option may not hide behind another question mark.
    if given - kind.options or address.count("?") > 1 or "#" in address:
        allowed = ", ".join(sorted(kind.options)) or "none"
        raise UserError(
            "This address has an option that is not used here.",
            f"Leave it out. For this kind these are used: {allowed}.",
        )
