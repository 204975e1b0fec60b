"""`/api/v1/openapi.json`: what the token's user may reach; a person who is logged in may read it too."""

from __future__ import annotations

from starlette.responses import Response

from engine.web.api.asking import check_parameters
from engine.web.api.openapi import document, reached_entities
from engine.web.api.request import ApiRequest, json_answer


def show_document(api: ApiRequest) -> Response:
    check_parameters(api.query, ())
    entities = reached_entities(api.workspace, api.actor, api.user.reaches)
    return json_answer(document(api.workspace, api.actor, entities, api.language))
