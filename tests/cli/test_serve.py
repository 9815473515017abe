"""`mainstay serve` as it runs: clients that never finish stop nobody, and requests of every kind arrive whole."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.jobs.installation import ROOT, Installation

pytestmark = pytest.mark.slow
SLOW_CLIENTS = 50
MAKE = """
from mainstay.accounts import tokens
from mainstay.accounts.models import Account
chief = Account.objects.create_user("chief@example.org", "Chi Ef", "seven herons over the estuary", is_administrator=True)
out = tokens.make(chief, "test", may_write=True, days=1)[1]
"""


class Served:
    """A running Mainstay and a token for it."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token

    def ask(self, method: str, path: str, body: object = None, seconds: float = 10, **headers: str) -> tuple[int, dict[str, str], bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)) as connection:
            told = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): text for name, text in headers.items()}}
            connection.request(method, path, body, told, encode_chunked=headers.get("Transfer_Encoding") == "chunked")  # type: ignore[arg-type]
            answer = connection.getresponse()
            return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = Installation(tmp_path_factory.mktemp("served"))
    command = [sys.executable, "-m", "mainstay.cli.main"]
    subprocess.run([*command, "init", "--quiet"], cwd=ROOT, env=place.environment, check=True, capture_output=True)
    token = place.python(MAKE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [*command, "serve", "--port", str(port), "--processes", "1", "--jobs", "1"]
    with Path(place.home, "serve.log").open("wb") as log:
        process = subprocess.Popen(serve, cwd=ROOT, env=place.environment, stdout=log, stderr=log)
    try:
        made, deadline = Served(port, token), time.monotonic() + 60
        while True:
            try:
                assert made.ask("GET", "/api/v1/me")[0] == 200
                break
            except OSError:
                assert time.monotonic() < deadline and process.poll() is None, Path(place.home, "serve.log").read_text()
                time.sleep(0.2)
        yield made
    finally:
        process.terminate()
        process.wait(40)


def half_requests(served: Served) -> dict[str, bytes]:
    """A head that does not end; a form with the cookie that it needs, and JSON with a token, whose bodies never come."""
    cookie = served.ask("GET", "/sign-in/")[1]["set-cookie"].partition(";")[0]
    host, long = f"Host: 127.0.0.1:{served.port}\r\n", "Content-Length: 1000\r\n\r\n"
    form = f"Cookie: {cookie}\r\nOrigin: http://127.0.0.1:{served.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    called = f"Authorization: Bearer {served.token}\r\nContent-Type: application/json\r\n"
    return {
        "head": f"GET /sign-in/ HTTP/1.1\r\n{host}X-Slow: ".encode(),
        "form": f"POST /sign-in/ HTTP/1.1\r\n{host}{form}{long}username=a".encode(),
        "json": f"POST /api/v1/organisation/person HTTP/1.1\r\n{host}{called}{long}{{".encode(),
    }


@pytest.mark.parametrize("kind", ["head", "form", "json"])
def test_clients_that_never_finish_stop_nobody(served: Served, kind: str) -> None:
    half = half_requests(served)[kind]
    held = [socket.create_connection(("127.0.0.1", served.port), timeout=5) for _ in range(SLOW_CLIENTS)]
    try:
        for client in held:
            client.sendall(half)
        time.sleep(0.5)
        for _ in range(3):
            assert served.ask("GET", "/sign-in/")[0] == 200
            assert served.ask("GET", "/api/v1/registers")[0] == 200
    finally:
        for client in held:
            client.close()


def test_requests_of_every_kind_arrive_whole(served: Served) -> None:
    title = "Añe Ünser, 北 " + "x" * 100
    person = json.dumps({"title": title, "email": "ane@example.org"}).encode()
    status, headers, made = served.ask("POST", "/api/v1/organisation/person", person, Content_Type="application/json")
    assert status == 201, made
    assert json.loads(made)["title"] == title
    url = headers["location"]
    content = bytes(range(256)) * 4_000
    boundary = "between-the-parts"
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    text = content.hex().encode()
    form = part.encode() + text + f"\r\n--{boundary}--\r\n".encode()
    for encoding in ({}, {"Transfer_Encoding": "chunked"}):
        sent = iter([form[:100_000], form[100_000:]]) if encoding else form
        status, _headers, hung = served.ask(
            "POST", f"{url}/attachments", sent, Content_Type=f"multipart/form-data; boundary={boundary}", **encoding
        )
        assert status == 201, hung
        assert served.ask("GET", json.loads(hung)["content"])[2] == text
    listed = served.ask("GET", "/api/v1/organisation/person?q=%C3%9Cnser")[2]
    assert [row["title"] for row in json.loads(listed)["results"]] == [title]
    streamed = served.ask("GET", "/api/v1/organisation/person/export")[2]
    assert json.loads(streamed.splitlines()[-1])["title"] == title
    status, headers, nothing = served.ask("HEAD", "/sign-in/")
    assert (status, nothing) == (200, b"")


def test_what_is_too_large_is_refused_before_it_comes(served: Served) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)) as connection:
        connection.putrequest("POST", "/sign-in/")
        connection.putheader("Content-Length", str(10**12))
        connection.endheaders()
        assert connection.getresponse().status == 413


def test_a_name_with_an_underscore_passes_for_no_other(served: Served) -> None:
    headers = {"Authorization": f"Bearer {served.token}", "Content_Type": "text/xml"}
    with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)) as connection:
        connection.request("POST", "/api/v1/organisation/person", b"{}", headers)
        assert connection.getresponse().status == 422
