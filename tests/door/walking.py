"""A person who opens every address, and what the answers tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.browsing.browser import Browser
from tests.door.addresses import API, NOWHERE, UNFILLED, Round, others, paths_of
from tests.door.roles import Person
from tests.door.world import World, blueprint_of, fill, squeezed
from tests.product import Product, found, running
from tests.web.api.client import Client, client_of

_NEW = re.compile(r'(?<=csrf-token" content=")[^"]*|(?<=csp-nonce" content=")[^"]*|(?<=name="_csrf" value=")[^"]*')
"""What is another text in every answer."""
_SEVERAL = re.compile(r"\d{13,16}")


@dataclass
class Door:
    """One world behind a running product."""

    world: World
    product: Product
    rounds: tuple[Round, ...]
    _entered: dict[str, Entered] = field(default_factory=dict)

    @property
    def limited(self) -> tuple[Round, ...]:
        """Those whose roles hide something."""
        return tuple(round for round in self.rounds if self.world.hidden_marks(round.who))

    def enter(self, who: Person) -> Entered:
        """Somebody who is in already, with the answers they had."""
        if who.name not in self._entered:
            self._entered[who.name] = Entered(
                self.product.enter(who.name, follow=False), client_of(self.product, who.name)
            )
        return self._entered[who.name]

    def forget(self) -> None:
        """Ask everything anew from now on."""
        for entered in self._entered.values():
            entered.had.clear()


@dataclass
class Entered:
    """A person at the pages and at the API."""

    browser: Browser
    client: Client
    had: dict[str, httpx2.Response] = field(default_factory=dict)

    def ask(self, address: str) -> httpx2.Response:
        """The answer of an address, asked once."""
        if address not in self.had:
            api = address.startswith(API)
            self.had[address] = self.client.ask("GET", address) if api else self.browser.open(address).answer
        return self.had[address]


@contextmanager
def opened(world: World, folder: Path, url: str = "") -> Iterator[Door]:
    """The world in a product of its own, founded in `folder`."""
    found(folder, str(blueprint_of(world, folder / "blueprint")), url)
    with running(folder, url) as product:
        fill(world, product)
        own = others(world, product)
        yield Door(world, product, tuple(Round(world, product, who, own) for who in world.people))


def answers(door: Door, round: Round, seen: tuple[bool, ...] = (True, False)) -> Iterator[httpx2.Response]:
    """The answer of every address about what the person sees, and about what they do not."""
    at = door.enter(round.who)
    for path in paths_of(door.product.app):
        for each in seen if path not in UNFILLED else ():
            yield from (at.ask(address) for address in round.addresses(path, each))


def told(answer: httpx2.Response, marks: dict[str, str]) -> list[str]:
    """What the answer tells of these marks, in its head or its body."""
    text = f"{answer.text} {answer.headers}"
    whole = f"{text} {squeezed(text)}"
    return [f"{address_of(answer)} tells {what}" for mark, what in marks.items() if mark in whole]


def address_of(answer: httpx2.Response) -> str:
    return answer.request.url.raw_path.decode("ascii")


def leaks(door: Door, round: Round) -> Iterator[str]:
    """What the answers of a person tell that the person may not read, and the answers that are no answer."""
    hidden = door.world.hidden_marks(round.who)
    for answer in answers(door, round):
        yield from (f"{round.who.name}: {leak}" for leak in told(answer, hidden))
        if answer.status_code >= 500:
            yield f"{round.who.name}: {address_of(answer)} fails"


def of_nothing(address: str) -> str:
    """The same address about a record that does not exist, or about a word that stands nowhere."""
    elsewhere = _SEVERAL.sub(str(NOWHERE), address)
    return re.sub(r"(?<=q=)q\w{8,9}", "qaaaaaaaa", elsewhere)


def alike(answer: httpx2.Response, address: str) -> tuple[int, str]:
    """What an answer says, but for the ids and words it was asked with, and for what is new in every answer."""
    text = _NEW.sub("", answer.text)
    for word in re.findall(r"(?<=q=)\w+", address):
        text = text.replace(word, "")
    return answer.status_code, _SEVERAL.sub("", text)
