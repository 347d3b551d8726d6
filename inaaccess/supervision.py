"""Processes that end with the one that started them, and folders that one process at a time may use.

What `make run` (run_local.py) and the local database (local_postgres.py) share. Knows no Django: it runs before the
settings can be read. Written for Linux; elsewhere a killed supervisor may leave its children behind.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
PROC = Path("/proc")


class CannotStart(Exception):
    """Something outside this program is in the way; the message is a sentence for the person who started it."""


def die_with_parent(ending: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send `ending` to this process when the process that started it is gone, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(ending))


def spawn(
    command: Sequence[str | Path],
    *,
    ending: signal.Signals = signal.SIGTERM,
    user: pwd.struct_passwd | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    output: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own: Ctrl-C reaches only us, and `ending` reaches it when we are gone."""
    return subprocess.Popen(
        command,
        env=None if environment is None else {**environment},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        cwd=folder,
        user=None if user is None else user.pw_uid,
        group=None if user is None else user.pw_gid,
        extra_groups=None if user is None else [],
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(ending),
    )


def end(process: subprocess.Popen[bytes], ending: signal.Signals = signal.SIGTERM, *, patience: float = 10) -> None:
    """Ask a child to end; after `patience` seconds kill it and everything it started."""
    if process.poll() is None:
        process.send_signal(ending)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            print(f"Process {process.pid} did not stop in {patience:.0f} s and was killed.", file=sys.stderr)
    try:
        os.killpg(process.pid, signal.SIGKILL)  # the session of a child that ended well is empty by now
    except (ProcessLookupError, PermissionError):
        return
    process.wait()


def processes_where(is_meant: Callable[[Path], bool]) -> list[int]:
    """The ids of the running processes whose folder under /proc fits, our own left out."""
    found = []
    for entry in PROC.iterdir() if PROC.exists() else ():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if is_meant(entry):
                    found.append(int(entry.name))
            except OSError:  # it ended meanwhile, or belongs to somebody else
                continue
    return found


def end_leftovers(leftovers: Callable[[], list[int]], *, patience: float = 15) -> None:
    """Wait until the processes a killed supervisor left behind have ended; after `patience` seconds kill them."""
    deadline = time.monotonic() + patience
    while pids := leftovers():
        if time.monotonic() > deadline:
            for pid in pids:
                send(pid, signal.SIGKILL)
        time.sleep(0.05)


def send(pid: int, message: signal.Signals) -> None:
    """Signal a process that may have ended already."""
    try:
        os.kill(pid, message)
    except ProcessLookupError:
        return


@contextmanager
def sole_user_of(folder: Path, *, otherwise: str, patience: float = 2) -> Iterator[None]:
    """Hold `folder` for this process; CannotStart(`otherwise`) if another one holds it.

    The lock belongs to the process, not to a file that could outlive it: after kill -9 the folder is free. A process
    that is just stopping is waited for, `patience` seconds.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / ".lock").open("w")
    except OSError as reason:
        raise CannotStart(f"The folder {folder} cannot be used: {reason.strerror}.") from reason
    with file as lock:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise CannotStart(otherwise) from None
                time.sleep(0.1)
        yield


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into the KeyboardInterrupt that Ctrl-C gives, so that `finally` blocks run."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = {name: signal.signal(name, interrupt) for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
