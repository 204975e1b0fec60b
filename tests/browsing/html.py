"""A page as a tree of elements: enough to read what a person sees and what a form would send."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr"]
)
UNSEEN = frozenset({"script", "style", "template"})


class Element:
    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def classes(self) -> list[str]:
        return self["class"].split()

    @property
    def text(self) -> str:
        """The words in it, with single spaces."""
        return " ".join("".join(self._words()).split())

    def walk(self) -> Iterator[Element]:
        """Every element below it that a browser shows; what scripts make rows from is left out."""
        for child in self.children:
            if isinstance(child, Element) and child.tag != "template":
                yield child
                yield from child.walk()

    def all(self, tag: str = "", kind: str = "", **attributes: str) -> list[Element]:
        """The elements with this tag, class and these attributes; `data_x` stands for `data-x`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [element for element in self.walk() if element.matches(tag, kind, wanted)]

    def one(self, tag: str = "", kind: str = "", **attributes: str) -> Element:
        """The first such element; fails when there is none."""
        found = self.all(tag, kind, **attributes)
        assert found, f"there is no {tag}.{kind} {attributes}"
        return found[0]

    def texts(self, tag: str = "", kind: str = "", **attributes: str) -> list[str]:
        return [element.text for element in self.all(tag, kind, **attributes)]

    def matches(self, tag: str, kind: str, attributes: dict[str, str]) -> bool:
        return (
            tag in ("", self.tag)
            and (not kind or kind in self.classes)
            and all(self.attributes.get(name) == value for name, value in attributes.items())
        )

    def within(self, tag: str) -> Element | None:
        """The nearest element around it with this tag."""
        found = self.parent
        while found is not None and found.tag != tag:
            found = found.parent
        return found

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                yield " "
                yield from child._words()
                yield " "


def parse(text: str) -> Element:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self._current = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._current)
        self._current.children.append(element)
        if tag not in VOID:
            self._current = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._current.children.append(Element(tag, {name: value or "" for name, value in attrs}, self._current))

    def handle_endtag(self, tag: str) -> None:
        around: Element | None = self._current
        while around is not None and around.tag != tag:
            around = around.parent
        if around is not None and around.parent is not None:
            self._current = around.parent

    def handle_data(self, data: str) -> None:
        self._current.children.append(data)
