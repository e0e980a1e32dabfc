"""With very many attempts every page still asks little of the database."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.today_page.conftest import Browser, Life
from tests.support.sealed import seal_one

PAGES = ["/b/", "/b/d", "/b/p", "/d/", "/d/c/0", "/d/p/0/0", "/d/w/0/0"]


@pytest.mark.parametrize("page", PAGES)
def test_more_attempts_are_no_more_questions(life: Life, browser: Browser, page: str) -> None:
    other = life.plan()
    asked = []
    for _ in range(2):
        for direction in ("in", "out"):
            for _ in range(4):
                seal_one(life.person, settings.HOME, other=other, direction=direction)
        browser.client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.client.get(page)
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite says what it will do")
@pytest.mark.parametrize("page", ["/b/", "/d/c/0", "/d/p/0/0"])
def test_what_is_counted_is_found_by_its_way(life: Life, browser: Browser, page: str) -> None:
    life.plan()
    with CaptureQueriesContext(connection) as queries:
        browser.client.get(page)
    asked = [
        one["sql"] for one in queries if '"gate_attempt"' in one["sql"] or "COUNT" in one["sql"]
    ]
    assert asked
    for sql in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            said = " ".join(row[3] for row in cursor.fetchall() if "gate_attempt" in row[3])
        assert "attempt_way" in said, sql
