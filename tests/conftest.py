"""What all tests share: hypothesis profiles (the same examples every time by default, many fresh ones under ``make soak``), and
empty databases of either kind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("steady", derandomize=True, max_examples=100, **_COMMON)
settings.register_profile("soak", max_examples=5000, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL of the tests' own."""
    from tests import databases

    if reason := databases.missing():
        pytest.skip(reason)
    with databases.postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of either kind."""
    if request.param == "sqlite":
        yield str(tmp_path / "考核.db")
        return
    from scoring.store.engine import open_engine
    from scoring.store.upgrade import upgrade

    url = request.getfixturevalue("server")
    yield url
    engine = open_engine(url)
    upgrade(engine, "")
    engine.dispose()
