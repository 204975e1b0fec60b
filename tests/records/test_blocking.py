"""A rule that blocks: no way of writing makes a second record, and no answer says which one is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid
from engine.records.foresight import Foresight
from engine.records.refusals import reasons
from engine.schema.field_types.person_name import Name
from tests.exchange.importing import Bench
from tests.records.clients import open_clients
from tests.records.shop import Shop

SAME = {"email": "A Contact with the same Email is there already."}


@pytest.fixture
def strict(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_clients(database, clock, identifiers, blocking=True)


def refused(write: Any, *words: Any, **values: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        write(*words, **values)
    return {name: text.in_("en") for name, text in refusal.value.errors.items()}


def told(answer: int | Exception) -> dict[str, str]:
    return {name: text.in_("en") for name, text in reasons(answer).items()} if isinstance(answer, Exception) else {}


def test_a_second_record_is_neither_made_nor_changed_into_one(strict: Shop) -> None:
    strict.add("contact", name="Ann Lee", email="ann@example.com")
    ben = strict.add("contact", name="Ben Ray", email="ben@example.com")
    assert refused(strict.add, "contact", name="Anna L", email="Ann+news@Example.com") == SAME
    assert refused(strict.change, "contact", ben, email="ann@example.com") == SAME
    strict.change("contact", ben, email="BEN@example.com", mobile="+8613800138000")
    strict.add("contact", name="Cy Moe", mobile="+8613800138000")


def test_a_similar_name_at_the_same_company_is_kept_out_too(strict: Shop) -> None:
    home = strict.add("account", name="Larkfield")
    strict.add("contact", name="张伟", account=home)
    alike = {"name": "A Contact with a similar Name is there already."}
    assert refused(strict.add, "contact", name=("Zhang", "Wei"), account=home) == alike
    strict.add("contact", name=("Zhang", "Wei"), account=strict.add("account", name="Other"))


def test_a_record_one_may_not_see_keeps_another_one_out_and_is_not_named(strict: Shop) -> None:
    strict.add("contact", name="Hidden Person", email="ann@example.com")
    assert refused(strict.add, "contact", "ann", name="Mine", email="ann@example.com") == SAME


def test_many_records_keep_each_other_out(strict: Shop) -> None:
    strict.add("contact", name="Ann", email="ann@example.com")
    ben = strict.add("contact", name="Ben", email="ben@example.com")
    rows = [
        (None, {"name": Name("", "A"), "email": "ann@example.com"}),
        (ben, {"email": "free@example.com"}),
        (None, {"name": Name("", "B"), "email": "ben@example.com"}),
        (None, {"name": Name("", "C"), "email": "BEN@example.com"}),
        (None, {"name": Name("", "D"), "email": "free@example.com"}),
    ]
    with strict.store.begin(strict.actor("eve"), "import") as write:
        judged = write.judge_many("contact", rows, Foresight())
        done = write.create_or_change("contact", rows)
    assert [told(each) for each in done] == [told(each) for each in judged] == [SAME, {}, {}, SAME, SAME]


def test_what_is_asked_does_not_grow_with_the_rows(strict: Shop) -> None:
    asked = []
    for count in (5, 150):
        rows = [(None, {"name": Name("", f"P{n}"), "email": f"p{count}.{n}@example.com"}) for n in range(count)]
        with strict.database.count_statements() as statements, strict.store.begin(ENGINE, "import") as write:
            assert all(isinstance(each, int) for each in write.create_or_change("contact", rows))
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_a_record_does_not_come_out_of_the_bin_beside_another_one(strict: Shop) -> None:
    ann = strict.add("contact", name="Ann", email="ann@example.com")
    strict.store.delete(ENGINE, "contact", ann)
    other = strict.add("contact", name="Other", email="ann@example.com")
    assert refused(strict.store.restore, strict.actor("eve"), "contact", ann) == SAME
    strict.change("contact", other, email="other@example.com")
    strict.store.restore(strict.actor("eve"), "contact", ann)


def test_records_that_were_there_before_the_rule_are_merged_and_parted_again(strict: Shop) -> None:
    with strict.store.begin(ENGINE, "demo") as write:
        one, two = (write.create("contact", {"name": name, "email": "ann@example.com"}) for name in ("Ann", "Anna"))
    strict.change("contact", one, mobile="+8613800138000")
    with strict.store.begin(strict.actor("eve"), "merge") as write:
        write.merge("contact", one, [two], {"name": two})
    strict.store.restore(strict.actor("eve"), "contact", two)
    assert strict.row("contact", two)["email"] == "ann@example.com"


def test_an_import_leaves_the_row_out_and_says_why(strict: Shop, identifiers: Identifiers, tmp_path: Path) -> None:
    bench = Bench(strict, identifiers, tmp_path)
    strict.add("contact", name="Ann", email="ann@example.com")
    rows = [["Name", "Email"], ["A", "ann@example.com"], ["B", "b@example.com"], ["C", "B@example.com"]]
    draft = bench.upload("contact", rows, who="")
    found = bench.acting("").check(draft.id).check
    done = bench.run(draft, who="")
    assert found is not None and (found.create, found.refused) == (done.done, done.refused) == (1, 2)
    assert bench.refusals(done) == [(2, "Email", SAME["email"]), (4, "Email", SAME["email"])]
