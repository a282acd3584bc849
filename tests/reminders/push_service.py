"""
A push service on loopback, as strict as the real ones: TLS by a throwaway authority, VAPID verified, and every message
opened with the browser's own private key, by RFC 8188 and 8291 read anew. Its browsers can be told to be trouble.
"""

from __future__ import annotations

import hashlib
import hmac
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from secrets import token_bytes, token_urlsafe
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

from reminders.push.sealing import decode, encode, point_of

LONGEST_PUSH = 4096
DAY = 24 * 60 * 60


@dataclass
class Browser:
    """One subscription, with what only the browser knows. `trouble` is a status, or the name of a method below."""

    endpoint: str
    application_key: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: token_bytes(16))
    key_id: str = ""
    trouble: int | str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)

    @property
    def p256dh(self) -> str:
        return encode(point_of(self.private.public_key()))

    @property
    def auth(self) -> str:
        return encode(self.secret)

    def open(self, body: bytes) -> bytes:
        salt, size, length = body[:16], *struct.unpack("!LB", body[16:21])
        theirs, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size, "more than one record"
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        info = b"WebPush: info\0" + point_of(self.private.public_key()) + theirs
        shared = hkdf(self.secret, self.private.exchange(ec.ECDH(), sender), info, 32)
        key = hkdf(salt, shared, b"Content-Encoding: aes128gcm\0", 16)
        nonce = hkdf(salt, shared, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert padded.endswith(b"\x02"), "not the last record"
        return padded[:-1]


@dataclass(frozen=True)
class Received:
    message: bytes
    headers: dict[str, str]
    claims: dict[str, Any]


def hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, for no more than one block."""
    pseudorandom = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(pseudorandom, info + b"\x01", hashlib.sha256)[:length]


class PushService:
    """`with PushService(folder) as service:` listens until the block ends."""

    def __init__(self, folder: Path, *names: str) -> None:
        """`names`: what its certificate says, instead of loopback's own."""
        self.cafile, certificate = make_authority(folder, names or ("localhost", "127.0.0.1"))
        self.browsers: dict[str, Browser] = {}
        self.requests: list[str] = []
        self.closing = threading.Event()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server = Server(("127.0.0.1", 0), type("Handler", (PushHandler,), {"service": self}), context)
        self.port: int = self.server.server_address[1]
        self.origin = f"https://localhost:{self.port}"

    def __enter__(self) -> PushService:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()

    def subscribe(self, application_key: str, key_id: str, **trouble: Any) -> Browser:
        """What `PushManager.subscribe` gives for the server's public key."""
        path = f"/push/{token_urlsafe(12)}"
        browser = Browser(self.origin + path, application_key, key_id=key_id, **trouble)
        self.browsers[path] = browser
        return browser


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: type[PushHandler], context: ssl.SSLContext) -> None:
        super().__init__(address, handler)
        self.connections = 0
        # The handshake belongs to the handler's thread: one slow client must not hold up the others.
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def get_request(self) -> tuple[Any, Any]:
        found = super().get_request()
        self.connections += 1
        # As real services do; the test's client would wait for a delayed acknowledgement.
        found[0].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def handle_error(self, *_: object) -> None:
        """A client that gives up is what some of the tests are about."""


class PushHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: PushService

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        self.service.requests.append(self.path)
        self.answer(200)

    def do_POST(self) -> None:
        self.service.requests.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        browser = self.service.browsers.get(self.path)
        if browser is None:
            self.answer(404)
        elif isinstance(browser.trouble, str):
            getattr(self, browser.trouble)()
        elif browser.trouble:
            self.answer(browser.trouble, **browser.headers)
        else:
            self.answer(self.take(browser, body))

    def take(self, browser: Browser, body: bytes) -> int:
        if len(body) > LONGEST_PUSH:
            return 413
        if self.headers["Content-Encoding"] != "aes128gcm" or not self.headers["TTL"].isdigit():
            return 400
        try:
            claims = self.claims(browser)
        except (jwt.InvalidTokenError, AssertionError):
            return 403
        browser.received.append(Received(browser.open(body), dict(self.headers.items()), claims))
        return 201

    def claims(self, browser: Browser) -> dict[str, Any]:
        scheme, _, parameters = self.headers["Authorization"].partition(" ")
        given = dict(part.strip().split("=", 1) for part in parameters.split(","))
        assert scheme == "vapid"
        assert given["k"] == browser.application_key, "not the key that the browser subscribed with"
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(given["k"]))
        claims = jwt.decode(given["t"], key, ["ES256"], audience=self.service.origin)
        assert time.time() < claims["exp"] <= time.time() + DAY
        assert claims["sub"].startswith(("mailto:", "https:"))
        return claims

    def answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def hang(self) -> None:
        self.service.closing.wait(60)

    def drip(self) -> None:
        """A good answer, if one had the time."""
        for byte in b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n":
            self.wfile.write(bytes([byte]))
            if self.service.closing.wait(0.1):
                return

    def drip_body(self) -> None:
        self.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Length: 1000000\r\n\r\n")
        for _ in range(600):
            self.wfile.write(b"x")
            if self.service.closing.wait(0.1):
                return

    def close(self) -> None:
        self.close_connection = True

    def close_after(self) -> None:
        """Without having said so."""
        self.answer(201)
        self.close_connection = True

    def answer_twice(self) -> None:
        self.wfile.write(2 * b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")

    def break_off(self) -> None:
        self.wfile.write(b"HTTP/1.1 201 Cre")
        self.close_connection = True

    def babble(self) -> None:
        self.wfile.write(b"220 mail.example ESMTP\r\n")
        self.close_connection = True

    def never_end(self) -> None:
        """Headers without an end, as fast as they are taken."""
        self.wfile.write(b"HTTP/1.1 201 Created\r\n")
        while not self.service.closing.is_set():
            self.wfile.write(b"X-More: " + b"x" * 50_000 + b"\r\n")

    def say_wait(self) -> None:
        """`100 Continue` for ever."""
        while not self.service.closing.is_set():
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def make_authority(folder: Path, names: tuple[str, ...]) -> tuple[Path, Path]:
    """The files of an authority, and of a key and certificate by it for `names`."""
    authority, authority_key = certificate_for("Throwaway", None, ())
    leaf, leaf_key = certificate_for("Push service", (authority, authority_key), names)
    cafile, certificate = folder / "authority.pem", folder / "service.pem"
    pem = serialization.Encoding.PEM
    cafile.write_bytes(authority.public_bytes(pem))
    certificate.write_bytes(
        leaf_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + leaf.public_bytes(pem)
    )
    return cafile, certificate


Issuer = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def certificate_for(title: str, issuer: Issuer | None, names: tuple[str, ...]) -> Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
    now = datetime.now(UTC)
    by, by_key = (issuer[0].subject, issuer[1]) if issuer else (subject, key)
    builder = (
        x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), critical=True)
    )
    if issuer:
        spelt = [x509.IPAddress(ip_address(n)) if n[0].isdigit() else x509.DNSName(n) for n in names]
        builder = builder.add_extension(x509.SubjectAlternativeName(spelt), critical=False)
    return builder.sign(by_key, hashes.SHA256()), key
