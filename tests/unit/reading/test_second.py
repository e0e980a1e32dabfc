"""The second reader speaks to this machine alone, and never about danger."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from stillwater.core.errors import UserError
from stillwater.core.judgements import Reading
from stillwater.core.words import Need, Tactic
from stillwater.reading import seconded
from stillwater.reading.sandbox import ChildReader
from stillwater.reading.second import SecondReader, joined
from tests.unit.reading.asking import ask, from_other


@contextmanager
def _server(status: int, content: str, asked: list[bytes]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.2/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.5:8080/v1",
        "http://example.org/v1",
        "https://127.0.0.1/v1",
        "http://127.0.0.1@example.org/v1",
        "http://localhost.example.org/v1",
        "http://127.0.0.1:99999999/v1",
        "http://[::2]/v1",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_this_machine_is_spoken_to(url: str) -> None:
    with pytest.raises(UserError):
        SecondReader(url, "any")


def test_its_word_counts_beside_the_first_readers() -> None:
    first = from_other("The bins are full")
    asked: list[bytes] = []
    with _server(200, '{"tactics": ["guilt", "nonsense"], "needs": ["money"]}', asked) as url:
        both = joined(first, SecondReader(url, "any").opinion("The bins are full"))
    assert b"The bins are full" in asked[0]
    assert both.tactics[Tactic.GUILT] > first.tactics[Tactic.GUILT]
    assert both.needs[Need.MONEY] > first.needs[Need.MONEY]
    assert both.danger == first.danger


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (200, "no"),
        (200, "{]}"),
        (200, '{"tactics": 3}'),
        (500, "{}"),
        (302, "{}"),
        (200, "[" * 9999),
    ],
)
def test_what_is_no_answer_changes_nothing(status: int, content: str) -> None:
    with _server(status, content, []) as url:
        assert SecondReader(url, "any").opinion("hi") is None
    assert joined(Reading(), None) == Reading()


def test_nobody_listening_changes_nothing() -> None:
    with _server(200, "", []) as url:
        gone = url
    assert SecondReader(gone, "any").opinion("hi") is None


PAYS = "You owe me half of the boiler"
ANSWER = '{"tactics": ["guilt"], "needs": ["money"]}'


def test_beside_the_child_it_sees_the_words_of_others_that_hold_no_danger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bytes] = []
    inputs = [
        ask(PAYS, from_other=True),
        ask("I will kill you tonight", from_other=True),
        ask("Dinner on Friday?"),
    ]
    with ChildReader() as alone:
        before = alone.read_many(inputs)
    with _server(200, ANSWER, asked) as url:
        monkeypatch.setenv(seconded.SETTING, f"{url} any")
        with closing(seconded.reader()) as both:
            after = both.read_many(inputs)
    assert [PAYS.encode() in one for one in asked] == [True]
    assert after[0].tactics[Tactic.GUILT] > before[0].tactics[Tactic.GUILT]
    assert after[1:] == before[1:]


def test_whoever_does_not_answer_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    with _server(500, "", asked) as url:
        monkeypatch.setenv(seconded.SETTING, f"{url} any")
        with closing(seconded.reader()) as both:
            both.read_many([ask(f"{PAYS} {n}", from_other=True) for n in range(5)])
    assert len(asked) == 1


@pytest.mark.parametrize("said", ["http://192.168.1.5/v1 any", "http://127.0.0.1:8080/v1", "x y z"])
def test_a_setting_that_cannot_be_used_is_left_out_and_said(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv(seconded.SETTING, said)
    with closing(seconded.reader()) as first:
        assert isinstance(first, ChildReader)
    with pytest.raises(UserError):
        seconded.second_reader()
