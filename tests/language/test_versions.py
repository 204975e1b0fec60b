from __future__ import annotations

import pytest

from engine.language.versions import satisfies, version


@pytest.mark.parametrize(
    ("wanted", "inside", "outside"),
    [
        ("^1.2", ["1.2.0", "1.9.9"], ["1.1.9", "2.0.0"]),
        ("^0.2", ["0.2.0", "0.2.7"], ["0.3.0", "1.0.0"]),
        ("^0.0.3", ["0.0.3"], ["0.0.2", "0.0.4"]),
        ("^0", ["0.0.0", "0.9.0"], ["1.0.0"]),
        ("~1.2.3", ["1.2.3", "1.2.9"], ["1.2.2", "1.3.0"]),
        ("~1", ["1.0.0", "1.9.0"], ["2.0.0"]),
        (">=1.0, <2", ["1.0.0", "1.99.0"], ["0.9.9", "2.0.0"]),
        ("1.2.3", ["1.2.3"], ["1.2.4"]),
        (">1.2", ["1.2.1"], ["1.2.0"]),
    ],
)
def test_a_range_holds_some_versions(wanted: str, inside: list[str], outside: list[str]) -> None:
    holding = [text for text in inside + outside if (found := version(text)) and satisfies(found, wanted)]

    assert holding == inside


@pytest.mark.parametrize("wanted", ["", "latest", "^", "1.x", "^1.2 <3", "1.2.3.4", ">=1.0,"])
def test_a_range_that_is_not_readable_is_refused(wanted: str) -> None:
    with pytest.raises(ValueError, match=r"^[^,]*$"):
        satisfies((1, 2, 3), wanted)


@pytest.mark.parametrize("text", ["1.2", "1.2.3-rc1", "v1.2.3", "01.2.3", ""])
def test_a_version_is_three_numbers(text: str) -> None:
    assert version(text) is None
