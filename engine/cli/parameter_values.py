"""`--param NAME=VALUE`: the values that parameters of a blueprint have in a workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from engine.cli.speech import option
from engine.locale.catalogue import message


def read_values(context: click.Context, parameter: click.Parameter, written: tuple[str, ...]) -> dict[str, str]:
    """Name -> text. Raises `BadParameter` for what has no equals sign."""
    for each in written:
        if "=" not in each:
            raise click.BadParameter(message("cli.param.form", "en", text=each), context, parameter)
    return {name.strip(): text.strip() for name, _, text in (each.partition("=") for each in written)}


def param_option(function: Callable[..., Any]) -> Callable[..., Any]:
    given = option("--param", "values", metavar="NAME=VALUE", multiple=True, callback=read_values, help="cli.param")
    wrapped: Callable[..., Any] = given(function)
    return wrapped
