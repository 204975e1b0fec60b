"""`python -m tools.docs` writes the reference; with `--check` it says what is not up to date."""

from __future__ import annotations

import sys

from tools.docs.pages import FOLDER, outdated, write

if "--check" not in sys.argv:
    write()
elif old := outdated():
    sys.exit(f"Not up to date, run make docs: {', '.join(str(path.relative_to(FOLDER)) for path in old)}")
