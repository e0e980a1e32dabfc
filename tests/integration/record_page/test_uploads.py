"""The page server takes large things in memory alone, and only where a form for them was shown."""

import os
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from stillwater.web.uploads import OpenUploads

FORM = "a" * 32
ADDRESS = f"/e/d/{FORM}/pictures"
LARGE = b"x" * 3_000_000
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    script = Path(__file__).with_name("taking_server.py")
    server = subprocess.Popen(
        [sys.executable, "-B", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert server.stdout
    assert server.stdin
    yield int(server.stdout.readline())
    server.stdin.close()
    server.wait(20)
    server.stdout.close()


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
    sent(port, f"/open/{FORM}", b"")
    assert sent(port, ADDRESS, LARGE, chunked=chunked) == (200, b"%d" % len(LARGE))


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    "address", ["/", "/e/", f"/e/d/{'b' * 32}/pictures", ADDRESS + "/x", f"/e/d/{FORM}/s/story"]
)
def test_any_other_address_takes_a_megabyte(port: int, address: str, chunked: bool) -> None:
    sent(port, f"/open/{FORM}", b"")
    assert sent(port, address, LARGE, chunked=chunked)[0] == 413
    assert sent(port, address, b"small") == (200, b"5")


def test_a_form_that_was_closed_takes_no_more(port: int) -> None:
    sent(port, f"/open/{FORM}", b"")
    sent(port, f"/close/{FORM}", b"")
    assert sent(port, ADDRESS, LARGE)[0] == 413


def test_only_the_last_forms_stay_open() -> None:
    uploads = OpenUploads()
    uploads.open(FORM)
    for number in range(50):
        uploads.open(f"{number:032x}")
    assert not uploads.may_be_large(ADDRESS)
