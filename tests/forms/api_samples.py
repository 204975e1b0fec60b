"""Samples of the guide of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.forms import contexts as c
from engine.forms.contexts.api_docs import (
    ApiDocsScreen,
    ApiEntity,
    ApiField,
    ApiOperation,
    ApiProblem,
    ApiTopic,
)

if TYPE_CHECKING:
    from tests.forms.samples import Sample


def api_templates(sample: Sample) -> dict[str, Any]:
    say, page = sample.say, sample.page
    links = (c.Link(say("Accounts", "客户"), "/api/docs/account", "building-2"),)
    topic = ApiTopic("start", say("Begin", "开始"), say("Every request carries a token.", "每个请求都需令牌。"), "curl")
    problem = ApiProblem(
        "conflict", 409, say("Changed meanwhile", "数据已被修改"), say("Read it again.", "请重新读取。")
    )
    fields = (
        ApiField("name", "string", say("Name", "名称"), "", True, True),
        ApiField("created_at", "date-time", say("Created", "创建时间"), say("Kept.", "系统维护。"), False, False),
    )
    operations = (ApiOperation("GET", "/api/v1/account", say("List accounts", "列出客户")),)
    entity = ApiEntity(say("Accounts", "客户"), operations, fields, (topic,))
    title = say("API guide", "API 文档")
    return {
        "api-docs": (
            "screens/api_docs.html",
            lambda: ApiDocsScreen(page(title, "/api/docs"), title, links, (topic,), (problem,)),
        ),
        "api-entity": (
            "screens/api_docs.html",
            lambda: ApiDocsScreen(page(title, "/api/docs/account"), title, links, entity=entity),
        ),
    }
