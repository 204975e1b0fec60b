"""The web application: `python server.py` runs what `crm serve` runs, `uvicorn server:app` serves the same."""

import os
import sys
from functools import cache
from typing import Any

from engine.app import make_app, open_services
from engine.cli import crm
from engine.settings import Settings


@cache
def application() -> Any:
    return make_app(open_services(Settings.from_environment(os.environ)))


def __getattr__(name: str) -> Any:
    """`app` is built when a server asks for it."""
    if name == "app":
        return application()
    raise AttributeError(name)


if __name__ == "__main__":
    crm.main(["serve", *sys.argv[1:]])
