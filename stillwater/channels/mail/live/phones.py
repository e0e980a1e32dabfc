"""How a phone or a desktop is kept from showing mail before anything of ours can hold it.

Names of settings move between versions; each entry says the way as it is in the
versions of 2025 and 2026, and nothing else of the phone is changed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class App:
    """One program that shows new mail, and the steps that make it quiet for one account."""

    name: str
    steps: tuple[str, ...]


APPS = (
    App(
        "iPhone or iPad, Mail",
        (
            "Settings, Apps, Mail, Notifications, Customise Notifications: choose the account, "
            "turn Alerts, Sounds and Badges off. (Before iOS 18: Settings, Mail.)",
            "Settings, Apps, Mail, Mail Accounts, Fetch New Data: turn Push off, and set this "
            "account to Manual. Then it looks only when you open it.",
        ),
    ),
    App(
        "Gmail app",
        (
            "Menu, Settings, choose the account, Notifications (on iPhone: Email "
            "notifications): None.",
            "Take the Gmail widget off the home screen.",
        ),
    ),
    App(
        "Outlook app",
        (
            "Your picture, Settings, Notifications, choose the account: turn them off.",
            "Take the Outlook widget off the home screen.",
        ),
    ),
    App(
        "Samsung Email",
        ("Menu, the gear, Notifications: turn them off for this account.",),
    ),
    App(
        "K-9 Mail or Thunderbird on Android",
        (
            "Settings, choose the account, Notifications: turn new mail off.",
            "In the same place, Fetching mail: set Push to no folders.",
        ),
    ),
    App(
        "A computer",
        (
            "Thunderbird: Settings, General, Incoming Mails: untick the alert and the sound.",
            "Apple Mail: Settings, General, New message notifications: Contacts Only, or none; "
            "and take its badge away under System Settings, Notifications.",
            "Outlook: Settings (on older ones File, Options), Mail, Notifications: untick all "
            "of them.",
            "Mail in a browser: take the right to show notifications away from that page.",
        ),
    ),
    App(
        "A watch, a car, a speaker",
        ("They repeat what the phone shows. When the phone is quiet, look that they are too.",),
    ),
)


def in_lines() -> tuple[str, ...]:
    """All of it, a line a step, each beginning with the program's name."""
    return tuple(f"{app.name}: {step}" for app in APPS for step in app.steps)
