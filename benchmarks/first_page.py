"""What a first visit to a list loads: the page and the scripts, sheets, pictures and letters it names, compressed."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin

from benchmarks.asking import Client, Question

LINK = re.compile(r"<link\b[^>]*>")
LATER = ("apple-touch-icon", "manifest")
"""What a browser fetches when the product is installed."""
ADDRESS = re.compile(r'href="(/static/[^"#]+)')
SCRIPT = re.compile(r'<script\b[^>]*src="([^"]+)')
SPRITE = re.compile(r'href="(/static/[^"#]+\.svg)#')
IMPORTED = re.compile(r"""(?:^|\n)import\s[^"'\n]*["'](\./[^"']+)""")


def first_page_bytes(client: Client, address: str, headers: dict[str, str]) -> int:
    """Bytes on the wire of a first visit with an empty cache."""
    page = client.ask(Question(address, headers=headers))
    total, text = len(gzip.compress(page, 5)), page.decode()
    links = [link for link in LINK.findall(text) if not any(word in link for word in LATER)]
    waiting = {path for link in links for path in ADDRESS.findall(link)}
    waiting |= {*SCRIPT.findall(text), *SPRITE.findall(text)}
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        content = client.ask(Question(path, headers={"accept-encoding": "identity"}))
        total += len(gzip.compress(content, 5))
        if "/js/" in path:
            waiting |= {urljoin(path, name) for name in IMPORTED.findall(content.decode())} - seen
    return total
