"""Refuses whoever is not at this machine's own page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

HOST_NAME = "localhost"
# What a browser says of a request that no other page caused.
OWN_REQUESTS = frozenset({"same-origin", "none"})
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class RefuseStrangers:
    """Checks Host, Origin and Sec-Fetch-Site of every request, static files included.

    Host: a name that an attacker points at 127.0.0.1 is not ours (DNS rebinding).
    Origin and Sec-Fetch-Site: another page in the same browser may not ask us
    anything, whatever cookies the browser sends along.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_stranger(request):
            response: HttpResponse = HttpResponseForbidden("Not here.\n", content_type="text/plain")
        else:
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        return response


def is_stranger(request: HttpRequest) -> bool:
    """Whether a request comes from elsewhere than our own page or the address bar."""
    untrusted_host = request.headers.get("Host", "")
    if untrusted_host.partition(":")[0] != HOST_NAME:
        return True
    untrusted_origin = request.headers.get("Origin")
    if untrusted_origin is not None and untrusted_origin != f"{request.scheme}://{untrusted_host}":
        return True
    return request.headers.get("Sec-Fetch-Site", "none") not in OWN_REQUESTS
