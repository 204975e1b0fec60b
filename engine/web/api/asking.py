"""What the address of a list asks: the filters and the sort of the screens, pages by cursor, fields, expansions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import ImmutableMultiDict

from engine.forms.filters import Misunderstood, exact_filters, exact_sort
from engine.forms.model import may_see
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.records.errors import RecordNotFound
from engine.records.query import AnyCondition, PageRequest
from engine.schema.model import Entity, Field, ListQuery, Sort
from engine.schema.record_ids import ID
from engine.web.api.problem import Problem, wrong_parameter
from engine.web.api.request import ApiRequest
from engine.web.api.rows import readable
from engine.web.conditions import conditions_of

PARAMETERS = ("f", "sort", "q", "view", "fields", "expand", "limit", "cursor", "count", "updated_since")
ONE_PARAMETERS = ("fields", "expand")
USUAL, MOST = 50, 200
MOST_FILTERS = 50
MOST_SORTS = 5
FORMATS = Formats.neutral()
Query = ImmutableMultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """Which fields an answer has, and of which links the records come with it."""

    fields: tuple[Field, ...]
    expanded: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    query: ListQuery
    request: PageRequest
    shown: Shown
    counted: bool
    since: datetime | None


def asked_list(api: ApiRequest, entity: Entity) -> Asked:
    """Raises `Problem` for a parameter that is unknown or cannot be read: nothing is left out."""
    given = api.query
    check_parameters(given, PARAMETERS)
    shown = asked_fields(given, entity)
    view, saved = _viewed(api, entity)
    request = PageRequest(
        conditions=_filters([*saved.getlist("f"), *given.getlist("f")], entity),
        sort=_sort(given.get("sort") or saved.get("sort", ""), entity),
        search=(given.get("q") or saved.get("q", "")).strip()[:200],
        after=given.get("cursor") or None,
        limit=_limit(given.get("limit", "")),
    )
    names = tuple(field.name for field in shown.fields)
    links = tuple(field.name for field in shown.expanded)
    query = ListQuery(entity.name, tuple(dict.fromkeys((*names, *links))), view.filter, view.sort, titles=False)
    since = _moment(given["updated_since"]) if "updated_since" in given else None
    if since and given.get("sort"):
        raise wrong_parameter("sort", "not_together", message_text("api.sorted_since"))
    return Asked(query, request, shown, _flag(given, "count"), since)


def check_parameters(given: Query, known: Iterable[str]) -> None:
    """Each parameter is known, and but for `f` there once. Raises `Problem`."""
    names = tuple(known)
    for name in given:
        if name not in names:
            raise wrong_parameter(
                name[:40], "unknown_parameter", message_text("api.unknown_parameter", names=", ".join(names))
            )
        if name != "f" and len(given.getlist(name)) > 1:
            raise wrong_parameter(name, "repeated", message_text("api.repeated_parameter"))


def asked_fields(given: Query, entity: Entity) -> Shown:
    """`fields=name,amount` and `expand=account,owner`. Raises `Problem`."""
    known = {field.name: field for field in readable(entity)}
    wanted = [name for name in _names(given, "fields") if name not in ("id", "version")]
    for name in wanted:
        if name not in known:
            raise wrong_parameter("fields", "unknown_field", message_text("value.unknown_field", name=name[:40]))
    fields = tuple(known[name] for name in wanted) if "fields" in given else tuple(known.values())
    return Shown(fields, tuple(_link(name, known) for name in _names(given, "expand")))


def _link(name: str, known: dict[str, Field]) -> Field:
    field = known.get(name)
    if field is None or not (field.target or field.targets):
        raise wrong_parameter("expand", "no_link", message_text("api.no_link", name=name[:40]))
    return field


def _names(given: Query, parameter: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in given.get(parameter, "").split(",") if name.strip()))


def _viewed(api: ApiRequest, entity: Entity) -> tuple[ListQuery, Query]:
    """The filter and the sort of the view that is named, and what a saved one says on top; else all records."""
    name = api.query.get("view", "")
    if not name:
        return ListQuery(entity.name, ()), Query()
    pairs, views = Query(), api.workspace.blueprint.screens.views.get(entity.name, {})
    base = name
    try:
        if name not in views and ID.fullmatch(name):
            saved = api.services.saved_views.get(api.actor, entity.name, int(name))
            base, pairs = saved.base, Query(saved.query)
        view = views[base]
    except (RecordNotFound, KeyError):
        raise _no_view(name) from None
    if not may_see(view, api.actor.roles):
        raise _no_view(name)
    return view.query, pairs


def _no_view(name: str) -> Problem:
    return wrong_parameter("view", "no_view", message_text("api.no_view", name=name[:40]))


def _filters(texts: Sequence[str], entity: Entity) -> tuple[AnyCondition, ...]:
    if len(texts) > MOST_FILTERS:
        raise wrong_parameter("f", "too_many", message_text("api.too_many", count=MOST_FILTERS))
    try:
        return conditions_of(exact_filters(texts, entity, FORMATS))
    except Misunderstood as fault:
        raise wrong_parameter("f", "filter", fault.cause) from fault


def _sort(text: str, entity: Entity) -> tuple[Sort, ...]:
    if text.count(",") >= MOST_SORTS:
        raise wrong_parameter("sort", "too_many", message_text("api.too_many", count=MOST_SORTS))
    try:
        return exact_sort(text, entity)
    except Misunderstood as fault:
        raise wrong_parameter("sort", "sort", fault.cause) from fault


def _limit(text: str) -> int:
    if not text:
        return USUAL
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not 1 <= number <= MOST:
        raise wrong_parameter("limit", "limit", message_text("api.limit", most=MOST))
    return number


def _flag(given: Query, name: str) -> bool:
    text = given.get(name, "false")
    if text not in ("true", "false"):
        raise wrong_parameter(name, "boolean", message_text("api.flag"))
    return text == "true"


def _moment(text: str) -> datetime:
    """A moment with its time zone."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        found = datetime.min
    if found.tzinfo is None or not 1900 <= found.year < 9999:
        raise wrong_parameter("updated_since", "datetime", message_text("api.moment"))
    return found
