"""Whole processes: how long they take and how much memory they hold at most."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

COMMAND = Path(sys.executable).with_name("notecoach")

# A process inherits its parent's peak on Linux, so a big parent would hide a small child: this tiny one
# starts it, times it, kills it when its time is up and says how it went on its last line.
_LAUNCHER = """
import json, os, signal, sys, time
limit, command = float(sys.argv[1]), sys.argv[2:]
start = time.perf_counter()
child = os.posix_spawn(command[0], command, os.environ)
signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
signal.setitimer(signal.ITIMER_REAL, limit)
_, status, usage = os.wait4(child, 0)
ms = (time.perf_counter() - start) * 1000
print()
print(json.dumps([ms, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""


@dataclass(frozen=True)
class Run:
    """One finished process."""

    ms: float
    peak_mb: float
    code: int
    out: str


def run(arguments: list[str], home: Path, limit_s: float = 60) -> Run:
    """Run a process in a folder without settings; killed after `limit_s`, its code is negative."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NOTECOACH_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, str(limit_s), *arguments],
        cwd=home,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    out, _, last = done.stdout.decode().rstrip().rpartition("\n")
    ms, peak, code = json.loads(last)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    return Run(ms, peak * unit / 2**20, code, out)
