from __future__ import annotations

from tests.blueprint_tests.shop import failures


def test_a_record_is_created_under_the_rules_and_rights_of_who_acts() -> None:
    create = "{create: {deal: {n: {name: New, account: house, closes: today+10d}}}}"
    assert failures(create, "\"n.owner == me and n.account.name == 'House' and n.closes == today() + 10\"") == []


def test_a_record_of_a_step_may_be_named_by_the_next_one() -> None:
    steps = "{create: {deal: {n: {name: New}}}}, {update: {record: n, with: {amount: 5, name: Newer}}}"
    assert failures(steps, "\"n.amount == 5 and n.name == 'Newer'\"") == []


def test_null_empties_a_field() -> None:
    assert failures("{update: {record: d, with: {amount: null}}}", '"d.amount == null"') == []


def test_a_transition_is_made_with_what_it_asks_for() -> None:
    assert failures("{transition: {record: d, name: win, with: {closes: today}}}", "\"d.stage == 'won'\"") == []


def test_a_transition_without_what_it_asks_for_is_refused_for_that_field() -> None:
    then = "{refused: {field: closes}}, \"d.stage == 'offer'\""
    assert failures("{transition: {record: d, name: win}}", then) == []


def test_the_named_transition_must_leave_from_where_the_record_is() -> None:
    told = failures("{transition: {record: d, name: offer}}", '"d.amount == 90"')
    assert told == ["tests/deals.yaml:5:12 step 1 was refused: The transition offer does not leave from Offer."]


def test_a_record_goes_into_the_bin_and_comes_back() -> None:
    steps = "{delete: d, as: boss}, {restore: d, as: boss}, {delete: o, as: boss}"
    given = "deal: {d: {name: Big, owner: me}, o: {name: Other, owner: me}}"
    assert failures(steps, '"d.deleted_at == null and o.deleted_at != null"', given) == []


def test_time_passes() -> None:
    steps = "{wait: 40d}, {update: {record: d, with: {closes: today}}}"
    given = "deal: {d: {name: Big, owner: me, opens: today}}"
    assert failures(steps, '"d.closes == today() and d.closes - d.opens == 40"', given) == []


def test_a_step_that_is_refused_unexpectedly_fails_the_test_and_the_next_steps_still_run() -> None:
    steps = "{update: {record: d, with: {amount: -1}}}, {update: {record: d, with: {amount: 7}}}"
    told = failures(steps, '"d.amount == 7"')
    assert len(told) == 1 and told[0].startswith("tests/deals.yaml:5:12 step 1 was refused: amount: ")


def test_a_record_that_was_never_made_is_null_and_cannot_be_changed() -> None:
    steps = "{create: {deal: {n: {amount: 1}}}}, {update: {record: n, with: {amount: 2}}}"
    assert (
        failures(
            steps, '{refused: {field: name}}, {refused: {step: 2, says: "no n"}}, "n == null and n.amount == null"'
        )
        == []
    )


def test_lines_are_written_with_their_record() -> None:
    given = "deal: {d: {name: Big, owner: me, lines: [{name: A, quantity: 2}]}}, line: {b: {deal: d, name: B}}"
    steps = "{update: {record: d, with: {lines: [{name: C}]}}}, {update: {record: b, with: {quantity: 4}}}"
    then = '{count: {of: line, is: 3}}, {count: {of: line, where: "quantity >= 2", is: 2}}'
    assert failures(steps, then, given) == []


def test_rows_are_imported_and_a_refused_line_is_told_by_its_number() -> None:
    step = '{import: {into: deal, key: [name], csv: "name,amount\\nBig,91\\nSmall,-1\\nNew,7"}, as: boss}'
    told = failures(step, '"d.amount == 91", {count: {of: deal, as: boss, is: 2}}')
    assert [line.split(": ")[:2] for line in told] == [["tests/deals.yaml:5:12 step 1, line 3 was refused", "amount"]]


def test_who_may_not_import_is_refused() -> None:
    step = '{import: {into: deal, csv: "name\\nNew"}}'
    assert failures(step, "{refused: true}, {count: {of: deal, is: 1}}") == []
