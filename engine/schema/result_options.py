"""What the options of every computed field have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.locale.languages import currencies
from engine.schema.chosen_option import OPTIONS

STORED: Mapping[str, Mapping[str, Any]] = {
    "stored": {
        "type": "boolean",
        "description": "Kept in the table and right after every write (the default), or worked out whenever it is "
        "read, as is whatever depends on the day or on who asks.",
        "x-zh-CN": "存入数据表，并在每次写入后保持正确（默认）；或在读取时计算，凡取决于日期或当前用户的值都如此。",
    },
}
RESULT: Mapping[str, Mapping[str, Any]] = {
    "result": {
        "enum": [
            *("text", "long_text", "integer", "decimal", "money", "percent", "duration", "boolean", "date"),
            *("datetime", "choice"),
        ],
        "description": "The field type of the result; what the value suggests when it is not written.",
        "x-zh-CN": "结果的字段类型，不写则由值推断。",
    },
    "currency": {
        "type": "string",
        "enum": sorted(currencies()),
        "description": "The currency of an amount; that of what it is made of, or the workspace's, when it is not "
        "written.",
        "x-zh-CN": "金额的货币，不写则沿用来源的货币或工作区的货币。",
    },
    "scale": {
        "type": "integer",
        "minimum": 0,
        "maximum": 9,
        "description": "How many decimal places a number has; 2 when it is not written.",
        "x-zh-CN": "数字的小数位数，不写则为 2。",
    },
    "options": OPTIONS,
}
