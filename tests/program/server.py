"""A process that has imported ``ldit`` and forks for each run that it is asked for, until its input ends."""

import gc
import importlib
import os
import pkgutil
import select
import socket
import sys
from typing import NoReturn

from toolkit import __main__, cli, fork, integration, json_text, reports, rules, submit, svg
from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.examples import damaged

PACKAGES = (cli, fork, integration, json_text, reports, rules, submit, svg)
WITHOUT_ICONS = {"assets/square.svg": None, "assets/horizontal.svg": None}
"""Icons are drawn by another process, which forks cannot share."""


def serve(address: str) -> None:
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    lint(damaged(WITHOUT_ICONS), Settings())  # compiles what is compiled once
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        print("ready", flush=True)  # noqa: T201
        while server in select.select([server, sys.stdin], [], [])[0]:
            connection, _ = server.accept()
            if os.fork() == 0:
                server.close()
                answer(connection)
            connection.close()
            reap(os.WNOHANG)
        reap(0)


def reap(options: int) -> None:
    """Takes leave of the runs that ended, so that what they used is counted."""
    try:
        while os.waitpid(-1, options)[0]:
            pass
    except ChildProcessError:
        return


def answer(connection: socket.socket) -> NoReturn:
    """Runs the program in one more process, so that there is an answer whatever becomes of it."""
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    with connection.makefile(encoding=sys.getfilesystemencoding(), errors="surrogateescape", newline="") as request:
        cwd, number, *rest = request.read().split("\0")
    child = os.fork()
    if child == 0:
        connection.close()
        run(rest[: int(number)], cwd, rest[int(number) :], streams)
    for stream in streams:
        os.close(stream)
    _, status = os.waitpid(child, 0)
    connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def run(arguments: list[str], cwd: str, variables: list[str], streams: list[int]) -> NoReturn:
    """What ``python -m toolkit`` does once everything is imported."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", closefd=False)  # noqa: SIM115
    os.chdir(cwd)
    os.environ.clear()
    for variable in variables:
        name, _, value = variable.partition("=")
        os.environ[name] = value
    sys.argv = ["ldit", *arguments]
    status = 70
    try:
        __main__.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
