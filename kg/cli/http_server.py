"""Runs the HTTP service."""

import socket

import uvicorn

from api import create_app
from kg.cli import output
from kg.cli.files import opened
from kg.errors import CitegraphError


def serve(store: str, host: str, port: int) -> None:
    """Serves the graph at `store` until interrupted.

    Raises:
        StoreError: there is no graph, or the Neo4j server cannot be reached.
        CitegraphError: the host or port cannot be used.
    """
    # Opened before the server starts, so that a missing graph is one line instead of a failed start.
    with opened(store):
        pass
    listener = _listener(host, port)
    config = uvicorn.Config(create_app(store), log_level="warning", server_header=False)
    _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Prints its address when it is ready."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for each in sockets or []:
            address, port = each.getsockname()[:2]
            place = f"[{address}]" if ":" in address else address
            output.line(f"citegraph on http://{place}:{port} (Ctrl-C ends it)")


def _listener(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = f"cannot listen on {host}, port {port} ({error.strerror})"
        raise CitegraphError(f"{reason}: choose another with --host or --port") from error
