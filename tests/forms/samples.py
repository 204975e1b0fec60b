"""One context for each template, in English and Chinese: an invented sales workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from engine.forms import contexts as c
from engine.forms.contexts.entry import GuessedColumn, GuessedTable
from engine.forms.contexts.exports import ExportFormat, ExportScreen
from engine.forms.contexts.tokens import TokenRow, TokensScreen
from engine.forms.contexts.why import WhyInput, WhyMember, WhyMembers, WhyScreen
from engine.forms.light_text import light_html
from engine.forms.marks import person_mark, record_mark
from engine.forms.pages import pages
from engine.forms.rows import RowColumn, Rows
from engine.locale.formats import Formats
from engine.templating import Html
from tests.forms.api_samples import api_templates
from tests.forms.duplicate_samples import duplicate_fragments, duplicate_templates
from tests.forms.import_samples import import_fragments, import_templates
from tests.forms.operation_samples import operation_templates
from tests.forms.people_samples import people_templates
from tests.forms.view_samples import view_templates

STAGES = {
    "lead": ("Lead in", "线索", "gray"),
    "qualified": ("Qualified", "已确认", "sky"),
    "proposal": ("Proposal", "方案", "violet"),
    "negotiation": ("Negotiation", "谈判", "amber"),
    "won": ("Won", "赢单", "green"),
    "lost": ("Lost", "输单", "red"),
}
DEALS = [
    ("Cold-chain sensors, phase 2", "Corvid Cold Storage", "proposal", 84500, date(2026, 11, 28), "Maya Okafor"),
    ("Lab refit, building C", "Alder & Finch Biolabs", "negotiation", 216000, date(2026, 11, 30), "Maya Okafor"),
    ("Annual calibration contract", "Dunmere Textiles", "qualified", 18200, date(2026, 12, 4), "Tomas Lindh"),
    ("Portable analysers x 12", "Bluecap Diagnostics", "proposal", 132400, date(2026, 12, 5), "Priya Raman"),
    ("Emissions monitoring pilot", "Eastmoor Quarries", "qualified", 46000, date(2026, 12, 11), "Jonas Weiler"),
    ("Warehouse humidity roll-out", "Penrose Paper Mills", "lead", 27900, date(2026, 12, 12), "Tomas Lindh"),
    ("Replacement flow meters", "Gullwing Water", "negotiation", 63750, date(2026, 11, 14), "Maya Okafor"),
    ("Spring training package", "Hartsill College", "proposal", 9600, date(2026, 12, 15), "Aiko Tanabe"),
    ("Spectrometer trade-in", "Kiteridge Materials", "qualified", 58300, date(2026, 12, 18), "Priya Raman"),
    ("Service plan renewal", "Inverlea Brewing", "negotiation", 22400, date(2026, 12, 19), "Aiko Tanabe"),
    ("Cleanroom particle counters", "Moorhen Optics", "proposal", 97250, date(2026, 12, 20), "Jonas Weiler"),
    ("Remote alarms, 40 sites", "Juniper Rail Freight", "lead", 154000, date(2027, 1, 8), "Maya Okafor"),
    ("Greenhouse climate kit", "Northbeck Growers", "qualified", 14800, date(2027, 1, 9), "Tomas Lindh"),
    ("冷链传感器二期", "北溪冷链", "proposal", 31200, date(2027, 1, 12), "林美"),
]


class Sample:
    """Builds the contexts of one language; `say` picks the English or the Chinese of a pair."""

    def __init__(self, language: str, theme: c.Theme = "") -> None:
        self.language = language
        self.theme = theme
        self.pages = pages(language)
        self.formats = Formats(language, "Asia/Shanghai", "USD", date(2026, 11, 21), "US")

    def say(self, english: str, chinese: str) -> str:
        return chinese if self.language == "zh-CN" else english

    def render(self, template: str, context: Any) -> str:
        return self.pages.render(template, context)

    # ---- shell

    def page(self, title: str, path: str, **more: Any) -> c.Page:
        user = c.Person(self.say("Maya Okafor", "林美玲"), person_mark(self.say("Maya Okafor", "林美玲")))
        values: dict[str, Any] = {"user": user, "menu": self.menu(), "admin": True} | more
        return c.Page(
            title=title,
            language=self.language,
            workspace=self.say("Larkfield Instruments", "云雀仪器"),
            csrf="token",
            nonce="n0nce",
            path=path,
            theme=self.theme,
            **values,
        )

    def outside(self, title: str, path: str) -> c.Page:
        other = ("zh-CN", "简体中文") if self.language == "en" else ("en", "English")
        link = c.Link(other[1], f"{path}?lang={other[0]}", language=other[0])
        return self.page(title, path, user=None, menu=(), admin=False, languages=(link,))

    def menu(self) -> tuple[c.MenuGroup, ...]:
        sales = (
            c.Link(self.say("Companies", "公司"), "/e/account", "building-2"),
            c.Link(self.say("People", "联系人"), "/e/contact", "users-round"),
            c.Link(self.say("Deals", "商机"), "/e/deal", "handshake", current=True, count="18"),
        )
        more = (c.Link(self.say("Activities", "活动"), "/e/activity", "calendar-check"),)
        return c.MenuGroup(self.say("Sales", "销售"), sales), c.MenuGroup(self.say("Work", "工作"), more)

    def entity(self) -> c.EntityHead:
        return c.EntityHead(
            "deal",
            self.say("Deal", "商机"),
            self.say("Deals", "商机"),
            "handshake",
            "blue",
            "/e/deal",
            "/e/deal/new",
            "/e/deal/import",
        )

    def stage(self, key: str, selected: bool = False) -> c.Choice:
        english, chinese, hue = STAGES[key]
        return c.Choice(key, self.say(english, chinese), hue, selected)

    def stages(self) -> tuple[c.Choice, ...]:
        return tuple(self.stage(key) for key in STAGES)

    # ---- list

    def columns(self) -> tuple[RowColumn, ...]:
        options = {choice.key: (choice.label, choice.hue) for choice in self.stages()}
        return (
            RowColumn("name", self.say("Deal", "商机"), "text", slot="title", title=True),
            RowColumn("account", self.say("Company", "公司"), "link", slot="sub", target="account"),
            RowColumn("stage", self.say("Stage", "阶段"), "stage", options=options, slot="badge"),
            RowColumn(
                "amount",
                self.say("Amount", "金额"),
                "money",
                self.formats.money,
                numeric=True,
                slot="value",
                editable=True,
            ),
            RowColumn(
                "close", self.say("Close date", "预计成交"), "date", self.formats.short_date, slot="sub2", editable=True
            ),
            RowColumn("owner", self.say("Owner", "负责人"), "user", slot="meta"),
            RowColumn("key_account", self.say("Key account", "重点客户"), "boolean"),
            RowColumn("chance", self.say("Likelihood", "赢率"), "percent", self.formats.percent, numeric=True),
        )

    def row(self, index: int) -> dict[str, Any]:
        name, account, stage, amount, close, owner = DEALS[index % len(DEALS)]
        chance = {"lead": 10, "qualified": 25, "proposal": 50, "negotiation": 75}[stage]
        return {
            "id": 101 + index,
            "version": 3,
            "name": name,
            "account": 11 + index,
            "account__title": account,
            "stage": stage,
            "amount": None if index == 9 else Decimal(amount),
            "close": close,
            "owner": 7,
            "owner__title": owner,
            "key_account": index % 3 == 0,
            "chance": chance,
        }

    def rows(self, *, selectable: bool = False) -> Rows:
        return Rows(self.pages, "deal", self.columns(), selectable=selectable, title="name")

    def filter_fields(self) -> tuple[c.FilterField, ...]:
        any_of = c.FilterComparison("any", self.say("is any of", "属于"), "many")
        empty = c.FilterComparison("empty", self.say("is empty", "为空"), "none")
        least = c.FilterComparison("at_least", self.say("is at least", "不低于"))
        between = c.FilterComparison("between", self.say("is between", "介于"), "two")
        is_ = c.FilterComparison("is", self.say("is", "是"))
        me = c.FilterComparison("me", self.say("is me", "是我"), "none")
        return (
            c.FilterField(
                "stage",
                self.say("Stage", "阶段"),
                "circle-dot",
                "violet",
                "choice",
                (any_of, empty),
                "?add=stage",
                self.stages(),
            ),
            c.FilterField(
                "amount", self.say("Amount", "金额"), "banknote", "green", "number", (least, between), "?add=amount"
            ),
            c.FilterField(
                "owner",
                self.say("Owner", "负责人"),
                "user-round",
                "sky",
                "record",
                (is_, me),
                "?add=owner",
                pick_url="/pick/user?field=deal.owner",
            ),
        )

    def filters(self, open: bool = False, chips: bool = True) -> c.FilterPanel:
        stage, amount, _ = self.filter_fields()
        chosen = tuple(self.stage(key, key in ("lead", "qualified", "proposal", "negotiation")) for key in STAGES)
        rows = (
            c.FilterRow("0", stage, "any", choices=chosen),
            c.FilterRow("1", amount, "at_least", (self.formats.number(9000),)),
        )
        return c.FilterPanel(
            action="/e/deal",
            carry=(("sort", "close"),),
            chips=(
                c.FilterChip(
                    stage.label,
                    "circle-dot",
                    self.say("is any of", "属于"),
                    self.say("4 stages", "4 个阶段"),
                    "/e/deal?f=amount:at_least:9000",
                    "0",
                ),
                c.FilterChip(
                    amount.label,
                    "banknote",
                    self.say("is at least", "不低于"),
                    self.formats.money(9000),
                    "/e/deal?f=stage:any:lead",
                    "1",
                ),
            )
            if chips
            else (),
            rows=rows if chips else (),
            fields=self.filter_fields(),
            clear_url="/e/deal" if chips else "",
            open=open,
        )

    def views(self, board: bool = False) -> c.ViewBar:
        tabs = (
            c.Link(self.say("All deals", "全部商机"), "/e/deal/v/all", "table-2"),
            c.Link(self.say("My open deals", "我的进行中商机"), "/e/deal/v/mine", "table-2", not board, "18"),
            c.Link(self.say("Pipeline", "销售流程"), "/e/deal/v/board", "square-kanban", board),
        )
        mine = c.Link(self.say("Big deals", "大额商机"), "/e/deal/v/7", "table-2")
        shares = (c.Choice("*", self.say("Everybody", "所有人")),)
        form = c.ViewForm("/e/deal/views", "mine", "sort=amount", self.say("Big deals", "大额商机"), shares)
        return c.ViewBar(
            tabs=tabs,
            menu=c.ViewMenu(form, "/e/deal/default", "mine", False, form, "/e/deal/views/7/delete"),
            more=(c.MenuGroup(self.say("Mine", "我的视图"), (mine,)),),
            save=c.ViewSave("/e/deal/v/mine", form, form),
            notes=(self.say("The view was made from one that is gone.", "此视图所依据的视图已不存在。"),),
        )

    def layouts(self, board: bool = False) -> tuple[c.Link, ...]:
        return (
            c.Link(self.say("Table", "表格"), "/e/deal/v/mine", "table-2", not board),
            c.Link(self.say("Board", "看板"), "/e/deal/v/board", "square-kanban", board),
        )

    def sorts(self) -> tuple[c.SortChoice, ...]:
        return (
            c.SortChoice(self.say("Close date", "预计成交"), "calendar", "?sort=-close", "ascending"),
            c.SortChoice(self.say("Amount", "金额"), "banknote", "?sort=amount"),
        )

    def heads(self) -> tuple[c.ColumnHead, ...]:
        widths = {"name": 300, "account": 190, "amount": 120, "close": 110, "owner": 160, "chance": 100}
        return tuple(
            c.ColumnHead(
                column.name,
                column.label,
                column.numeric,
                widths.get(column.name, 140),
                f"?sort={column.name}",
                "ascending" if column.name == "close" else "",
                self.formats.money(1289000) if column.name == "amount" else "",
                self.say("Sum", "合计") if column.name == "amount" else "",
            )
            for column in self.columns()
        )

    def list(self, **changes: Any) -> c.ListScreen:
        values: dict[str, Any] = {
            "page": self.page(self.say("My open deals", "我的进行中商机"), "/e/deal"),
            "entity": self.entity(),
            "views": self.views(),
            "layouts": self.layouts(),
            "filters": self.filters(),
            "sorts": self.sorts(),
            "columns_menu": None,
            "columns_url": "/e/deal?columns=open",
            "filter_url": "/e/deal?panel=1",
            "search": "",
            "heads": self.heads(),
            "rows": self.rows(selectable=True).render(
                [self.row(index) for index in range(18)], peek="/e/deal?peek=", opened=103
            ),
            "selectable": True,
            "bulk": c.BulkActs(True, True, True, True, True),
            "total": 18,
            "count_text": self.say("18 deals", "18 条商机"),
            "pager": c.Pager(self.say("Showing 1 to 18 of 18", "第 1 至 18 条，共 18 条"), "", "/e/deal?after=x"),
        }
        return c.ListScreen(**(values | changes))

    def link(self) -> c.LinkScreen:
        title = self.say("Link to Corvid Cold Storage", "关联到“Corvid Cold Storage”")
        note = self.say(
            "The field “Company” of the chosen record is set to this one.", "所选记录的“公司”将改为当前记录。"
        )
        picker = self.pick("record", "c-linked", self.say("Person", "联系人"), create_url="", required=True, focus=True)
        here, page = "/e/deal/101", self.page(title, "/e/deal/101/related/contact/deal")
        return c.LinkScreen(
            page, self.entity(), title, note, picker, f"{here}/related/contact/deal", "related-a-b", here
        )

    def bulk(self, **changes: Any) -> c.BulkScreen:
        say = self.say
        owner = c.Control("user", "v.owner", "b-v-owner", say("Owner", "负责人"), choices=())
        choices = c.Choice("owner", say("Owner", "负责人"), selected=True), c.Choice("amount", say("Amount", "金额"))
        title = say("Edit Deals", "编辑商机")
        screen = c.BulkScreen(
            page=self.page(title, "/e/deal/bulk"),
            entity=self.entity(),
            do="edit",
            symbol="square-pen",
            title=title,
            text=say("Lab refit and 1 more", "Lab refit 等"),
            ids=("101", "102"),
            everything=False,
            pick=c.BulkChoice("field", say("Field", "字段"), choices),
            modes=(c.Choice("add", say("Add", "添加"), selected=True), c.Choice("remove", say("Remove", "移除"))),
            controls=(owner,),
            hint=say("Leave it empty to empty the field.", "留空则清空此字段。"),
            submit=say("Change 2", "更改 2 条"),
            back="/e/deal",
            complete=True,
        )
        return replace(screen, **changes)

    def export(self) -> ExportScreen:
        title, about = self.say("Export deals", "导出商机"), self.say("2 selected records", "已选中的 2 条记录")
        later = self.say("More than 5,000 records: in the background.", "超过 5,000 条：后台生成。")
        return ExportScreen(
            page=self.page(title, "/e/deal/export"),
            entity=self.entity(),
            action="/e/deal/export",
            address="/e/deal/v/all",
            ids=("101", "102"),
            about=about,
            later=later,
            formats=(ExportFormat("csv", "CSV", self.say("Plain text", "纯文本"), chosen=True),),
            encodings=(c.Choice("utf-8", "UTF-8"),),
            shown=2,
            every=9,
        )

    def why(self) -> WhyScreen:
        """A value made of a field, of one that is worked out and of one that is not shown, and of many records."""
        money = c.Value("money", "$1,200.00")
        changed = self.say("Changed 2 h ago by Maya Okafor", "林美玲更改于2小时前")
        link = c.Link("Corvid Cold Storage", "/e/account/7", "building-2")
        return WhyScreen(
            page=self.page(self.say("Why is net what it is?", "“净额”从何而来"), "/e/deal/101/why/net"),
            entity=self.entity(),
            record=c.Link(DEALS[0][0], "/e/deal/101", "handshake"),
            label=self.say("Net", "净额"),
            value=money,
            expression=self.say("Amount * Company › Rebate", "金额 * 公司 › 折扣"),
            note=self.say("Worked out when it is read.", "读取时计算。"),
            inputs=(
                WhyInput(self.say("Amount", "金额"), money, why_url="/e/deal/101/why/amount"),
                WhyInput(self.say("Rebate", "折扣"), c.Value("percent", "5%"), link, changed, "21 Nov 2026"),
                WhyInput(self.say("Cost", "成本"), None),
            ),
            members=WhyMembers(
                counted=self.say("12 records count", "12 条记录计入"),
                rows=(WhyMember(link, money, "/e/account/7/why/won"), WhyMember(c.Link("#7", ""), None)),
                valued=True,
                more=self.say("and 10 more", "另有 10 条"),
                unseen=self.say("Others count too.", "另有其他记录。"),
            ),
        )

    def groups(self) -> dict[str, Any]:
        """A list under the heads of its groups."""
        lead = self.stage("lead").label
        head = c.ListGroup(
            "lead",
            lead,
            "gray",
            None,
            "18",
            self.say("2 more", "还有 2 条"),
            (c.Total("amount", "Sum", "$9"),),
            c.NO_HTML,
            True,
        )
        return {"grouped": self.say("Stage", "阶段"), "groups": (head,), "group_span": 2, "group_url": "?groups=open"}

    def group_menu(self) -> c.GroupMenu:
        chosen = c.GroupChoice(self.say("Close date", "成交日期"), "calendar", "?group=close_date", True)
        return c.GroupMenu(
            (chosen, c.GroupChoice(self.say("By year", "按年"), "", "?group=close_date.year", False, True))
        )

    def column_menu(self) -> c.ColumnMenu:
        choices = tuple(
            c.ColumnChoice(column.name, column.label, "type", index < 7, column.title, pinned=index == 2)
            for index, column in enumerate(self.columns())
        )
        return c.ColumnMenu("/e/deal/v/all/layout", "token", "/e/deal?sort=close", choices, "compact", arranged=True)

    def peek(self) -> c.PeekRegion:
        props = self.props()
        stages = self.stages()
        return c.PeekRegion(
            c.Peek(
                entity=self.entity(),
                csrf="token",
                id="101",
                version="3",
                title=self.say("Cold-chain sensors, phase 2", "冷链传感器二期"),
                mark=record_mark("Corvid Storage"),
                company=None,
                tags=(),
                facts=(c.Fact(self.say("Amount", "金额"), c.Value("money", "$84,500")),),
                sections=(c.Section("deal", self.say("Deal", "商机"), props[:4]),),
                path=c.PeekPath(2, len(stages), stages[1], self.say("6 d", "6 天"), stages[2:]),
                close_url="/e/deal",
                next_url="/e/deal?peek=102",
            )
        )

    # ---- inline edit

    def amount(self, **changes: Any) -> c.Control:
        values: dict[str, Any] = {
            "widget": "money",
            "name": "value",
            "id": "e-amount",
            "label": self.say("Amount", "金额"),
            "text": "18200",
            "prefix": "USD",
            "numeric": True,
        }
        return c.Control(**(values | changes))

    def editor(self, place: c.Place = "cell", **changes: Any) -> c.CellEditor:
        return c.CellEditor("/e/deal/101/cell/amount", "token", "3", place, self.amount(**changes), "value")

    def editor_conflict(self) -> c.CellConflict:
        return c.CellConflict(
            "/e/deal/101/cell/amount",
            "token",
            "4",
            "cell",
            self.amount(text="19000"),
            "$19,000",
            "$21,000",
            "21000",
            "Priya Raman",
        )

    def saved_cell(self) -> c.SavedCell:
        total = c.Total("amount", self.say("Sum", "合计"), "$1,290,000")
        return c.SavedCell(
            self.rows().cell("amount", self.row(0)), (total,), tabs=(c.Link("", "/e/deal/v/open", count="12"),)
        )

    # ---- record

    def prop(self, name: str, label: tuple[str, str], icon: str, value: c.Value, **more: Any) -> c.Prop:
        values: dict[str, Any] = {"url": f"/e/deal/101/cell/{name}", "edit_url": f"/e/deal/101/edit#f-{name}"} | more
        return c.Prop(name, self.say(*label), icon, value, **values)

    def props(self) -> tuple[c.Prop, ...]:
        account = c.Value("link", "Corvid Cold Storage", "/e/account/11", mark=record_mark("Corvid Cold Storage"))
        contact = c.Value("link", "Ren Castellan", "/e/contact/21", mark=person_mark("Ren Castellan"))
        need = "Replace 220 loggers in four cold rooms before the March audit; alarms reach the night shift."
        locked = self.say("Set by a rule, read only", "由规则设定，只读")
        return (
            self.prop("account", ("Company", "公司"), "building-2", account),
            self.prop("contact", ("Main contact", "主要联系人"), "user-round", contact),
            self.prop("amount", ("Amount", "金额"), "banknote", c.Value("money", "$84,500")),
            self.prop("discount", ("Discount", "折扣"), "percent", c.Value("percent", "12%")),
            self.prop("close", ("Close date", "预计成交"), "calendar", c.Value("date", "28 Nov 2026")),
            self.prop(
                "source", ("Source", "来源"), "radio", c.Value("choice", self.say("Trade fair", "展会"), hue="sky")
            ),
            self.prop(
                "weighted", ("Weighted", "加权金额"), "sigma", c.Value("money", "$42,250"), url="", locked=locked
            ),
            self.prop("key", ("Key account", "重点客户"), "star", c.Value("boolean", self.say("Yes", "是"), yes=True)),
            self.prop(
                "mail", ("Email", "邮箱"), "mail", c.Value("email", "ren@corvid.example", "mailto:ren@corvid.example")
            ),
            self.prop("site", ("Website", "网站"), "globe", c.Value("url", "corvid.example", "https://corvid.example")),
            self.prop("decider", ("Decision maker", "决策人"), "user-round-check", c.Value("link", ""), needed=True),
            self.prop("rival", ("Competitor", "竞争对手"), "flag", c.Value("text", "")),
            self.prop("need", ("Need", "需求"), "align-left", c.Value("long_text", need), wide=True),
        )

    def path(self, now: str = "proposal") -> c.StagePath:
        keys = list(STAGES)
        steps = tuple(
            c.Step(
                key,
                self.stage(key).label,
                "now" if key == now else "done" if keys.index(key) < keys.index(now) else "ahead",
                "won" if key == "won" else "lost" if key == "lost" else "open",
                self.stage(key).hue,
                spent={"lead": "4 d", "qualified": "11 d", "proposal": "6 d"}.get(key, ""),
            )
            for key in keys
        )
        return c.StagePath(self.say("Stage", "阶段"), steps)

    def lines(self, may_add: bool = True) -> c.LineTable:
        columns = (
            RowColumn("product", self.say("Product", "产品"), "link", target="product"),
            RowColumn(
                "quantity", self.say("Quantity", "数量"), "number", self.formats.number, numeric=True, editable=True
            ),
            RowColumn("total", self.say("Total", "小计"), "money", self.formats.money, numeric=True),
        )
        rows = [
            {
                "id": 1,
                "version": 1,
                "product": 5,
                "product__title": "Wireless probe T2",
                "quantity": 220,
                "total": 63800,
            },
            {"id": 2, "version": 1, "product": 6, "product__title": "Site gateway", "quantity": 4, "total": 9800},
        ]
        heads = tuple(c.ColumnHead(column.name, column.label, column.numeric) for column in columns)
        table = Rows(self.pages, "line", columns, removable=True).render(rows, csrf="token")
        return c.LineTable("lines", self.say("Line items", "明细"), 2, heads, table, may_add, self.line_row("", "a"))

    def line_row(self, index: str, prefix: str) -> c.LineRow:
        stem = f"lines.{index}." if index else ""
        label = self.say("Product", "产品"), self.say("Quantity", "数量"), self.say("Total", "小计")
        controls = (
            self.pick(f"{stem}product", f"{prefix}{index}-product", label[0]),
            c.Control("number", f"{stem}quantity", f"{prefix}{index}-quantity", label[1], "1", numeric=True),
            c.Control("money", f"{stem}total", f"{prefix}{index}-total", label[2], readonly=True, numeric=True),
        )
        return c.LineRow(index, "31" if index == "0" else "", controls)

    def pick(self, name: str, id: str, label: str, **more: Any) -> c.Control:
        values: dict[str, Any] = {
            "choices": (c.Choice("11", "Corvid Cold Storage"), c.Choice("12", "Dunmere Textiles")),
            "pick_url": f"/pick/account?field=deal.{name}",
            "create_url": "/e/account/new?dialog=1",
            "target_label": self.say("Company", "公司"),
        } | more
        return c.Control("link", name, id, label, **values)

    def related(self) -> c.Related:
        columns = (
            RowColumn("name", self.say("Name", "姓名"), "text", title=True, person=True),
            RowColumn("email", self.say("Email", "邮箱"), "email"),
        )
        rows = [
            {"id": 21, "version": 1, "name": "Ren Castellan", "email": "ren@corvid.example"},
            {"id": 22, "version": 1, "name": "Ada Brightwell", "email": None},
        ]
        heads = tuple(c.ColumnHead(column.name, column.label) for column in columns)
        table = Rows(self.pages, "contact", columns).render(rows)
        return c.Related(
            "contact", self.say("People", "联系人"), "users-round", "2", heads, table, "/e/contact/new?account=11"
        )

    def history(self) -> c.History:
        amount = c.Change(self.say("Amount", "金额"), "$91,200", "$84,500")
        moved = c.Change(self.say("Stage", "阶段"), self.stage("qualified").label, self.stage("proposal").label)
        rival = c.Change(self.say("Competitor", "竞争对手"), "Fieldmark", "")
        who = self.say("Maya Okafor", "林美玲")
        return c.History(
            (
                c.HistoryEntry("updated", who, "2 h", "2026-11-21 13:02", "", (amount, rival)),
                c.HistoryEntry("moved", who, "12 Nov", "2026-11-12 09:40", "", (moved,)),
                c.HistoryEntry("created", "Tomas Lindh", "3 Nov", "2026-11-03 10:02", self.say("Import", "导入")),
            )
        )

    def activity(self) -> c.Activity:
        said = c.Said(
            "7",
            "call",
            "Maya Okafor",
            person_mark("Maya Okafor"),
            self.say("2 h ago", "2 小时前"),
            "2026-11-21 13:02",
            light_html(self.say("Agreed 12%. @[user:3], https://a.example", "同意 12%。@[user:3]"), {3: "Ren"}),
            self.say("14 min", "14 分钟"),
            url="/comments/7",
            may_edit=True,
            may_delete=True,
        )
        items = c.Happening(said=said), *(c.Happening(change=entry) for entry in self.history().entries)
        url = "/e/deal/101/timeline"
        tabs = c.Link(self.say("Timeline", "时间线"), f"{url}?show=all", current=True), c.Link("History", f"{url}?x")
        spans = (c.Span(self.say("This week", "本周"), items),)
        timeline = c.Timeline(f"{url}?show=all", tabs, spans, f"{url}?show=all&after=x")
        follow = c.Follow("token", "/e/deal/101/follow", True, (person_mark("Ren Castellan"),), "1")
        timeline = replace(timeline, todo=self.tasks().groups[0].rows)
        return c.Activity(timeline, self.composer(), follow, "token")

    def tasks(self) -> c.TaskList:
        link = c.Link("Corvid Cold Storage", "/e/account/11")
        title, owner = self.say("Send revised quote", "发送修订报价"), c.Person("Maya", person_mark("Maya"))
        row = c.TaskRow("5", title, "/e/task/5", "28 Nov", True, False, (link,), owner, "/tasks/task/5")
        done = replace(row, id="6", done=True, late=False, due="")
        late = c.TaskGroup(self.say("Overdue", "已逾期"), (row,), late=True)
        return c.TaskList("mine", (late, c.TaskGroup(self.say("Done", "已完成"), (done,))), (link,))

    def inbox(self, **changes: Any) -> c.InboxScreen:
        text = self.say("Maya mentioned you in Cold-chain sensors", "Maya 在“冷链传感器”中提到了您")
        row = c.NoticeRow("5", person_mark("Maya"), "at-sign", text, "Hello", "2 h", "2026-11-21", False, "/inbox/5")
        tabs = c.Link(self.say("Unread", "未读"), "/inbox?show=unread", current=True), c.Link("All", "/inbox?show=all")
        own = c.Link(self.say("Inbox", "收件箱"), "/inbox", "inbox", current=True)
        page = self.page(self.say("Inbox", "收件箱"), "/inbox", own=(own,), unread=1)
        return replace(c.InboxScreen(page, tabs, (row, replace(row, id="6", read=True)), "unread", 1), **changes)

    def bin(self, **changes: Any) -> c.BinScreen:
        say = self.say
        facts = "handshake", "violet", say("Deal", "商机"), "Maya", "2 h", "21 Nov, 09:30"
        rows = (
            c.BinRow("Lab refit", "/e/deal/7", *facts, "/e/deal/7/restore"),
            c.BinRow("Trade-in", "/e/deal/8", *facts),
        )
        tabs = c.Link(say("All", "全部"), "/bin", current=True), c.Link(say("Deals", "商机"), "/bin?entity=deal")
        screen = c.BinScreen(self.page(say("Recycle bin", "回收站"), "/bin"), tabs, rows, "/bin", "/bin?after=x")
        return replace(screen, **changes)

    def home(self, **changes: Any) -> c.HomeScreen:
        say = self.say
        badge = c.Value("stage", say("Proposal", "方案"), hue="violet")
        row = c.TileRow("Lab refit", "/e/deal/7", record_mark("Lab"), "$84,500", "Corvid", badge, "28 Nov")
        tiles = (
            c.Tile("count", "tile-0", say("Open pipeline", "进行中"), "handshake", 1, "/e/deal", "$1.2M", "12"),
            c.Tile("tasks", "tile-1", say("Tasks", "任务"), "square-check", 2, tasks=self.tasks().groups[0].rows),
            c.Tile("list", "tile-2", say("My deals", "我的商机"), "handshake", 2, "/e/deal", rows=(row,)),
            c.Tile("inbox", "tile-3", say("Inbox", "收件箱"), "inbox", 2, "/inbox", notices=self.inbox().rows[:1]),
            c.Tile("recent", "tile-4", say("Recent", "最近"), "history", 4, empty=say("Nothing yet", "暂无内容")),
        )
        page = self.page(say("Home", "首页"), "/")
        screen = c.HomeScreen(page, say("Good morning, Maya", "早上好，Maya"), say("Saturday", "星期六"), tiles)
        return replace(screen, **changes)

    def composer(self, **changes: Any) -> c.Composer:
        kinds = tuple(c.Choice(kind, kind.title(), selected=kind == "call") for kind in ("note", "call", "meeting"))
        detail = self.amount(widget="number", id="composer-minutes", name="minutes", text="14")
        due = replace(detail, id="composer-due", name="task.due")
        composer = c.Composer("/e/deal/101/comments", "token", kinds, "Hello", ("3",), details=(detail,), task=(due,))
        return replace(composer, **changes)

    def record(self, **changes: Any) -> c.RecordScreen:
        props = self.props()
        title = self.say("Cold-chain sensors, phase 2", "冷链传感器二期")
        owner = c.Value("user", "Maya Okafor", mark=person_mark("Maya Okafor"))
        crumbs = c.Link(self.say("Deals", "商机"), "/e/deal", "handshake"), c.Link(title, "")
        values: dict[str, Any] = {
            "page": self.page(title, "/e/deal/101"),
            "entity": self.entity(),
            "id": "101",
            "version": "3",
            "title": title,
            "mark": record_mark("Corvid Storage"),
            "crumbs": crumbs,
            "sections": (
                c.Section("deal", self.say("Deal", "商机"), props[:10]),
                c.Section("qualification", self.say("Qualification", "资格"), props[10:]),
                c.Section("lines", "", blocks=(c.SectionBlock(lines=self.lines()),)),
                c.Section("contacts", "", blocks=(c.SectionBlock(related=self.related()),)),
                c.Section("help", "", blocks=(c.SectionBlock(help=Html("<p>Ask early.</p>")),)),
            ),
            "facts": (
                c.Fact(self.say("Amount", "金额"), c.Value("money", "$84,500")),
                c.Fact(self.say("Close date", "预计成交"), c.Value("date", "28 Nov")),
                c.Fact(self.say("Owner", "负责人"), owner),
            ),
            "company": c.Value("link", "Corvid Cold Storage", "/e/account/11"),
            "tags": (c.Value("choice", self.say("Key account", "重点客户"), hue="teal"),),
            "path": self.path(),
            "tabs": (c.Link(self.say("Deal", "商机"), "?tab=deal", current=True), c.Link("More", "?tab=more")),
            "may_edit": True,
            "may_delete": True,
        }
        return c.RecordScreen(**(values | changes))

    def saved_prop(self) -> c.SavedProp:
        props = self.props()
        return c.SavedProp(props[2], (props[6],), True, facts=self.record().facts, title="Cold-chain")

    def line_added(self) -> c.LineAdded:
        return c.LineAdded("/e/deal/101/lines/lines", "token", self.lines())

    def line_refused(self) -> c.LineRefused:
        table = self.lines()
        wrong = self.amount(id="a-quantity", name="quantity", text="many", error=self.say("Not a number", "不是数字"))
        refused = c.LineTable(
            table.field, table.label, 2, table.heads, table.rows, True, c.LineRow("", "", (wrong,)), ""
        )
        return c.LineRefused("/e/deal/101/lines/lines", "token", refused)

    def move(self, asks: bool = True, place: Any = "board") -> c.Move:
        reason = self.say("The amount must be above zero.", "金额必须大于零。")
        controls = (
            self.pick("decider", "m-decider", self.say("Decision maker", "决策人"), required=True, person=True),
            c.Control(
                "date",
                "close",
                "m-close",
                self.say("Order date", "下单日期"),
                "31/02",
                self.say("Not a date", "不是日期"),
                required=True,
            ),
        )
        return c.Move(
            "/e/deal/101/stage",
            "token",
            "3",
            place,
            "101",
            "Portable analysers x 12",
            self.stage("proposal"),
            self.stage("negotiation"),
            () if asks else (reason,),
            controls if asks else (),
            "/e/deal/101",
        )

    # ---- form

    def controls(self) -> tuple[c.Control, ...]:
        say = self.say
        sources = tuple(c.Choice(key, key.title(), "sky") for key in ("fair", "web", "referral"))
        many = tuple(c.Choice(f"s{index}", f"{say('Sector', '行业')} {index}", "teal") for index in range(12))
        heads = (
            c.LineHead(say("Product", "产品"), required=True, width=240),
            c.LineHead(say("Quantity", "数量"), numeric=True, width=110),
            c.LineHead(say("Total", "小计"), numeric=True, width=130),
        )
        lines = c.LineForm(heads, (self.line_row("0", "l"), self.line_row("1", "l")), self.line_row("__n__", "l"))
        return (
            c.Control(
                "text", "name", "f-name", say("Name", "名称"), "Cold-chain sensors", required=True, max_length=120
            ),
            self.pick("account", "f-account", say("Company", "公司"), text="11", required=True),
            c.Control("money", "amount", "f-amount", say("Amount", "金额"), "84,500", prefix="USD", numeric=True),
            c.Control(
                "percent", "discount", "f-discount", say("Discount", "折扣"), "12", help=say("Up to 15", "最高 15")
            ),
            c.Control(
                "date", "close", "f-close", say("Close date", "预计成交"), "31/02/2027", say("Not a date", "不是日期")
            ),
            c.Control("datetime", "call", "f-call", say("Next call", "下次通话"), "2026-11-28 14:00"),
            c.Control("choice", "source", "f-source", say("Source", "来源"), "fair", choices=sources),
            c.Control("choice", "sector", "f-sector", say("Sector", "行业"), "s3", choices=many),
            c.Control("boolean", "key", "f-key", say("Key account", "重点客户"), "true"),
            c.Control("number", "sites", "f-sites", say("Sites", "站点数"), "4"),
            c.Control("email", "mail", "f-mail", say("Email", "邮箱"), "ren@corvid.example"),
            c.Control("phone", "phone", "f-phone", say("Phone", "电话"), "+1 555 0100"),
            c.Control("url", "site", "f-site", say("Website", "网站"), "https://corvid.example"),
            c.Control("stage", "stage", "f-stage", say("Stage", "阶段"), "proposal", choices=self.stages()),
            c.Control("user", "owner", "f-owner", say("Owner", "负责人"), "7", choices=(c.Choice("7", "Maya Okafor"),)),
            c.Control("team", "team", "f-team", say("Team", "团队"), "", choices=(c.Choice("1", "Instruments"),)),
            c.Control("long_text", "need", "f-need", say("Need", "需求"), "Replace 220 loggers", wide=True),
            c.Control("children", "lines", "f-lines", say("Line items", "明细"), lines=lines),
        )

    def form(self, **changes: Any) -> c.FormScreen:
        controls = self.controls()
        title = self.say("Edit deal", "编辑商机")
        values: dict[str, Any] = {
            "page": self.page(title, "/e/deal/101/edit"),
            "entity": self.entity(),
            "crumbs": (c.Link(self.say("Deals", "商机"), "/e/deal", "handshake"), c.Link(title, "")),
            "title": title,
            "action": "/e/deal/101/edit",
            "sections": (
                c.FormSection(self.say("Deal", "商机"), controls[:9], tab="deal"),
                c.FormSection(self.say("More", "更多"), controls[9:], (Html("<p>Ask early.</p>"),), tab="more"),
            ),
            "submit": self.say("Save", "保存"),
            "cancel_url": "/e/deal/101",
            "version": "3",
            "errors": (c.FormError("f-close", self.say("Close date", "预计成交"), self.say("Not a date", "不是日期")),),
        }
        return c.FormScreen(**(values | changes))

    def conflict(self) -> c.Conflict:
        return c.Conflict(
            "amount", self.say("Amount", "金额"), "$84,500", "$90,000", "Priya Raman", self.say("2 min ago", "2 分钟前")
        )

    def files(self) -> c.FilesBlock:
        here = "/e/deal/101/files/papers"
        url = "/files/7/offer.pdf"
        offer = c.FileItem(
            id="7",
            name="offer.pdf",
            size="1.5 MB",
            icon="file-text",
            url=url,
            view_url=f"{url}?view=1",
            shown="pdf",
            line="7 application/pdf 1572864 offer.pdf",
            who="Priya Raman",
            when=self.say("2 min ago", "2 分钟前"),
            remove_url=f"{here}/7/remove",
        )
        rules = self.say("Up to 25 MB each", "每个不超过 25 MB")
        drop = c.FileDrop("f-papers", "file", here, 50, 25 * 1024 * 1024, "", rules, camera=True)
        return c.FilesBlock("papers", self.say("Papers", "资料"), "token", (offer,), drop)

    def options(self) -> c.PickList:
        corvid = c.PickOption("11", "Corvid Cold Storage", record_mark("Corvid Cold Storage"), "Leeds")
        return c.PickList(
            (corvid, c.PickOption("12", "Dunmere Textiles", record_mark("Dunmere Textiles"))), recent=True
        )

    # ---- board

    def card(self, index: int) -> c.Card:
        name, account, _, amount, close, owner = DEALS[index]
        return c.Card(
            str(101 + index),
            "3",
            name,
            f"/e/deal/{101 + index}",
            c.Value("link", account, mark=record_mark(account)),
            self.formats.money(amount),
            self.formats.short_date(close),
            late=close < date(2026, 11, 21),
            rots="16 d" if index % 5 == 1 else "",
            rots_help=self.say("16 days in this stage", "在此阶段已 16 天"),
            owner=c.Value("user", owner, mark=person_mark(owner)),
        )

    def lanes(self) -> tuple[c.Lane, ...]:
        lanes = []
        for key in ("lead", "qualified", "proposal", "negotiation"):
            cards = tuple(self.card(index) for index, deal in enumerate(DEALS) if deal[2] == key)
            stage = self.stage(key)
            lanes.append(
                c.Lane(
                    key,
                    stage.label,
                    stage.hue,
                    "open",
                    len(cards),
                    cards,
                    "$194,500",
                    "10% · $19,450",
                    35,
                    f"/e/deal/new?stage={key}",
                )
            )
        won = c.Lane(
            "won", self.stage("won").label, "green", "won", 11, note=self.say("11 deals, $642k", "11 条商机，$642k")
        )
        lost = c.Lane(
            "lost", self.stage("lost").label, "red", "lost", 4, note=self.say("Asks for a reason", "需填写原因")
        )
        return (*lanes, won, lost)

    def board(self) -> c.BoardScreen:
        totals = (
            c.BoardTotal("$1,289,000", self.say("open", "进行中")),
            c.BoardTotal("18", self.say("deals", "条商机")),
        )
        page = self.page(self.say("Pipeline", "销售流程"), "/e/deal/v/board")
        views, layouts = self.views(board=True), self.layouts(board=True)
        return c.BoardScreen(page, self.entity(), views, layouts, self.filters(), self.sorts(), totals, self.lanes())

    def card_moved(self) -> c.CardMoved:
        return c.CardMoved(self.card(0), self.entity(), self.lanes()[1:3], self.board().totals)

    # ---- login, first run, profile, people, errors

    def login(self, **changes: Any) -> c.LoginScreen:
        return c.LoginScreen(self.outside(self.say("Sign in", "登录"), "/login"), **changes)

    def blueprints(self) -> tuple[c.BlueprintCard, ...]:
        entities = (
            c.BlueprintEntity(self.say("Company", "公司"), "building-2", "sky"),
            c.BlueprintEntity(self.say("Deal", "商机"), "handshake", "blue"),
        )
        kinds: list[Any] = ["board", "member", "ring", "steps", "funnel", "calendar", "gallery", "blank"]
        hues = ["blue", "rose", "green", "teal", "amber", "sky", "orange", "gray"]
        return tuple(
            c.BlueprintCard(
                f"b{index}",
                self.say(f"Blueprint {index}", f"蓝图 {index}"),
                self.say("Companies, deals and a pipeline", "公司、商机与销售流程"),
                hues[index],
                kind,
                self.say("6 entities, 3 roles", "6 个实体，3 个角色"),
                entities,
                self.stages(),
                self.say("Sales, Manager", "销售、经理"),
                ("English", "简体中文"),
                "1.0.0",
            )
            for index, kind in enumerate(kinds)
        )

    def setup(self) -> c.SetupScreen:
        return c.SetupScreen(
            self.outside(self.say("Choose a starting point", "选择起点"), "/setup"), self.blueprints(), "b0"
        )

    def setup_account(self) -> c.SetupAccountScreen:
        say = self.say
        controls = (
            c.Control(
                "text", "workspace", "f-workspace", say("Workspace name", "工作区名称"), "Larkfield", required=True
            ),
            c.Control("text", "name", "f-name", say("Your name", "您的姓名"), required=True),
            c.Control("email", "email", "f-email", say("Work email", "工作邮箱"), required=True),
            c.Control("password", "password", "f-password", say("Password", "密码"), help="10+", required=True),
        )
        page = self.outside(say("Name your workspace", "为工作区命名"), "/setup")
        return c.SetupAccountScreen(page, self.blueprints()[0], True, controls)

    def setup_from_file(self) -> c.SetupAccountScreen:
        columns = (
            GuessedColumn(self.say("Name", "名称"), self.say("Text", "单行文本"), "Larkfield Ltd"),
            GuessedColumn(self.say("Amount", "金额"), self.say("Money", "金额"), "$84,500", unsure=True),
        )
        table = GuessedTable(self.say("Clients", "客户"), self.say("12 rows", "12 行"), columns)
        return replace(self.setup_account(), tables=(table,), rows=self.say("Bring in 12 rows", "导入 12 行"))

    def setup_refused(self) -> c.SetupScreen:
        return replace(self.setup(), accept=".csv,.xlsx", error=self.say("It is empty.", "文件为空。"))

    def profile(self) -> c.ProfileScreen:
        say = self.say
        password = tuple(
            c.Control("password", name, f"f-{name}", label, required=True)
            for name, label in (
                ("current", say("Current password", "当前密码")),
                ("password", say("New password", "新密码")),
                ("repeat", say("New password again", "再次输入新密码")),
            )
        )
        sessions = (
            c.SessionRow("1", "Chrome, Linux", say("now", "刚刚"), True),
            c.SessionRow("2", "Safari, iPhone", say("2 h ago", "2 小时前"), False),
        )
        languages = c.Choice("en", "English", selected=self.language == "en"), c.Choice("zh-CN", "简体中文")
        page = self.page(say("Profile", "个人资料"), "/profile")
        return c.ProfileScreen(
            page,
            "Maya Okafor",
            "maya@larkfield.example",
            person_mark("Maya Okafor"),
            say("Sales", "销售"),
            languages,
            password,
            sessions,
        )

    def tokens(self) -> TokensScreen:
        say = self.say
        controls = (
            c.Control("text", "name", "c-name", say("What it is for", "用途"), required=True),
            c.Control("choice", "scope", "c-scope", say("It may", "权限"), choices=(c.Choice("read", "Read"),)),
            c.Control(
                "multi_choice", "entities", "c-entities", say("It reaches", "范围"), choices=(c.Choice("a", "A"),)
            ),
        )
        mine = TokenRow("1", say("Website", "网站"), "x7Qa", say("Read", "读取"), "2 h", "28 Nov")
        revoked = replace(mine, id="2", state=say("Revoked", "已撤销"), user="Maya Okafor")
        page = self.page(say("API tokens", "API 令牌"), "/profile/tokens")
        return TokensScreen(page, controls, (), (mine,), (revoked,), "crm_plum-otter-48")

    def users(self) -> c.UsersScreen:
        say = self.say
        names = ("Maya Okafor", "Tomas Lindh", "Priya Raman")
        users = tuple(
            c.UserRow(
                str(index),
                name,
                f"{name.split()[0].lower()}@larkfield.example",
                person_mark(name),
                say("Sales", "销售"),
                say("West", "西区"),
                index != 2,
                "2 h",
                index == 0,
            )
            for index, name in enumerate(names)
        )
        controls = (
            c.Control("text", "name", "f-name", say("Name", "姓名"), required=True),
            c.Control("email", "email", "f-email", say("Work email", "工作邮箱"), required=True),
            c.Control(
                "choice",
                "role",
                "f-role",
                say("Role", "角色"),
                "sales",
                choices=(c.Choice("sales", say("Sales", "销售")),),
            ),
        )
        page = self.page(say("People", "人员"), "/users")
        tabs = (c.Link(say("People", "人员"), "/users", "users", current=True),)
        made = say("Add Aiko: send them this link", "已添加 Aiko：请把链接发给对方")
        return c.UsersScreen(page, tabs, users, "", "", controls, (), made, "/password?token=plum-otter-48")

    def search(self) -> c.SearchScreen:
        hit = c.Hit("Corvid", "/e/account/1", record_mark("Corvid"), "Leeds")
        groups = (c.HitGroup(self.say("Companies", "公司"), "building-2", (hit,), "/e/account?q=co"),)
        views = (c.Link(self.say("All", "全部"), "/e/account/v/all", "list", count=self.say("Companies", "公司")),)
        return c.SearchScreen(self.page("x", "/search"), "co", groups, views)

    def palette(self) -> c.Palette:
        link = c.Link("Corvid", "/e/account/1", "building-2", count=self.say("Companies", "公司"))
        return c.Palette((c.PaletteGroup(self.say("Recent", "最近"), (link,)),), "co", "/search?q=co")

    def error(self, status: Any, inside: bool = True) -> c.ErrorScreen:
        title = f"{status}"
        return c.ErrorScreen(
            self.page(title, "/x") if inside else self.outside(title, "/x"), status, reference="7F3A-20C1"
        )


def templates(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    """Every state a person can meet: name -> (template, its context)."""
    return {
        "list": ("screens/list.html", sample.list),
        "list-open": ("screens/list.html", lambda: sample.list(filters=sample.filters(open=True))),
        "export": ("screens/export.html", sample.export),
        "why": ("screens/why.html", sample.why),
        "bulk-edit": ("screens/bulk.html", sample.bulk),
        "bulk-delete": (
            "screens/bulk.html",
            lambda: sample.bulk(do="delete", everything=True, ids=(), pick=None, controls=()),
        ),
        "link": ("screens/link.html", sample.link),
        "list-groups": ("screens/list.html", lambda: sample.list(**sample.groups(), group_menu=sample.group_menu())),
        "list-columns": ("screens/list.html", lambda: sample.list(columns_menu=sample.column_menu())),
        "list-nothing": ("screens/list.html", lambda: sample.list(state="nothing", outside=1336)),
        "list-empty": ("screens/list.html", lambda: sample.list(state="empty", filters=sample.filters(chips=False))),
        "list-error": ("screens/list.html", lambda: sample.list(state="error", reference="7F3A-20C1")),
        "record": ("screens/record.html", sample.record),
        "record-print": ("screens/record_print.html", sample.record),
        "record-bin": ("screens/record.html", lambda: sample.record(deleted=True)),
        "record-lost": ("screens/record.html", lambda: sample.record(path=sample.path("lost"))),
        "activity": (
            "screens/activity.html",
            lambda: c.ActivityScreen(sample.page("x", "/e/deal/101/activity"), "x", (), sample.activity()),
        ),
        "comment": (
            "screens/comment.html",
            lambda: c.CommentScreen(sample.page("x", "/comments/7/edit"), "/comments/7", "token", "7", "Hello"),
        ),
        "inbox": ("screens/inbox.html", sample.inbox),
        "tasks": (
            "screens/tasks.html",
            lambda: c.TasksScreen(sample.page("Tasks", "/tasks"), sample.inbox().tabs, (), sample.tasks()),
        ),
        "tasks-none": (
            "screens/tasks.html",
            lambda: c.TasksScreen(sample.page("Tasks", "/tasks"), (), (), c.TaskList("mine", ())),
        ),
        "inbox-empty": ("screens/inbox.html", lambda: sample.inbox(rows=(), unread=0)),
        "home": ("screens/home.html", sample.home),
        "home-nothing": ("screens/home.html", lambda: sample.home(tiles=())),
        "bin": ("screens/bin.html", sample.bin),
        "bin-empty": ("screens/bin.html", lambda: sample.bin(rows=(), earlier_url="")),
        "form": ("screens/form.html", sample.form),
        "form-conflict": ("screens/form.html", lambda: sample.form(errors=(), conflicts=(sample.conflict(),))),
        "board": ("screens/board.html", sample.board),
        **view_templates(sample),
        **import_templates(sample),
        **operation_templates(sample),
        **duplicate_templates(sample),
        **people_templates(sample),
        **api_templates(sample),
        "move": ("screens/move.html", lambda: c.MoveScreen(sample.record().page, sample.move(place="record"))),
        "login": ("screens/login.html", lambda: sample.login(email="maya@larkfield.example")),
        "login-wrong": ("screens/login.html", lambda: sample.login(error=sample.say("Not right.", "不正确。"))),
        "setup": ("screens/setup.html", sample.setup),
        "setup-account": ("screens/setup_account.html", sample.setup_account),
        "setup-from-file": ("screens/setup_account.html", sample.setup_from_file),
        "setup-refused": ("screens/setup.html", sample.setup_refused),
        "profile": ("screens/profile.html", sample.profile),
        "users": ("screens/users.html", sample.users),
        "tokens": ("screens/tokens.html", sample.tokens),
        **{f"error-{code}": ("screens/error.html", partial(sample.error, code)) for code in (400, 403, 404, 429, 500)},
        "search": ("screens/search.html", sample.search),
        "search-nothing": ("screens/search.html", lambda: c.SearchScreen(sample.page("x", "/search"), "zz", (), ())),
        "offline": ("screens/offline.html", lambda: c.OfflineScreen(sample.page("x", "/"))),
        "error-outside": ("screens/error.html", lambda: sample.error(404, inside=False)),
    }


def fragments(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    """Every fragment the server answers with: name -> (template, its context)."""
    return {
        "list": ("parts/list.html", sample.list),
        "peek": ("parts/peek.html", sample.peek),
        "why": ("parts/why.html", sample.why),
        "related": ("parts/related.html", lambda: c.RelatedAgain(sample.related())),
        "groups": ("parts/group_menu.html", lambda: c.GroupMenuRegion(sample.group_menu())),
        "columns": ("parts/column_menu.html", lambda: c.ColumnMenuRegion(sample.column_menu())),
        "record": ("parts/record.html", sample.record),
        "palette": ("parts/palette.html", sample.palette),
        "palette-nothing": ("parts/palette.html", lambda: c.Palette((), "zz", "/search?q=zz")),
        "editor": ("parts/editor.html", sample.editor),
        "editor-prop": (
            "parts/editor.html",
            lambda: sample.editor("prop", error=sample.say("Not a number", "不是数字")),
        ),
        "editor-conflict": ("parts/editor_conflict.html", sample.editor_conflict),
        "cell": ("parts/cell.html", sample.saved_cell),
        "prop": ("parts/prop_saved.html", sample.saved_prop),
        "history": ("parts/history.html", sample.history),
        "activity": ("parts/activity.html", lambda: c.ActivityPart(sample.activity())),
        "timeline": ("parts/timeline.html", lambda: c.TimelinePart(sample.activity().timeline, "token")),
        "tasks": ("parts/tasks.html", lambda: c.TasksPart(sample.tasks(), "token")),
        "timeline-task": (
            "parts/timeline_task.html",
            lambda: c.TimelineTask(sample.tasks().groups[0].rows[0], "token"),
        ),
        "task": ("parts/task.html", lambda: c.TaskPart(sample.tasks().groups[0].rows[0], "token", "mine")),
        "notice": ("parts/notice.html", lambda: c.NoticePart(sample.inbox().rows[0], "token")),
        "composer": (
            "parts/composer.html",
            lambda: c.ComposerPart(sample.composer(error=sample.say("Not yet.", "还不行。")), "token"),
        ),
        "posted": ("parts/posted.html", lambda: c.Posted(sample.activity().timeline, sample.composer(), "token")),
        "comment-edit": ("parts/comment_edit.html", lambda: c.CommentEditor("/comments/7", "token", "7", "Hello")),
        "line-added": ("parts/line_added.html", sample.line_added),
        "line-refused": ("parts/line_refused.html", sample.line_refused),
        "move": ("parts/move.html", lambda: c.MoveDialog(sample.move())),
        "move-refused": ("parts/move.html", lambda: c.MoveDialog(sample.move(asks=False))),
        "form-dialog": ("parts/form_dialog.html", lambda: sample.form(for_field="f-account")),
        "options": ("parts/options.html", sample.options),
        "words": ("parts/words.html", lambda: c.WordList((c.Tag(sample.say("VIP", "重点客户"), "teal"),), "vi")),
        "card-moved": ("parts/card_moved.html", sample.card_moved),
        "files": ("parts/files.html", lambda: c.FilesAgain(sample.files())),
        "files-kept": ("parts/files_kept.html", lambda: c.KeptFiles("papers", sample.files().items)),
        **import_fragments(sample),
        **duplicate_fragments(sample),
    }
