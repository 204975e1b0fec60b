"""Outcomes of tests as JUnit XML, which build servers read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from engine.blueprint_tests.outcome import Outcome
from engine.cli.test_report import Texts, told


def write_junit(path: Path, suite: str, outcomes: Sequence[Outcome], texts: Texts, language: str) -> None:
    """Write the file; its folder is made when it is not there. Raises `OSError`."""
    counts = {"tests": len(outcomes), "failures": sum(not each.passed for each in outcomes), "errors": 0}
    numbers = {name: str(count) for name, count in counts.items()} | {"time": _time(sum(o.seconds for o in outcomes))}
    root = Element("testsuites", numbers)
    group = SubElement(root, "testsuite", {"name": suite, **numbers})
    for outcome in outcomes:
        _add(group, suite, outcome, texts, language)
    indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _add(group: Element, suite: str, outcome: Outcome, texts: Texts, language: str) -> None:
    place = outcome.test.place
    words = {"classname": suite, "name": _plain(outcome.test.name.in_(language)), "file": place.file}
    case = SubElement(group, "testcase", {**words, "line": str(place.line), "time": _time(outcome.seconds)})
    if outcome.failures:
        message = _plain(outcome.failures[0].message.in_(language))
        failure = SubElement(case, "failure", {"message": message})
        failure.text = _plain("\n".join(line for each in outcome.failures for line in told(each, texts, language)))


def _time(seconds: float) -> str:
    return f"{seconds:.3f}"


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "�" for letter in text)
