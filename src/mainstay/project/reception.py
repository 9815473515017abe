"""Between the server and Django: a request is received whole before a thread works on it, so that slow clients hold no thread.

The server's own WSGI bridge gives a thread to a request at its first byte; a handful of clients that never finish would stop everybody.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # the name that the library documents

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
IN_MEMORY = 1 << 18
TEXT = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]


class TooLargeError(Exception):
    """More was sent than the product ever takes."""


class BrokenOffError(Exception):
    """The client went before all was sent."""


@dataclass(slots=True)
class Answer:
    """The head of an answer, as the application starts it."""

    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)

    def start(self, status: str, headers: list[tuple[str, str]], _fault: Any = None) -> None:
        self.status, self.headers = int(status[:3]), [(name.lower(), value) for name, value in headers]


@dataclass(slots=True)
class Reception:
    """Receives requests on the event loop and has `threads` threads answer them."""

    application: Wsgi
    threads: int
    seconds: float
    """How long a client may send nothing."""
    most_bytes: int
    pool: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(self.threads, thread_name_prefix="answers")

    async def __call__(self, scope: Any, protocol: Any) -> None:
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                size = await self.receive(scope, protocol, body)
            except TimeoutError:
                protocol.response_str(408, TEXT, "The request did not come to its end in time. Send it again.\n")
                return
            except BrokenOffError:
                protocol.response_str(400, TEXT, "The request broke off before its end. Send it again.\n")
                return
            except TooLargeError:
                protocol.response_str(413, TEXT, "The request is larger than anything that is taken here. Send it in parts.\n")
                return
            body.seek(0)
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self.pool, self.answer, environ_of(scope, body, size), protocol, loop)

    async def receive(self, scope: Any, protocol: Any, body: IO[bytes]) -> int:
        told = scope.headers.get("content-length") or ""
        if told.isdigit() and int(told) > self.most_bytes:
            raise TooLargeError
        size = 0
        if told == "0" or (not told and scope.method in ("GET", "HEAD")):
            return size
        parts: AsyncIterator[bytes] = aiter(protocol)
        while True:
            try:
                async with asyncio.timeout(self.seconds):
                    part = await anext(parts)
            except StopAsyncIteration:
                break
            size += len(part)
            if size > self.most_bytes:
                raise TooLargeError
            body.write(part)
        if told.isdigit() and size < int(told):
            raise BrokenOffError
        return size

    def answer(self, environ: dict[str, Any], protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
        """In one thread from beginning to end, as the database's connections want it."""
        head = Answer()
        parts = self.application(environ, head.start)
        try:
            if isinstance(parts, list) or not getattr(parts, "streaming", False):
                protocol.response_bytes(head.status, head.headers, b"".join(parts))
                return
            out = protocol.response_stream(head.status, head.headers)
            # Who has gone does not want the rest.
            with suppress(ProtocolClosed):
                for part in parts:
                    asyncio.run_coroutine_threadsafe(sent(out, part), loop).result()
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()


async def sent(out: Any, part: bytes) -> None:
    await out.send_bytes(part)


def environ_of(scope: Any, body: IO[bytes], size: int) -> dict[str, Any]:
    """The request as PEP 3333 wants it."""
    host, _colon, port = scope.server.rpartition(":")
    return {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **dict(header_values(scope)),
    }


def header_values(scope: Any) -> Iterator[tuple[str, str]]:
    held: dict[str, str] = {}
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        # A name with an underscore could pass for another one with a hyphen.
        if "_" in name or key == "CONTENT_LENGTH":
            continue
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        held[key] = f"{held[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}" if key in held else value
    if "HTTP_HOST" not in held and scope.authority:
        held["HTTP_HOST"] = scope.authority
    yield from held.items()
