"""The page server takes large things in memory alone, and only where a form for them was shown."""

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from stillwater.web.apps import in_memory
from stillwater.web.server import new_server

FORM = "a" * 32
ADDRESS = f"/e/d/{FORM}/pictures"
LARGE = b"x" * 3_000_000


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    def answers(environ: dict, start: object) -> list[bytes]:
        size = len(environ["wsgi.input"].read())
        start("200 OK", [("Content-Type", "text/plain")])  # type: ignore[operator]
        return [b"%d" % size]

    def refuses(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("waitress.buffers.TempfileBasedBuffer.__init__", refuses)
    in_memory().ready()
    listening = socket.create_server(("127.0.0.1", 0))
    number = listening.getsockname()[1]
    server = new_server(answers, [listening])
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    yield number
    server.trigger.pull_trigger(server.close)  # in its own thread
    serving.join(5)
    in_memory().ready()


def sent(port: int, address: str, body: bytes, *, chunked: bool = False) -> tuple[int, bytes]:
    browser = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        if chunked:
            pieces = (body[at : at + 100_000] for at in range(0, len(body), 100_000))
            browser.request("POST", address, pieces, encode_chunked=True)
        else:
            browser.request("POST", address, body)
        answer = browser.getresponse()
        return answer.status, answer.read()
    except (BrokenPipeError, ConnectionResetError):
        return 413, b""  # refused before all of it was sent
    finally:
        browser.close()


@pytest.mark.parametrize("chunked", [False, True])
def test_an_open_form_for_pictures_takes_them_in_memory(port: int, chunked: bool) -> None:
    in_memory().uploads.open(FORM)
    assert sent(port, ADDRESS, LARGE, chunked=chunked) == (200, b"%d" % len(LARGE))


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    "address", ["/", "/e/", f"/e/d/{'b' * 32}/pictures", ADDRESS + "/x", f"/e/d/{FORM}/s/story"]
)
def test_any_other_address_takes_a_megabyte(port: int, address: str, chunked: bool) -> None:
    in_memory().uploads.open(FORM)
    assert sent(port, address, LARGE, chunked=chunked)[0] == 413
    assert sent(port, address, b"small") == (200, b"5")


def test_a_form_that_was_closed_takes_no_more(port: int) -> None:
    in_memory().uploads.open(FORM)
    in_memory().uploads.close(FORM)
    assert sent(port, ADDRESS, LARGE)[0] == 413


def test_only_the_last_forms_stay_open() -> None:
    uploads = in_memory().uploads
    uploads.open(FORM)
    for number in range(50):
        uploads.open(f"{number:032x}")
    assert not uploads.may_be_large(ADDRESS)
