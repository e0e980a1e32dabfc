"""Servers on this machine that mail programs of ours talk to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.token_endpoint import TokenEndpoint, token_endpoint


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[TokenEndpoint]:
    with token_endpoint(tmp_path / "authority") as running:
        yield running
