"""An authority that answers over HTTP on this machine: OCSP and a revocation list, or whatever it is told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from signing.keys import Identity, SoftwareKey, private_key
from signing.trial_certificates import signer_profile, time_stamping_profile
from signing.trial_pki import TestPki

Reply = tuple[int, bytes]


@dataclass(slots=True)
class OnlineAuthority:
    """`port` is where it listens; `replies` take the place of what it would say, by method."""

    pki: TestPki
    at: datetime
    port: int
    known: dict[int, x509.Certificate] = field(default_factory=dict)
    replies: dict[str, Callable[[], Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def identity(
        self, *, stamps: bool = False, ocsp_path: str | None = "/ocsp", crl_path: str | None = None
    ) -> Identity:
        """Somebody's key, with those addresses in its certificate; `stamps` makes it one for time."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = [x509.NameAttribute(NameOID.GIVEN_NAME, "Mẫu"), x509.NameAttribute(NameOID.COMMON_NAME, "Mẫu")]
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name(name))
            .issuer_name(self.pki.issuing.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.at - timedelta(days=9))
            .not_valid_after(self.at + timedelta(days=900))
        )
        builder = (time_stamping_profile if stamps else signer_profile)(builder)
        if ocsp_path is not None:
            named = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, self._place(ocsp_path))
            builder = builder.add_extension(x509.AuthorityInformationAccess([named]), critical=False)
        if crl_path is not None:
            point = x509.DistributionPoint([self._place(crl_path)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        made = builder.sign(private_key(self.pki.issuing), hashes.SHA256())
        self.known[made.serial_number] = made
        return Identity(SoftwareKey(key), made, (self.pki.issuing.certificate, self.pki.root.certificate))

    def certificate(
        self, *, ocsp_path: str | None = "/ocsp", crl_path: str | None = None
    ) -> x509.Certificate:
        """The certificate of one."""
        return self.identity(ocsp_path=ocsp_path, crl_path=crl_path).certificate

    def _place(self, path: str) -> x509.UniformResourceIdentifier:
        return x509.UniformResourceIdentifier(f"http://127.0.0.1:{self.port}{path}")

    def answer(self, request: bytes) -> bytes:
        """To an OCSPRequest."""
        serial = ocsp.load_der_ocsp_request(request).serial_number
        return self.pki.answers.ocsp(self.known[serial], at=self.at) or b""

    def list(self) -> bytes:
        """Of the issuing authority."""
        return self.pki.answers.crl(next(iter(self.known.values())), at=self.at) or b""


@contextmanager
def online(pki: TestPki, at: datetime) -> Iterator[OnlineAuthority]:
    """Listens until the block ends."""
    authority = OnlineAuthority(pki, at, port=0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._reply("POST", lambda: (200, authority.answer(body)))

        def do_GET(self) -> None:
            self._reply("GET", lambda: (200, authority.list()))

        def _reply(self, method: str, usual: Callable[[], Reply]) -> None:
            authority.asked.append(f"{method} {self.path}")
            status, body = authority.replies.get(method, usual)()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
