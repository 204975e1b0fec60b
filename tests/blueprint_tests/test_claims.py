from __future__ import annotations

from tests.blueprint_tests.shop import failures, outcomes

OTHER = "deal: {d: {name: Mine, owner: me, amount: 12.5}, o: {name: Other, owner: boss}}"


def test_an_expression_that_is_not_true_is_told_with_the_values_of_its_parts() -> None:
    then = '"d.amount * 2 > 30 or d.name == null"'
    text = f"tests:\n  - {{name: t, given: {{deal: {{d: {{name: Big, amount: 12.5}}}}}}, then: [{then}]}}"
    failure = outcomes(text)[0].failures[0]
    assert (failure.message.in_("en"), failure.message.in_("zh-CN")) == (
        "not true: d.amount * 2 > 30 or d.name == null",
        "不成立：d.amount * 2 > 30 or d.name == null",
    )
    assert failure.parts == [
        ("d.amount * 2 > 30", "false"),
        ("d.name == null", "false"),
        ("d.amount * 2", "25.00"),
        ("d.name", "'Big'"),
        ("d.amount", "12.50"),
    ]


def test_records_around_a_record_are_counted_and_told() -> None:
    lines = "line: {one: {deal: d, name: One, quantity: 2}, two: {deal: d, name: Two}}"
    then = '"count(d.lines, quantity > 1) == 2 and exists(line, deal == record.d)"'
    text = f"tests:\n  - {{name: t, given: {{deal: {{d: {{name: Big}}}}, {lines}}}, then: [{then}]}}"
    assert outcomes(text)[0].failures[0].parts == [
        ("count(d.lines, quantity > 1) == 2", "false"),
        ("exists(line, deal == record.d)", "true"),
        ("count(d.lines, quantity > 1)", "1"),
    ]


def test_rights_are_claimed_and_denied() -> None:
    then = (
        "{allowed: {update: d}}, {denied: {delete: d}}, {denied: {read: o}}, {allowed: {read: o, as: boss}}, "
        "{allowed: {create: deal}}, {denied: {create: account}}, {denied: {export: deal}}"
    )
    assert failures("", then, OTHER) == []


def test_a_right_that_is_otherwise_than_claimed_is_told() -> None:
    assert failures("", "{allowed: {read: o}}, {denied: {update: d}}", OTHER) == [
        "tests/deals.yaml:6:13 not allowed: read o",
        "tests/deals.yaml:6:35 allowed, though it should not be: update d",
    ]


def test_records_are_counted_as_a_person_finds_them() -> None:
    then = "{count: {of: deal, is: 1}}, {count: {of: deal, as: boss, is: 2}}"
    assert failures("", then + ', {count: {of: deal, where: "amount > 99", is: 1}}', OTHER) == [
        "tests/deals.yaml:6:79 0 found, 1 wanted"
    ]


def test_a_refusal_that_does_not_come_is_told() -> None:
    assert failures("", "{refused: true}") == ["tests/deals.yaml:6:13 nothing was refused"]


def test_a_refusal_for_another_reason_is_told_and_fails_the_test() -> None:
    told = failures("{update: {record: d, with: {amount: -1}}}", "{refused: {field: name}}")
    assert [line.split(": ")[0] for line in told] == [
        "tests/deals.yaml:5:12 step 1 was refused",
        "tests/deals.yaml:6:13 refused for another reason",
    ]


def test_the_people_of_a_test_are_its_own_or_the_roles() -> None:
    mei = "mei: {name: Mei, email: mei@shop.example, roles: [sales]}"
    given = f"user: {{{mei}}}, deal: {{d: {{name: A, owner: mei}}, e: {{name: B, owner: sales}}}}"
    then = "{count: {of: deal, as: mei, is: 1}}, {denied: {read: e, as: mei@shop.example}}, {allowed: {read: e}}"
    assert failures("", then, given) == []


def test_a_test_leaves_nothing_behind() -> None:
    one = "{name: one, given: {deal: {d: {name: A}}}, then: [{count: {of: deal, is: 1}}]}"
    ended = outcomes(f"tests:\n  - {one}\n  - {one}")
    assert [outcome.failures for outcome in ended] == [(), ()]


def test_given_records_that_break_a_rule_fail_the_test() -> None:
    told = failures("", '"d.amount == -1"', "deal: {d: {name: Big, amount: -1}}")
    assert len(told) == 1 and told[0].startswith("tests/deals.yaml:4:20 the record d cannot be put in: ")


def test_a_test_without_a_clock_begins_on_a_monday_in_january() -> None:
    text = 'tests:\n  - {name: t, given: {deal: {d: {name: A, closes: 2026-01-05}}}, then: ["d.closes == today()"]}'
    assert outcomes(text)[0].failures == ()


def test_the_clock_of_a_test_is_read_in_the_time_zone_of_the_workspace() -> None:
    given = "given: {deal: {d: {name: A, closes: 2026-03-04}}}"
    text = f'tests:\n  - {{name: t, clock: "2026-03-04T00:30", {given}, then: ["d.closes == today()"]}}'
    assert outcomes(text)[0].failures == ()


def test_tests_run_on_postgresql_in_a_schema_that_is_dropped(postgres_url: str) -> None:
    text = 'tests:\n  - {name: t, given: {deal: {d: {name: A, amount: 3}}}, then: ["d.amount == 3"]}'
    assert outcomes(text, postgres_url)[0].failures == ()
