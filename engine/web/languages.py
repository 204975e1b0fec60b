"""Which of the product's languages a person reads."""

from __future__ import annotations

from engine.locale.text import LANGUAGES


def known_language(tag: str | None) -> str | None:
    """The product's language for a tag such as "zh-Hans-CN" or "en-GB"; None for any other."""
    primary = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return next((language for language in LANGUAGES if language.partition("-")[0] == primary), None)


def accepted_language(header: str) -> str | None:
    """The best known language of an Accept-Language header."""
    choices = [_choice(part) for part in header.split(",")[:20]]
    ranked = sorted((choice for choice in choices if choice[0] > 0), key=lambda choice: -choice[0])
    return next((language for _, tag in ranked if (language := known_language(tag))), None)


def choose_language(preferred: str | None, cookie: str | None, accept: str, default: str) -> str:
    """What the person set, else what was picked in this browser, else what the browser asks for, else the default."""
    return known_language(preferred) or known_language(cookie) or accepted_language(accept) or default


def _choice(part: str) -> tuple[float, str]:
    """(quality, tag) of one part such as "zh;q=0.8"; an unreadable quality counts as 0."""
    tag, _, parameter = part.strip().partition(";")
    name, _, quality = parameter.strip().partition("=")
    if not parameter:
        return 1.0, tag
    try:
        return (float(quality), tag) if name.strip() == "q" else (0.0, tag)
    except ValueError:
        return 0.0, tag
