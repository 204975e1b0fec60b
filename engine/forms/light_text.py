"""The light text of comments as HTML: line breaks stay, addresses become links, people named in it stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.schema.mentions import MENTION
from engine.templating import Html, join

_ADDRESS = re.compile(r"https?://[^\s<>\"'`，。；：！？（）【】《》、“”]+")
_TRAILING = ".,;:!?)]}'\""
_PIECE = re.compile(f"{MENTION.pattern}|{_ADDRESS.pattern}")


def light_html(body: str, names: Mapping[int, str], me: int | None = None) -> Html:
    """`names` are those of the people the text may name; one who is not there any more is drawn as an @ alone."""
    return join(_pieces(body, names, me))


def plain_text(body: str, names: Mapping[int, str]) -> str:
    """The text on one line, for places where a comment is only hinted at."""
    named = MENTION.sub(lambda match: f"@{names.get(int(match[1]), '')}", body)
    return " ".join(named.split())


def _pieces(body: str, names: Mapping[int, str], me: int | None) -> Iterator[str]:
    done = 0
    for match in _PIECE.finditer(body):
        yield body[done : match.start()]
        done = match.end()
        if match[1]:
            yield _mention(int(match[1]), names, me)
            continue
        address = _without_trailing(match[0])
        done = match.start() + len(address)
        yield Html('<a class="link" href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>').format(
            address
        )
    yield body[done:]


def _mention(user_id: int, names: Mapping[int, str], me: int | None) -> Html:
    own = " mention--me" if user_id == me else ""
    return Html('<span class="mention{}">@{}</span>').format(own, names.get(user_id, ""))


def _without_trailing(address: str) -> str:
    """The address without the punctuation of the sentence it ends; a bracket that it opened itself stays."""
    while address and address[-1] in _TRAILING:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address
