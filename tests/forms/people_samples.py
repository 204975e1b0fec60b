"""Contexts of the pages of people, their teams, their passwords and the audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.forms import contexts as c
from engine.forms.contexts.audit import AuditRow, AuditScreen
from engine.forms.contexts.passwords import ForgotScreen, PasswordScreen
from engine.forms.contexts.people import HandOver, LeavingScreen, PersonScreen, TeamRow, TeamsScreen
from engine.forms.contexts.second_factor import CodeScreen, SecondFactorScreen
from engine.forms.marks import person_mark
from engine.templating import Html

if TYPE_CHECKING:
    from tests.forms.samples import Sample


def _tabs(sample: Sample) -> tuple[c.Link, ...]:
    return (c.Link(sample.say("People", "人员"), "/users", "users", current=True),)


def _named(sample: Sample) -> c.Control:
    return c.Control("text", "name", "f-name", sample.say("Name", "姓名"), "Maya Okafor", required=True)


def person(sample: Sample) -> PersonScreen:
    say, name = sample.say, "Maya Okafor"
    return PersonScreen(
        page=sample.page(name, "/users/3"),
        crumbs=(*_tabs(sample), c.Link(name, "", current=True)),
        here="/users/3",
        name=name,
        email="maya@larkfield.example",
        mark=person_mark(name),
        active=True,
        myself=False,
        second=True,
        controls=(_named(sample),),
        sessions=(c.SessionRow("1", "Chrome, Linux", say("now", "刚刚"), False),),
        made=say("Give them this link", "请把此链接发给对方"),
        link="/password?token=plum-otter-48",
    )


def teams(sample: Sample) -> TeamsScreen:
    say = sample.say
    title, members = say("Add a team", "添加团队"), say("2 people", "2 人")
    rows = (
        TeamRow("1", "West", "/teams/1", 0, "Maya Okafor", members),
        TeamRow("2", "North", "/teams/2", 1, "", members),
    )
    return TeamsScreen(sample.page(title, "/teams"), _tabs(sample), rows, "/teams", title, (_named(sample),))


def leaving(sample: Sample) -> LeavingScreen:
    name, others = "Maya Okafor", (c.Choice("4", "Tomas Lindh", selected=True), c.Choice("5", "Priya Raman"))
    owned = (HandOver("deal", sample.say("Deals", "商机"), "handshake", "violet", "12", others, stay=True),)
    crumbs = (*_tabs(sample), c.Link(name, "", current=True))
    here = "/users/3/deactivate"
    return LeavingScreen(sample.page(name, here), crumbs, here, "/users/3", name, others, True, owned)


def factor(sample: Sample, state: Any, picture: str = "", **more: Any) -> SecondFactorScreen:
    page = sample.page(sample.say("Second factor", "第二重验证"), "/profile/second")
    return SecondFactorScreen(page, state, Html(picture), **more)


def audit(sample: Sample, *rows: AuditRow) -> AuditScreen:
    say = sample.say
    page = sample.page(say("Audit", "审计"), "/audit")
    anybody = (c.Choice("", say("Anybody", "所有人"), selected=True),)
    anything = (c.Choice("", say("Anything", "所有事件"), selected=True),)
    ever = (c.Choice("", say("Any time", "任何时间"), selected=True),)
    asked, earlier = (("days", "7"),), "/audit?before=1"
    return AuditScreen(page, _tabs(sample), anybody, anything, ever, rows, not rows, asked, earlier)


def people_templates(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    say, outside = sample.say, sample.outside
    row = AuditRow("circle-alert", say("Maya signed in", "Maya 登录了"), "Chrome", "2 h", "28 Nov", bad=True)
    wrong = c.Control("password", "password", "f-password", say("Password", "密码"), error=say("Too short", "太短"))
    return {
        "person": ("screens/person.html", lambda: person(sample)),
        "teams": ("screens/teams.html", lambda: teams(sample)),
        "leaving": ("screens/leaving.html", lambda: leaving(sample)),
        "factor-off": ("screens/second_factor.html", lambda: factor(sample, "off", required=True)),
        "factor-waiting": (
            "screens/second_factor.html",
            lambda: factor(sample, "waiting", "<svg></svg>", secret="PLUM OTTER", error=say("Not right", "不正确")),
        ),
        "factor-on": ("screens/second_factor.html", lambda: factor(sample, "on", left=8)),
        "factor-codes": ("screens/second_factor.html", lambda: factor(sample, "codes", codes=("plum-48", "otter-48"))),
        "code": ("screens/code.html", lambda: CodeScreen(outside("x", "/login/code"), "/", say("Not right", "不正确"))),
        "audit": ("screens/audit.html", lambda: audit(sample, row)),
        "audit-nothing": ("screens/audit.html", lambda: audit(sample)),
        "forgot": ("screens/forgot.html", lambda: ForgotScreen(outside("x", "/forgot"), "maya@larkfield.example")),
        "forgot-sent": (
            "screens/forgot.html",
            lambda: ForgotScreen(outside("x", "/forgot"), done=say("Look", "请查收")),
        ),
        "password": ("screens/password.html", lambda: PasswordScreen(outside("x", "/p"), "/p", "", "", (wrong,))),
        "password-over": ("screens/password.html", lambda: PasswordScreen(outside("x", "/p"))),
    }
