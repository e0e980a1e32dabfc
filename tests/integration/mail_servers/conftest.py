"""Servers on this machine that mail programs of ours talk to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

# A person with a plan, as the tests of the watcher have it.
from tests.integration.mail.conftest import life, new_life, server
from tests.support.certificates import Authority, make_authority
from tests.support.token_endpoint import TokenEndpoint, token_endpoint

__all__ = ["authority", "endpoint", "life", "new_life", "server"]


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[TokenEndpoint]:
    with token_endpoint(tmp_path / "authority") as running:
        yield running


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))
