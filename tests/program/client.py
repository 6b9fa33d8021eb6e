"""Asks the process that is ready for a run of ``ldit``; also a program, which imports next to nothing."""

import os
import sys
from _socket import AF_UNIX, SCM_RIGHTS, SHUT_WR, SOL_SOCKET, socket
from collections.abc import Mapping, Sequence


def asked(
    address: str, arguments: Sequence[str], cwd: str, environment: Mapping[str, str], streams: Sequence[int]
) -> socket:
    """A connection on which the status will come."""
    connection = socket(AF_UNIX)
    connection.connect(address)
    rights = b"".join(stream.to_bytes(4, sys.byteorder) for stream in streams)
    connection.sendmsg([b"."], [(SOL_SOCKET, SCM_RIGHTS, rights)])
    variables = [f"{name}={value}" for name, value in environment.items()]
    connection.sendall(os.fsencode("\0".join([cwd, str(len(arguments)), *arguments, *variables])))
    connection.shutdown(SHUT_WR)
    return connection


def status(connection: socket) -> int:
    """The exit status, less than zero for a signal."""
    answer = b""
    while part := connection.recv(100):
        answer += part
    connection.close()
    return int(answer)


if __name__ == "__main__":
    ended = status(asked(sys.argv[1], sys.argv[2:], os.getcwd(), os.environ, (0, 1, 2)))  # noqa: PTH109
    sys.exit(ended if ended >= 0 else 128 - ended)
