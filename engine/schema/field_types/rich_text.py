"""Text with headings, lists and links, kept as HTML that is safe to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import TYPE_CHECKING, Any

import nh3
from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.sorting import plain_text
from engine.schema.typed_text import many_lines
from engine.templating import Html

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 100_000
SHORT = 200
TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("strong", "em", "b", "i", "u", "s", "sub", "sup", "a"),
}
SCHEMES = {"http", "https", "mailto", "tel"}
MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)
BREAK = re.compile(r"\s*(?:<br>|</(?:p|h[2-4]|li|blockquote|pre)>)\s*|<hr>")
OTHER_NAMES = {"div": "p", "h1": "h2", "h5": "h4", "h6": "h4", "del": "s", "strike": "s", "tr": "p"}
NAMED = re.compile(rf"<(/?)({'|'.join(OTHER_NAMES)})(?=[\s/>])", re.IGNORECASE)
CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
LAST_CELL = re.compile(r"\s+(?=</tr\b)", re.IGNORECASE)
GRID = re.compile(r"</?(?:table|thead|tbody|tfoot|colgroup|col|caption|td|th)(?:\s[^<>]*)?/?>", re.IGNORECASE)
LONE_SPACE = re.compile(r"(?<!\s)(?:&nbsp;|\xa0)(?!\s|&nbsp;|\xa0)")
EMPTY = re.compile(r"<p>\s*</p>")
PARAGRAPH = re.compile(r"\n{2,}")


class RichText(FieldType):
    name = "rich_text"
    label = Text.of({"en": "Formatted text", "zh-CN": "富文本"})
    help = Text.of(
        {
            "en": "Text with headings, lists and links. Scripts and styles are taken out.",
            "zh-CN": "带标题、列表和链接的文字。脚本和样式会被去除。",
        }
    )
    icon = "file-text"
    samples = (
        Sample("Hello\nthere\n\nA < B & C", "<p>Hello<br>there</p><p>A &lt; B &amp; C</p>", "Hello\nthere\nA < B & C"),
        Sample("<h2>标题</h2><p>正文<script>alert(1)</script></p>", "<h2>标题</h2><p>正文</p>", "标题\n正文"),
        Sample(
            '<a href="https://example.com" onclick="x()" style="color:red">Link</a>',
            '<a href="https://example.com" rel="noopener noreferrer">Link</a>',
            "Link",
        ),
        Sample('<a href="javascript:alert(1)">Link</a>', '<a rel="noopener noreferrer">Link</a>', "Link"),
        Sample(
            '<h1>Plan</h1><div class="MsoNormal" style="margin:0"><del>old</del> <o:p></o:p>new</div>',
            "<h2>Plan</h2><p><s>old</s> new</p>",
            "Plan\nold new",
        ),
        Sample("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "<p>a b</p><p>c</p>", "a b\nc"),
        Sample("第一行\n第二行", "<p>第一行<br>第二行</p>", "第一行\n第二行"),
        Sample("<p>&lt;b&gt;</p>", "<p>&lt;b&gt;</p>", "<b>"),
        Sample("<two", "<p>&lt;two</p>", "<two"),
    )
    refused = ("x" * (LONGEST + 1), f"<p>{'文' * LONGEST}</p>")
    comparisons = ("contains", "empty", "not_empty")
    widget = "rich_text"
    width = 260
    wide = True
    sortable = False

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()), Column(f"{field.name}__t", plain_text()))

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        return {f"{field.name}__t": None if value is None else _words(value)}

    def filter_column(self, field: Field) -> str:
        return f"{field.name}__t"

    def parse(self, typed: str, field: Field, formats: Formats) -> str | None:
        """HTML is made safe; a text without any tag becomes paragraphs."""
        text = many_lines(typed)
        if text is None or len(text) > LONGEST:
            raise refuse("long", count=LONGEST)
        html = EMPTY.sub("", _safe(_translated(text))) if MARKUP.search(text) else _paragraphs(text)
        return html if _words(html) else None

    def validate(self, value: Any, field: Field) -> None:
        if len(value) > LONGEST:
            raise refuse("long", count=LONGEST)

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return _words(value)

    def format_short(self, value: Any, field: Field, formats: Formats) -> str:
        return " ".join(_words(value).split())[:SHORT]

    def html(self, value: Any) -> Html:
        """Made safe once more: what stands in the table may have come from elsewhere."""
        return Html(_safe(value))

    def search_text(self, value: Any, field: Field) -> str:
        return _plain(value)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        """Plain text where nothing is formatted, else the HTML."""
        plain = _plain(value)
        return plain if plain and not MARKUP.search(plain) and _paragraphs(plain) == value else str(value)


def _safe(html: str) -> str:
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href", "title"}}, url_schemes=SCHEMES)


def _translated(html: str) -> str:
    """What editors, Word and Excel write, in the tags that are kept: blocks stay blocks, a row of cells is a line."""
    spaced = LONE_SPACE.sub(" ", GRID.sub("", LAST_CELL.sub("", CELL.sub(" ", html))))
    return NAMED.sub(lambda found: f"<{found[1]}{OTHER_NAMES[found[2].lower()]}", spaced)


def _paragraphs(text: str) -> str:
    written = (escape(part.strip("\n"), quote=False).replace("\n", "<br>") for part in PARAGRAPH.split(text))
    return _safe("".join(f"<p>{part}</p>" for part in written))


def _plain(html: str) -> str:
    inner = html.replace("</p><p>", "\n\n").replace("<br>", "\n").removeprefix("<p>").removesuffix("</p>")
    return unescape(inner)


def _words(html: str) -> str:
    """What is read: the text without its tags, a line for each block."""
    return unescape(nh3.clean(BREAK.sub("\n", html), tags=set())).strip()
