"""Sales territories as a tree, and who sells in which city."""

from b2b_demo.model import MARKETING, Account, Row

TREE = MARKETING["territories"]
CITIES = {
    "na_e": ("Boston", "Chicago", "Atlanta"),
    "na_w": ("Denver", "Seattle", "Austin"),
    "eu_n": ("Leeds", "Manchester", "Edinburgh"),
    "eu_l": ("London",),
    "cn_e": ("上海", "苏州", "杭州"),
    "cn_s": ("深圳",),
    "cn_n": ("北京", "成都"),
    "ap_a": ("Sydney", "Melbourne", "Brisbane"),
}
SELLERS = {one["ref"]: one["sellers"] for one in TREE if one["parent"]}


def territory_of(place: str) -> str:
    return next(ref for ref, cities in CITIES.items() for city in cities if place.startswith(city))


def settle(accounts: list[Account]) -> None:
    """Give every company to the territory of its city and to who sells there."""
    for account in accounts:
        account.territory = territory_of(account.place)
        account.owner = SELLERS[account.territory]


def territory_rows() -> list[Row]:
    return [dict(one) for one in TREE]
