"""`mainstay serve`: one process tree that answers requests and does the long work, until Ctrl-C or SIGTERM."""

import argparse
import gc
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from mainstay.cli import installation, signin
from mainstay.cli.outcome import DONE, NOT_READY, REFUSED, Failure, tell

MOST_PROCESSES = 4
THREADS = 4
BACKLOG = 1024
HEADER_SECONDS = BODY_SECONDS = 20
STOP_SECONDS = 20
RESTART_SECONDS = 2.0
LOOPBACK = "127.0.0.1"


def add(commands: Any) -> None:
    parser = commands.add_parser("serve", help="answer requests and do the long work", description=__doc__)
    parser.add_argument("--port", type=port_number, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument(
        "--host", default=LOOPBACK, help="address to listen on (%(default)s; behind a proxy another one, with MAINSTAY_URL set)"
    )
    parser.add_argument("--processes", type=int, default=0, help="processes that answer requests (by the number of cores)")
    parser.add_argument("--jobs", type=int, default=2, help="jobs done at the same time (%(default)s)")
    parser.set_defaults(run=run)


def port_number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{number} is no port; choose one from 1 to 65535")
    return number


def run(arguments: argparse.Namespace) -> int:
    refuse_busy(arguments.host, arguments.port)
    installation.ready()
    with installation.told():
        if installation.needs_set_up():
            raise Failure("The database is not that of this release. Run `mainstay init` first.", NOT_READY)
    from django.db import connections  # needs Django, loaded by `ready`

    connections.close_all()
    worker = JobsProcess(arguments.jobs)
    worker.start()
    threading.Thread(target=announce, args=(arguments.host, arguments.port), daemon=True).start()
    try:
        answer(arguments)
    finally:
        worker.stop()
    return DONE


def refuse_busy(host: str, port: int) -> None:
    """Say in one sentence that the port cannot be had, before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Failure(f"Port {port} may not be used by this account. Choose one above 1023 with --port.", REFUSED) from None
        except OSError as fault:
            raise Failure(
                f"Port {port} on {host} cannot be used: {fault.strerror or fault}. Choose another with --port.", REFUSED
            ) from None


def answer(arguments: argparse.Namespace) -> None:
    """Serve until told to stop."""
    from granian.constants import HTTPModes, Interfaces  # loads the server, which no other command needs
    from granian.http import HTTP1Settings  # as above
    from granian.log import LogLevels  # as above
    from granian.server import Server  # as above

    server = Server(
        "mainstay.project.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.RSGI,
        workers=arguments.processes or min(MOST_PROCESSES, os.cpu_count() or 1),
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve(target_loader=application, wrap_loader=False)


def application() -> Callable[..., Any]:
    """Loads the application in a server process, which then lives no longer than its parent."""
    from mainstay.jobs import limits  # in the server process only

    limits.bind_to_parent(os.getppid())
    from mainstay.project.reception import Reception  # as above
    from mainstay.project.wsgi import application as loaded  # sets Django up when it is imported

    settle()
    return Reception(loaded, THREADS, BODY_SECONDS, most_bytes())


def most_bytes() -> int:
    """The largest request: ten files of the largest size, since an import brings several."""
    from django.conf import settings  # needs Django

    return int(settings.UPLOAD_LIMIT_BYTES) * 10


def settle() -> None:
    """What is loaded for good is no longer looked through for what can be thrown away, which would now and then hold up a page."""
    from django.urls import resolve  # needs Django

    resolve("/api/v1/docs")  # loads every page, and the API
    gc.collect()
    gc.freeze()


def announce(host: str, port: int) -> None:
    """Print where it runs and how to sign in, once it answers."""
    for _ in range(600):
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
            break
        time.sleep(0.1)
    from django.conf import settings  # needs Django

    url = settings.CONFIGURATION.public_url or f"http://{'[' + host + ']' if ':' in host else host}:{port}"
    print(f"Mainstay runs at {url}/", flush=True)
    if found := signin.kept(settings.HOME):
        print(f"Sign in as {found[0]}   password: {found[1]}", flush=True)
    print("Stop it with Ctrl-C.", flush=True)


class JobsProcess:
    """The supervisor of jobs as a process beside the server; started again if it ends by itself."""

    def __init__(self, workers: int) -> None:
        self.command = [sys.executable, "-m", "mainstay.jobs", str(max(1, workers))]
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()

    def start(self) -> None:
        self.begin()
        threading.Thread(target=self.watch, daemon=True).start()

    def begin(self) -> None:
        # A session of its own: Ctrl-C reaches it through us, once the server has stopped.
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 (our own module)

    def watch(self) -> None:
        while not self.stopping.wait(RESTART_SECONDS):
            if self.process is not None and self.process.poll() is not None and not self.stopping.is_set():
                tell("mainstay: the process that does the jobs ended by itself and is started again.")
                self.begin()

    def stop(self) -> None:
        self.stopping.set()
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
