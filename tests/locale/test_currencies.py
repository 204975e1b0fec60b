import pytest

from engine.locale.currencies import currency_scale, without_currency


def test_a_currency_has_its_decimal_places() -> None:
    assert [currency_scale(code) for code in ("USD", "CNY", "JPY", "KWD")] == [2, 2, 0, 3]


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("$12", "USD"),
        ("US$ 12", "USD"),
        ("12 usd", "USD"),
        ("￥12", "CNY"),
        ("CN¥12", "CNY"),
        ("12元", "CNY"),
        ("12円", "JPY"),
    ],
)
def test_the_signs_of_a_currency_are_taken_off(typed: str, currency: str) -> None:
    assert without_currency(typed, currency) == "12"


@pytest.mark.parametrize("typed", ["€12", "12 CNY", "12 XUSD"])
def test_the_signs_of_another_currency_stay(typed: str) -> None:
    assert without_currency(typed, "USD") == typed
