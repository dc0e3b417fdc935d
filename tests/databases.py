"""A PostgreSQL of the tests' own, where one is installed; without it, its tests are skipped with the reason."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = "54991"


def missing() -> str:
    """Return why no PostgreSQL can be started here, empty where one can."""
    if _binaries() is None:
        return "没有装 PostgreSQL（apt-get install postgresql）"
    if os.getuid() == 0 and shutil.which("su") is None:
        return "PostgreSQL 不能由 root 启动，又没有 su"
    return ""


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of a fresh database, reached by a socket in a folder of its own; stopped and deleted at the end."""
    binaries, folder = _binaries(), Path(tempfile.mkdtemp(prefix="chuangwei-pg-"))
    assert binaries is not None
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        _run(f"{binaries}/initdb -D {folder}/data -A trust -E UTF8 --locale=C.UTF-8 -U postgres")
        options = f"-k {folder} -p {PORT} -c listen_addresses= -c fsync=off"
        _run(f"{binaries}/pg_ctl -D {folder}/data -l {folder}/log -w -o '{options}' start")
        try:
            yield f"postgresql:///postgres?host={folder}&port={PORT}&user=postgres"
        finally:
            _run(f"{binaries}/pg_ctl -D {folder}/data -m fast stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: str) -> None:
    words = ["su", "postgres", "-c", command] if os.getuid() == 0 else ["sh", "-c", command]
    subprocess.run(words, check=True, capture_output=True, cwd="/")
