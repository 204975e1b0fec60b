"""How a comment names people: `@[user:<id>]` in the stored text, `@Mei Lin` where it is read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

MENTION = re.compile(r"@\[user:([0-9]{1,16})\]")
MOST = 50
"""People one comment may name."""
LONGEST_NAME = 60
"""Characters; a longer name is found by its beginning."""


def mentioned(body: str) -> tuple[int, ...]:
    """The ids of the people a stored text names, each once, in order."""
    return tuple(dict.fromkeys(int(found) for found in MENTION.findall(body)))[:MOST]


def possible_names(text: str) -> tuple[str, ...]:
    """Every text after an @ that could be somebody's name."""
    ends = [match.end() for match in re.finditer("@", text)][:MOST]
    names = (text[start : start + length] for start in ends for length in range(1, LONGEST_NAME + 1))
    return tuple(dict.fromkeys(name for name in names if name == name.strip() and "\n" not in name and "[" not in name))


def with_ids(text: str, people: Iterable[tuple[int, str]]) -> str:
    """What a person typed, with the names after an @ as ids: the longest name wins, and of one name the first."""
    ids: dict[str, int] = {}
    for user_id, name in people:
        ids.setdefault(name[:LONGEST_NAME], user_id)
    if not ids:
        return text
    names = "|".join(re.escape(name) for name in sorted(ids, key=len, reverse=True))
    return re.sub(f"@({names})(?![\\w])", lambda match: f"@[user:{ids[match[1]]}]", text)


def with_names(body: str, names: Mapping[int, str]) -> str:
    """A stored text as it is edited; somebody who is gone stays an id."""
    return MENTION.sub(lambda match: f"@{names[int(match[1])]}" if int(match[1]) in names else match[0], body)
