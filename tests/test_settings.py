from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.settings import SettingRefused, Settings


def test_without_variables_a_workspace_is_an_sqlite_file_on_this_machine() -> None:
    assert Settings.from_environment({}) == Settings(database_url="sqlite:///workspace/crm.db")


def test_variables_are_read_in_their_types_and_arguments_win() -> None:
    environment = {
        "CRM_DATA_FOLDER": "/srv/crm",
        "CRM_HOST": "0.0.0.0",
        "CRM_PORT": "9000",
        "CRM_BEHIND_TLS": "Yes",
        "CRM_TRUSTED_PROXIES": "10.0.0.1, 192.168.0.0/16",
        "CRM_SESSION_IDLE": "0.5",
        "OTHER": "x",
    }
    assert Settings.from_environment(environment, port=8080, host=None) == Settings(
        data_folder=Path("/srv/crm"),
        database_url="sqlite:////srv/crm/crm.db",
        host="0.0.0.0",
        port=8080,
        behind_tls=True,
        trusted_proxies=("10.0.0.1", "192.168.0.0/16"),
        session_idle=timedelta(hours=12),
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CRM_PORT", "eighty"),
        ("CRM_BEHIND_TLS", "maybe"),
        ("CRM_TRUSTED_PROXIES", "10.0.0.1, proxy"),
        ("CRM_SESSION_LIFETIME", "90 days"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(SettingRefused) as caught:
        Settings.from_environment({variable: value})
    assert str(caught.value) == f'The setting {variable} has a value that cannot be read: "{value}".'
    assert variable in caught.value.message.in_("zh-CN")
