"""Whole processes: how long they take and how much memory they hold at most."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

COMMAND = Path(sys.executable).with_name("notecoach")


@dataclass(frozen=True)
class Run:
    """One finished process."""

    ms: float
    peak_mb: float
    code: int
    out: str


def run(arguments: list[str], home: Path, limit_s: float = 60) -> Run:
    """Run a process in a folder without settings; killed after `limit_s`, its code is negative."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NOTECOACH_")}
    start = time.perf_counter()
    with (home / "out").open("w+b") as out:
        child = subprocess.Popen(arguments, cwd=home, env=environment, stdout=out, stderr=subprocess.DEVNULL)
        watchdog = threading.Timer(limit_s, child.kill)
        watchdog.start()
        _, status, usage = os.wait4(child.pid, 0)
        watchdog.cancel()
        ms = (time.perf_counter() - start) * 1000
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode()
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    return Run(ms, usage.ru_maxrss * unit / 2**20, child.returncode, said)
