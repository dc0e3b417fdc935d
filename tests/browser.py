"""A headless Chromium, spoken to through two pipes, so that a page is tried as a reader would use it."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 60
# Chromium reads commands on descriptor 3 and answers on 4; both are put there before it takes this process's place.
_START = (
    "import os, sys; r, w = map(int, sys.argv[1:3]); os.dup2(r, 10); os.dup2(w, 11); os.dup2(10, 3); os.dup2(11, 4);"
    "os.execv(sys.argv[3], sys.argv[3:])"
)


class Tab:
    """One page; ``said`` is what the browser complained of, ``asked`` every address that was asked for."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers, self._rest = commands, answers, b""
        self._number, self._session = 0, ""
        self.said: list[str] = []
        self.asked: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Return what the browser answers to a command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        return next(one for one in self._messages() if one.get("id") == self._number)["result"]

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            while b"\0" not in self._rest:
                if not select.select([self._answers], [], [], PATIENCE)[0]:
                    raise TimeoutError("the browser does not answer")
                more = os.read(self._answers, 1 << 20)
                if not more:
                    raise EOFError("the browser has gone")
                self._rest += more
            text, _, self._rest = self._rest.partition(b"\0")
            message = json.loads(text)
            self._note(message.get("method", ""), message.get("params", {}))
            if "error" in message:
                raise RuntimeError(message["error"])
            yield message

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"])
        elif event == "Log.entryAdded":
            self.said.append(params["entry"]["text"])
        elif event == "Runtime.exceptionThrown":
            self.said.append(str(params["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled":
            self.said.append(str(params["args"]))

    def open(self, path: Path, fragment: str = "") -> Self:
        """Go to a file and wait until it is loaded."""
        self.call("Page.navigate", url=f"{path.resolve().as_uri()}{fragment}")
        next(one for one in self._messages() if one.get("method") == "Page.loadEventFired")
        return self

    def run(self, script: str) -> Any:
        """Return what an expression comes to on the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def size(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        """Give the page a screen."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=scheme)  # fmt: skip

    def shot(self, path: Path) -> None:
        """Write a picture of what is seen."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def pdf(self) -> bytes:
        """Return the page as it is printed."""
        return base64.b64decode(
            self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        )


@contextmanager
def browser(profile: Path) -> Iterator[Tab]:
    """Yield a tab of a browser that is closed in the end; it finds no host."""
    assert CHROMIUM is not None
    (own_read, write), (read, own_write) = os.pipe(), os.pipe()
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
               "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe", f"--user-data-dir={profile}"]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", _START, str(own_read), str(own_write), *command],
        pass_fds=(own_read, own_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(own_read)
    os.close(own_write)
    try:
        yield Tab(write, read)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        os.close(write)
        os.close(read)
