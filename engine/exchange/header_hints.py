"""What the titles of columns say about their values, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping

HINTS: Mapping[str, tuple[str, ...]] = {
    "money": (
        "amount price cost revenue budget salary fee total value balance payment paid deposit turnover income spend",
        "金额 价格 单价 总价 费用 收入 预算 薪资 工资 营业额 成本 货款 余额 押金 合同额 销售额 元",
    ),
    "percent": ("percent percentage discount rate share probability margin", "百分比 折扣 比例 占比 概率 利率 税率"),
    "date": ("date day birthday born due deadline since until created closed", "日期 生日 出生 到期 截止 时间 日"),
    "phone": ("phone telephone tel mobile cell fax", "电话 手机 座机 传真 联系方式"),
    "email": ("email mail e-mail", "邮箱 邮件 电子邮件"),
    "url": ("website url web link homepage site", "网站 网址 主页 链接"),
    "long_text": ("notes note comment comments description remarks details summary", "备注 说明 描述 简介 详情 摘要"),
    "tags": ("tags tag labels keywords", "标签 关键词"),
    "choice": (
        "status stage type category kind priority level industry source segment region tier grade gender department",
        "状态 阶段 类型 类别 分类 优先级 级别 等级 行业 来源 地区 区域 性别 部门 渠道",
    ),
    "text": (
        "id no code number postcode zip postal sku ref reference account iban vat year",
        "编号 代码 邮编 邮政编码 单号 订单号 账号 税号 证号 身份证 年份 序号 号码",
    ),
    "key": ("id no code number sku ref reference key", "编号 代码 单号 订单号 客户号 货号"),
    "address": ("address street city", "地址 住址 城市"),
}
NAMES = (
    *("name", "full name", "title", "subject", "topic", "名称", "姓名", "标题", "主题", "名字"),
    *("last name", "first name", "姓", "名"),
)
"""Titles of columns that name a row, the best first."""
THINGS = (
    *("company name", "company", "client", "customer", "contact", "product", "account", "item", "supplier", "vendor"),
    *("公司名称", "公司", "客户名称", "客户", "联系人", "产品名称", "产品", "商品", "供应商"),
)
"""Titles that name a row, or the row of another sheet that it is about."""
CHINESE = re.compile(r"[\u3400-\u9fff]")


def hints(header: str, kind: str) -> bool:
    """Whether the title has a word of this kind; a Chinese one ends or begins with it."""
    latin, chinese = HINTS[kind]
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)?", _split(header)))
    if words & set(latin.split()):
        return True
    return any(header.endswith(word) or (len(word) > 1 and word in header) for word in chinese.split())


def name_rank(header: str, sheet: str, repeated: bool) -> int | None:
    """How well a column with this title names the rows of a sheet: 0 is best; None: not at all. What may be the row of
    another sheet names its own only when no value is there twice, or when it is called like the sheet."""
    plain = re.sub(r"[^\w]+", " ", _split(header)).strip()
    about = set(_split(sheet).split())
    if plain in THINGS:
        called = plain.split()[0] in {word.removesuffix("s") for word in about} or plain[:2] in sheet
        return None if repeated and not called else -1 if called else len(NAMES) + THINGS.index(plain)
    if plain in NAMES:
        return NAMES.index(plain)
    ends = plain.endswith(" name") or plain.endswith(("名称", "姓名", "标题"))
    return len(NAMES) + len(THINGS) if ends else None


def is_chinese(text: str) -> bool:
    return bool(CHINESE.search(text))


def _split(header: str) -> str:
    """`CloseDate` and `close_date` are two words."""
    return re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", header).replace("_", " ").lower()
