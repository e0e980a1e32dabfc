"""Handles as a person types and reads them: by the way in, without a prefix to learn."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stillwater.text.handles import MAIL, TEL, canonical
from stillwater.web.asked import FieldError, lines


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in. ``name`` is the network of its handles."""

    name: str
    label: "str | Promise"
    hint: "str | Promise" = ""
    first: bool = False  # in sight at once

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"h_{self.name}"


KINDS = (
    Kind(
        TEL,
        gettext_lazy("Phone numbers"),
        gettext_lazy("With + and the country in front. WhatsApp and Signal are known by them."),
        first=True,
    ),
    Kind(MAIL, gettext_lazy("Mail addresses"), first=True),
    Kind("instagram", gettext_lazy("Instagram names")),
    Kind("facebook", gettext_lazy("Facebook names")),
    Kind("telegram", gettext_lazy("Telegram names")),
    Kind("bluesky", gettext_lazy("Bluesky names")),
    Kind("mastodon", gettext_lazy("Mastodon names")),
    Kind("matrix", gettext_lazy("Matrix names")),
    Kind("iban", gettext_lazy("Bank accounts"), gettext_lazy("For words in transfers.")),
    Kind("plate", gettext_lazy("Number plates")),
    Kind("postal", gettext_lazy("Postal addresses"), gettext_lazy("Each on one line.")),
)
_BY_NAME = {kind.name: kind for kind in KINDS}


def typed_handles(form: QueryDict, region: str | None) -> tuple[str, ...]:
    """Every handle of a form, as a plan writes it. Raises FieldError."""
    found = [
        as_handle(kind, untrusted, region, number)
        for kind in KINDS
        for number, untrusted in enumerate(lines(form, kind.field), 1)
    ]
    return tuple(dict.fromkeys(found))


def as_handle(kind: Kind, untrusted: str, region: str | None, number: int = 1) -> str:
    """One handle as a plan writes it: +49…, name@domain, network:name. Raises FieldError."""
    if kind.name == TEL:
        return _number(kind, untrusted, region, number)
    if kind.name == MAIL:
        handle = canonical(untrusted)
        if handle is None or handle.network != MAIL or " " in untrusted:
            raise FieldError(
                kind.field,
                _("Line %(number)s of the mail addresses is no address.") % {"number": number},
                _("It looks like name@provider.example."),
            )
        return untrusted
    bare = untrusted.removeprefix(f"{kind.name}:").strip()
    written = f"{kind.name}:{bare}"
    if not bare or canonical(written) is None:
        raise FieldError(
            kind.field,
            _("Line %(number)s of “%(kind)s” is empty.") % {"number": number, "kind": kind.label},
            _("Write the name as it stands in the profile."),
        )
    return written


def _number(kind: Kind, untrusted: str, region: str | None, number: int) -> str:
    handle = canonical(untrusted, region)
    if handle is not None and handle.network == TEL and not handle.exact.startswith("?"):
        return handle.exact
    raise FieldError(
        kind.field,
        _("Line %(number)s of the phone numbers is no number with its country.")
        % {"number": number},
        _("Write it with + and the country in front, as in +49 30 1234567."),
    )


def kind_of(handle: str) -> Kind | None:
    """The way in of a handle; None: one that has no line of its own here."""
    found = canonical(handle)
    return _BY_NAME.get(found.network) if found else None


def shown(handle: str) -> str:
    """A handle as people write it, without its network."""
    kind = kind_of(handle)
    return handle.removeprefix(f"{kind.name}:") if kind else handle


@dataclass(frozen=True, slots=True)
class Group:
    """The handles of one way in; ``pairs`` are (as the plan writes it, as it is shown)."""

    label: "str | Promise"
    pairs: tuple[tuple[str, str], ...]


def groups(handles: tuple[str, ...]) -> tuple[Group, ...]:
    """Handles by their way in, in the order of the form; what is left comes last."""
    found = [
        Group(kind.label, tuple((one, shown(one)) for one in handles if kind_of(one) is kind))
        for kind in KINDS
    ]
    rest = tuple((one, one) for one in handles if kind_of(one) is None)
    return tuple(one for one in (*found, Group(_("Elsewhere"), rest)) if one.pairs)


def filled(handles: tuple[str, ...]) -> dict[str, str]:
    """The fields of a form, filled with these handles."""
    return {
        kind.field: "\n".join(shown(one) for one in handles if kind_of(one) is kind)
        for kind in KINDS
    }
