from __future__ import annotations

from engine.access.grants import roles_of, set_roles, users_with
from engine.database.connection import Database
from tests.access.people import ADA, BEN


def test_setting_roles_replaces_all_of_one_persons_roles(people: Database) -> None:
    with people.write() as connection:
        set_roles(connection, BEN, ["sales", "sales"])
        set_roles(connection, ADA, ["manager"])
        found = [roles_of(connection, user_id) for user_id in (ADA, BEN, 99)]
        assert found == [frozenset({"manager"}), frozenset({"sales"}), frozenset()]
        set_roles(connection, ADA, [])
        assert roles_of(connection, ADA) == frozenset()
        assert users_with(connection, "sales") == frozenset({BEN})
