"""``./bench pages`` measures every page that there is, also one that is new."""

import json
import os
import subprocess
import sys

from tests.refusals.browsing import PAGES


def test_every_page_that_is_asked_for_is_measured() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks",
            "pages",
            "--attempts",
            "120",
            "--rounds",
            "1",
            "--json",
        ],
        env={**os.environ, "STILLWATER_POSTGRES": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    measured = {row["what"].partition(",")[0] for row in rows if row["unit"] == "ms"}
    assert measured == {name for name, page in PAGES.items() if "get" in page.methods}
    assert all(row["goal"] and row["limit"] for row in rows)
    assert all(row["meets_goal"] for row in rows if row["unit"] == "kB")
