"""What people say about a record, who may, who follows it then and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.access.actor import ENGINE
from engine.database.system_tables import notification
from engine.locale.text import Text
from engine.records import comments, follows
from engine.records.comments import Comment, Draft
from engine.records.errors import Invalid, RecordNotFound, Refused
from tests.records.shop import Shop


def say(shop: Shop, who: str, record: int, body: str, entity: str = "deal", **details: object) -> int:
    with shop.store.begin(shop.actor(who), "ui") as write:
        return write.comment(entity, record, Draft(body, **details))  # type: ignore[arg-type]


def said(shop: Shop, record: int, entity: str = "deal") -> list[Comment]:
    with shop.store.reading() as connection:
        return comments.page(connection, shop.store.model, entity, record, 50)


def told(shop: Shop) -> list[tuple[str, str, str | None]]:
    """(who is told, of what, by whom), oldest first."""
    names = {user_id: name for name, user_id in shop.people.items()}
    columns = notification.c.user_id, notification.c.kind, notification.c.actor_id
    with shop.database.read() as connection:
        rows = connection.execute(select(*columns).order_by(notification.c.id)).all()
    return [(names[user], kind, names.get(actor)) for user, kind, actor in rows]


def following(shop: Shop, record: int, owner: str, entity: str = "deal") -> set[str]:
    names = {user_id: name for name, user_id in shop.people.items()}
    with shop.store.reading() as connection:
        return {names[i] for i in follows.followers(connection, entity, record, shop.people[owner])}


def test_a_comment_is_kept_with_who_and_when_and_moves_the_last_activity_but_not_the_version(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    shop.clock.advance(timedelta(hours=2))
    number = say(shop, "ben", deal, "  They liked it.\r\nCall again. ")
    ben, now = shop.people["ben"], shop.clock.now()
    assert said(shop, deal) == [Comment(number, "deal", deal, ben, "Ben", now, "note", "They liked it.\nCall again.")]
    row = shop.row("deal", deal)
    assert (row["last_activity_at"], row["version"]) == (now, 1)


def test_a_call_stands_where_it_took_place(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    yesterday = shop.clock.now() - timedelta(days=1)
    say(shop, "ann", deal, "first")
    say(shop, "ann", deal, "called", kind="call", occurred_at=yesterday, minutes=14)
    assert [(one.kind, one.body, one.at, one.minutes) for one in said(shop, deal)] == [
        ("note", "first", shop.clock.now(), None),
        ("call", "called", yesterday, 14),
    ]


@pytest.mark.parametrize(
    ("draft", "errors"),
    [
        (Draft(" \n\t "), {"body": "Write something first."}),
        (Draft("\0"), {"body": "Write something first."}),
        (Draft("x" * 20_001), {"body": "This is too long. It may have 20,000 characters."}),
        (Draft("x", "poem"), {"kind": "This is not one of the kinds of comment."}),
        (Draft("x", "call", minutes=0), {"minutes": "Enter whole minutes, from 1 to 1440."}),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence(sqlite_shop: Shop, draft: Draft, errors: dict[str, str]) -> None:
    shop, deal = sqlite_shop, sqlite_shop.add("deal", "ann", name="Big")
    with pytest.raises(Invalid) as refused, shop.store.begin(shop.actor("ann"), "ui") as write:
        write.comment("deal", deal, draft)
    assert {name: text.in_("en") for name, text in refused.value.errors.items()} == errors
    assert said(shop, deal) == [] and isinstance(next(iter(refused.value.errors.values())), Text)


def test_who_may_not_read_a_record_can_say_nothing_about_it_and_change_nothing_said(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    number = say(shop, "ann", deal, "ours")
    with shop.store.begin(shop.actor("cat"), "ui") as write:
        for act in (
            lambda: write.comment("deal", deal, Draft("hello")),
            lambda: write.edit_comment(number, Draft("theirs")),
            lambda: write.delete_comment(number),
            lambda: write.follow("deal", deal, True),
        ):
            with pytest.raises(RecordNotFound):
                act()
    assert [one.body for one in said(shop, deal)] == ["ours"]


def test_the_author_alone_changes_a_comment_and_takes_it_back(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    number = say(shop, "ann", deal, "one")
    with shop.store.begin(shop.actor("ben"), "ui") as write:
        for act in (lambda: write.edit_comment(number, Draft("two")), lambda: write.delete_comment(number)):
            with pytest.raises(Refused):
                act()
    with shop.store.begin(shop.actor("ann"), "ui") as write:
        write.edit_comment(number, Draft("two"))
    assert [(one.body, one.edited) for one in said(shop, deal)] == [("two", True)]
    with shop.store.begin(shop.actor("ann"), "ui") as write:
        write.delete_comment(number)
    assert said(shop, deal) == []
    with shop.store.begin(shop.actor("ann"), "ui") as write:
        write.restore_comment(number)
    assert [one.body for one in said(shop, deal)] == ["two"]


def test_a_name_after_an_at_becomes_a_person_and_of_two_with_one_name_the_picked_one(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    ben, other = shop.people["ben"], shop.store.create(ENGINE, "user", {"name": "Ben", "email": "other@example.org"})
    say(shop, "ann", deal, "Ask @Ben, not a@Bender.org or @Nobody")
    say(shop, "ann", deal, "Ask @Ben", picked=(other,))
    assert {one.body for one in said(shop, deal)} == {
        f"Ask @[user:{ben}], not a@Bender.org or @Nobody",
        f"Ask @[user:{other}]",
    }


def test_who_is_named_or_follows_is_told_once_and_nobody_of_their_own_words(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    say(shop, "ben", deal, "Look, @Dan and @Ann and @Dan")
    assert sorted(told(shop)) == [("ann", "mention", "ben"), ("dan", "mention", "ben")]
    say(shop, "ann", deal, "Thanks")
    assert sorted(told(shop)[2:]) == [("ben", "comment", "ann"), ("dan", "comment", "ann")]
    assert following(shop, deal, "ann") == {"ann", "ben", "dan"}


def test_who_stopped_following_is_not_brought_back_by_what_others_do(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    for who in ("ann", "ben"):
        with shop.store.begin(shop.actor(who), "ui") as write:
            write.follow("deal", deal, False)
    say(shop, "dan", deal, "Hello @Ben")
    say(shop, "dan", deal, "Anybody?")
    assert told(shop) == [("ben", "mention", "dan")] and following(shop, deal, "ann") == {"dan"}


def test_a_new_owner_is_told_and_nobody_of_imported_records(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    shop.change("deal", deal, "dan", owner=shop.people["ben"])
    shop.store.create(shop.actor("ann"), "deal", {"name": "B", "owner": shop.people["ben"]}, source="import")
    assert told(shop) == [("ben", "assigned", "dan")]


def test_what_is_rolled_back_tells_nobody(shop: Shop) -> None:
    deal = shop.add("deal", "ann", name="Big")
    with pytest.raises(ZeroDivisionError), shop.store.begin(shop.actor("ben"), "ui") as write:
        write.comment("deal", deal, Draft("@Ann"))
        raise ZeroDivisionError
    assert told(shop) == [] and said(shop, deal) == []
