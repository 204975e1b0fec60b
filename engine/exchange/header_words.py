"""Titles of columns that people use for a kind of value, whatever a blueprint calls its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from engine.schema.sorting import fold

WORDS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e mail", "mail", "email address", "邮箱", "电子邮箱", "邮件", "电子邮件", "邮箱地址"),
    "phone": (
        *("phone", "telephone", "tel", "mobile", "cell", "phone number", "mobile phone"),
        *("电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "联系方式"),
    ),
    "url": ("website", "web", "homepage", "url", "web site", "site", "网址", "网站", "官网", "主页"),
    "address": ("address", "street address", "location", "地址", "联系地址", "通讯地址", "公司地址"),
    "tags": ("tags", "labels", "keywords", "标签", "关键词"),
    "long_text": ("notes", "note", "comments", "comment", "remarks", "description", "备注", "说明", "描述"),
    "money": ("amount", "value", "total", "sum", "price", "金额", "总额", "价格"),
    "stage": ("stage", "phase", "status", "step", "阶段", "状态", "进度"),
}
"""Name of a field type -> titles."""
OWNER = (
    "owner",
    "rep",
    "sales rep",
    "assigned to",
    "responsible",
    "salesperson",
    "负责人",
    "业务员",
    "销售",
    "跟进人",
    "归属人",
)
TITLE = ("name", "title", "full name", "subject", "名称", "姓名", "标题", "名字", "全称")
IDS = ("id", "record id", "编号 id", "记录 id")
PARTS = re.compile(r"[\W_]+")
UNITS = re.compile(r"[(（\[【].*?[)）\]】]")


def plain_title(title: str) -> str:
    """A title without case, marks and what stands in brackets."""
    without = UNITS.sub(" ", unicodedata.normalize("NFKC", title))
    return fold(PARTS.sub(" ", without)) or fold(PARTS.sub(" ", title))
