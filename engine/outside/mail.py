"""Mail out: the one port through which the workspace writes to people. `send` returns at once; a thread of the process
delivers what waits, one letter after the other, and tells what could not be sent."""

from __future__ import annotations

import queue
import smtplib
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP as FORM
from email.utils import formataddr, formatdate, make_msgid
from typing import Literal

from engine.outside.letter import Letter

Tls = Literal["starttls", "tls", "none"]
PATIENCE = 20
"""Seconds a mail server may take for an answer."""
Told = Callable[[Letter, str], None]


@dataclass(frozen=True, slots=True)
class MailServer:
    """`tls` is "starttls", "tls" from the first byte, or "none" for one on this machine. `authorities` is a file of
    certificates to believe beside those of the system."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: str = ""


class Mail:
    """Without a server nothing is sent: ask `available` before a letter is written."""

    def __init__(self, server: MailServer | None, name: Callable[[], str], failed: Told) -> None:
        """`name` is shown as the sender; `failed` is told of each letter that was given up, and why."""
        self._server, self._name, self._failed = server, name, failed
        self._waiting: queue.SimpleQueue[Letter | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    @property
    def available(self) -> bool:
        return self._server is not None

    def send(self, letter: Letter) -> None:
        """Never inside a transaction: the letter may arrive before it is committed."""
        with self._guard:
            if self._thread is None:
                self._thread = threading.Thread(target=self._deliver, name="mail", daemon=True)
                self._thread.start()
            self._waiting.put(letter)

    def settle(self) -> None:
        """Wait until everything given to `send` has left or was given up."""
        with self._guard:
            thread, self._thread = self._thread, None
            self._waiting.put(None) if thread else None
        if thread:
            thread.join()

    def _deliver(self) -> None:
        while (letter := self._waiting.get()) is not None:
            try:
                deliver(self._server, self._name(), letter) if self._server else None
            except (OSError, smtplib.SMTPException, ValueError) as error:
                with suppress(Exception):
                    self._failed(letter, _reason(error))


def deliver(server: MailServer, name: str, letter: Letter) -> None:
    """Hand one letter to the server. Raises `OSError`, `smtplib.SMTPException`."""
    context = ssl.create_default_context(cafile=server.authorities or None)
    if server.tls == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    with connection:
        if server.tls == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(_written(server, name, letter))


def _written(server: MailServer, name: str, letter: Letter) -> EmailMessage:
    mail = EmailMessage(policy=FORM)
    mail["Subject"] = " ".join(letter.subject.split())
    mail["From"] = formataddr((" ".join(name.split()), server.sender))
    mail["To"] = letter.to
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2] or None)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail


def _reason(error: Exception) -> str:
    """What the server said, without what was sent to it."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {said}"[:200]
    return (str(error) or type(error).__name__)[:200]
