from engine.locale.languages import is_currency, is_region, is_time_zone, locale_of


def test_codes_of_currencies_regions_and_time_zones_are_known() -> None:
    assert [is_currency(code) for code in ("USD", "CNY", "JPY", "usd", "XXX", "DEM", "")] == [True] * 3 + [False] * 4
    assert [is_region(code) for code in ("US", "CN", "HK", "cn", "ZZ", "")] == [True] * 3 + [False] * 3
    assert [is_time_zone(name) for name in ("UTC", "Asia/Shanghai", "Asia/Nowhere", "")] == [True] * 2 + [False] * 2


def test_chinese_without_a_script_is_read_by_its_region() -> None:
    assert [str(locale_of(code)) for code in ("en", "zh-CN", "zh-TW")] == ["en", "zh_Hans_CN", "zh_Hant_TW"]
