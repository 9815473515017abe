"""An https server on this machine, with certificates of its own making, that answers as it is told and keeps what it was sent."""

import datetime as dt
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "chat.example.org"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def signed(subject: str, issuer: str, public: Any, key: Any, *, is_ca: bool) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(subject), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
    )
    return made.sign(key, hashes.SHA256())


def certificates(folder: Path) -> tuple[Path, Path]:
    """The certificate of an authority, and a file with key and certificate of the server."""
    authority, server = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = signed("Test authority", "Test authority", authority.public_key(), authority, is_ca=True)
    leaf = signed(HOST, "Test authority", server.public_key(), authority, is_ca=False)
    ca, pair = folder / "ca.pem", folder / "server.pem"
    ca.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    key = server.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pair.write_bytes(key + leaf.public_bytes(serialization.Encoding.PEM))
    return ca, pair


class Receiver:
    """Answers each request with `answer`: bytes, or None to say nothing until the other side leaves."""

    def __init__(self, pair: Path) -> None:
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(pair)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        self.answer: bytes | None = OK
        self.requests: list[tuple[str, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/hooks/very-secret-token?part=2"

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                plain, _peer = self.listening.accept()
                with suppress(OSError, ValueError), self.context.wrap_socket(plain, server_side=True) as line:
                    line.settimeout(10)
                    self.reply(line)

    def reply(self, line: ssl.SSLSocket) -> None:
        told = b""
        while b"\r\n\r\n" not in told:
            told += line.recv(4096)
        head, _gap, body = told.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        while len(body) < length:
            body += line.recv(4096)
        self.requests.append((head.decode(), json.loads(body)))
        if self.answer is None:
            line.recv(1)
        else:
            line.sendall(self.answer)
            if self.answer:
                line.recv(1)


@contextmanager
def receiving(pair: Path) -> Iterator[Receiver]:
    receiver = Receiver(pair)
    threading.Thread(target=receiver.serve, daemon=True).start()
    try:
        yield receiver
    finally:
        with suppress(OSError):
            receiver.listening.shutdown(socket.SHUT_RDWR)
        receiver.listening.close()
