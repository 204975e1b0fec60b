"""Mail against a real server on this machine."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engine.outside.letter import Letter, LinkLetter, link_letter
from engine.outside.mail import Mail, MailServer

WORDS = LinkLetter(
    "zh-CN",
    "松林 & 公司",
    "您的新密码",
    "请设置密码 <现在>。",
    "设置密码",
    "https://crm.x/password/a_b",
    "一小时内有效。",
)


@dataclass
class Post:
    """What arrived, and who was let in."""

    mails: list[EmailMessage] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK" if "refused@example.org" not in envelope.rcpt_tos else "550 no such mailbox"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"pine", handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of "localhost" that signs itself, in one file."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    begin = datetime.now(UTC) - timedelta(days=1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(begin).not_valid_after(begin + timedelta(days=9))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = builder.sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form) + signed.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def serving(post: Post, certificate: Path | None) -> Iterator[MailServer]:
    settings: dict[str, Any] = {}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        settings = {"tls_context": context, "require_starttls": True, "authenticator": post.authenticate}
        settings["auth_required"] = True
    controller = Controller(post, hostname="localhost", port=0, **settings)
    controller.port = free_port()
    controller.start()
    try:
        yield MailServer("localhost", controller.port, "none", "crm@example.org")
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return int(listener.getsockname()[1])


def sent(server: MailServer, letter: Letter) -> list[str]:
    """What was told of a letter that could not be sent."""
    told: list[str] = []
    mail = Mail(server, lambda: "松林 & 公司", lambda _, reason: told.append(reason))
    mail.send(letter)
    mail.settle()
    return told


def test_a_letter_arrives_through_starttls_with_a_login_plain_and_as_html(certificate: Path) -> None:
    post = Post()
    with serving(post, certificate) as server:
        secured = replace(server, tls="starttls", user="crm", password="pine", authorities=str(certificate))
        assert sent(secured, link_letter("mei@example.org", "您的新密码", WORDS)) == []
    (mail,) = post.mails
    assert (mail["Subject"], mail["To"], mail["From"]) == (
        "您的新密码",
        "mei@example.org",
        "松林 & 公司 <crm@example.org>",
    )
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert (
        plain and "请设置密码 <现在>。" in plain.get_content() and "https://crm.x/password/a_b" in plain.get_content()
    )
    assert html and "请设置密码 &lt;现在&gt;。" in html.get_content() and 'lang="zh-CN"' in html.get_content()
    assert post.logins == [(b"crm", b"pine")]


def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_letter(certificate: Path) -> None:
    post = Post()
    with serving(post, certificate) as server:
        told = sent(replace(server, tls="starttls", user="crm", password="pine"), link_letter("a@x.org", "A", WORDS))
    assert len(told) == 1 and "certificate" in told[0] and (post.mails, post.logins) == ([], [])


def test_what_cannot_be_sent_is_told_without_the_password(certificate: Path) -> None:
    post = Post()
    with serving(post, certificate) as server:
        wrong = replace(server, tls="starttls", user="crm", password="birch", authorities=str(certificate))
        (told,) = sent(wrong, link_letter("a@x.org", "A", WORDS))
    assert told.startswith("535") and "birch" not in told and "birch" not in repr(wrong)
    (gone,) = sent(replace(server, port=free_port()), link_letter("a@x.org", "A", WORDS))
    assert "refused" in gone.lower()


def test_a_plain_server_takes_a_letter_and_a_title_of_two_lines_is_one() -> None:
    post = Post()
    with serving(post, None) as server:
        assert sent(server, link_letter("a@x.org", "A\r\nBcc: all@x.org", WORDS)) == []
        assert sent(server, link_letter("refused@example.org", "A", WORDS)) == ["550 no such mailbox"]
    assert post.mails[0]["Subject"] == "A Bcc: all@x.org" and post.mails[0]["Bcc"] is None
