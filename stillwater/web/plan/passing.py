"""Senders that always pass: courts, police, lawyers, schools, doctors, child protection."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stillwater.core.plans import AlwaysPass, Plan
from stillwater.text.handles import MAIL, TEL, canonical
from stillwater.web.asked import FieldError, line, one_of

PASSES = (
    ("court", gettext_lazy("A court")),
    ("police", gettext_lazy("The police")),
    ("lawyer", gettext_lazy("A lawyer")),
    ("school", gettext_lazy("A school, or day care")),
    ("doctor", gettext_lazy("A doctor, or a hospital")),
    ("child protection", gettext_lazy("Child protection")),
    ("release notices", gettext_lazy("A service that tells of a release from prison")),
    ("advocate", gettext_lazy("An advocate, or a shelter")),
)


def passing_of(form: QueryDict, there: Iterable[AlwaysPass], region: str | None) -> AlwaysPass:
    """The sender that was typed: an address, a number, or all of a domain. Raises FieldError."""
    untrusted = line(form, "handle")
    if not untrusted:
        raise FieldError("handle", _("The address is missing."), _("Or leave this step as it is."))
    handle = _written(untrusted, region)
    if handle.casefold() in {one.handle.casefold() for one in there}:
        raise FieldError("handle", _("That sender is on the list already."))
    return AlwaysPass(handle, one_of(form, "why", dict(PASSES)))


def of_passes_form(form: QueryDict, plan: Plan) -> Plan:
    """The plan with a sender more or less, a server believed or not. Raises FieldError."""
    if "off" in form:
        gone = form["off"]
        left = tuple(one for one in plan.always_pass if one.handle != gone)
        return replace(plan, always_pass=left)
    if "doubt" in form:
        gone = form["doubt"]
        left_servers = tuple(one for one in plan.you.authserv if one != gone)
        return replace(plan, you=replace(plan.you, authserv=left_servers))
    if "believe" in form:
        server = _server(form)
        believed = tuple(dict.fromkeys((*plan.you.authserv, server)))
        return replace(plan, you=replace(plan.you, authserv=believed))
    one = passing_of(form, plan.always_pass, plan.you.region)
    return replace(plan, always_pass=(*plan.always_pass, one))


def _server(form: QueryDict) -> str:
    untrusted = line(form, "server")
    if not _SERVER.fullmatch(untrusted):
        raise FieldError(
            "server",
            _("That is no name of a mail server."),
            _("It looks like mx.provider.example; the look at your mailbox says it."),
        )
    return untrusted


_SERVER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?")


def _written(untrusted: str, region: str | None) -> str:
    """As a plan writes it: name@domain, +49…, or @domain for all that a domain sends."""
    domain = untrusted.removeprefix("@")
    is_domain = "@" not in domain and "." in domain.strip(".") and not domain[0].isdigit()
    if is_domain and not domain.startswith("+") and " " not in domain:
        return f"@{domain}"
    found = canonical(untrusted, region)
    if found is not None and found.network == MAIL and " " not in untrusted:
        return untrusted
    if found is not None and found.network == TEL:
        if len(found.exact) > 7 and found.exact.startswith("?"):
            raise FieldError(
                "handle",
                _("That is no number with its country."),
                _("Write it with + and the country in front, as in +49 30 1234567."),
            )
        return untrusted if found.exact.startswith("?") else found.exact
    raise FieldError(
        "handle",
        _("That is no address, and no number."),
        _("It looks like name@court.example, court.example, or +49 30 1234567."),
    )
