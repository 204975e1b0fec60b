"""Comments as HTML: nothing a person writes becomes markup of its own."""

from __future__ import annotations

import pytest

from engine.forms.light_text import light_html, plain_text
from engine.schema.mentions import mentioned, with_ids, with_names

LINK = '<a class="link" href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>'


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("a\nb", "a\nb"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("See https://a.example/x?y=1&z=2.", "See " + LINK.format("https://a.example/x?y=1&amp;z=2") + "."),
        ("(https://a.example/b_(c))", "(" + LINK.format("https://a.example/b_(c)") + ")"),
        ("见 https://a.example/路，谢谢", "见 " + LINK.format("https://a.example/路") + "，谢谢"),
        ("javascript:alert(1) data:text/html,x", "javascript:alert(1) data:text/html,x"),
        ('https://a.example/"onclick="x', LINK.format("https://a.example/") + "&#34;onclick=&#34;x"),
        ("Hi @[user:7] and @[user:8]", 'Hi <span class="mention mention--me">@Mei &lt;b&gt;</span> and '
         '<span class="mention">@</span>'),
    ],
)  # fmt: skip
def test_a_comment_is_drawn_with_links_and_people_and_no_markup_of_its_own(body: str, html: str) -> None:
    assert light_html(body, {7: "Mei <b>"}, me=7) == html


def test_a_comment_on_one_line_names_people() -> None:
    assert plain_text("Hi @[user:7]\nand @[user:8].", {7: "Mei"}) == "Hi @Mei and @."


def test_the_longest_name_wins_and_names_come_back_when_the_text_is_edited() -> None:
    people = [(1, "Mei"), (2, "Mei Lin"), (3, "林梅")]
    stored = with_ids("@Mei Lin, @Mei and @林梅, not @Meister", people)
    assert stored == "@[user:2], @[user:1] and @[user:3], not @Meister" and mentioned(stored) == (2, 1, 3)
    assert with_names(stored, {1: "Mei", 2: "Mei Lin"}) == "@Mei Lin, @Mei and @[user:3], not @Meister"
