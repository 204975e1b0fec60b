"""Contexts of the pages of an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.forms import contexts as c

if TYPE_CHECKING:
    from tests.forms.samples import Sample


def head(sample: Sample, step: int) -> c.ImportHead:
    labels = (("File", "文件"), ("Match columns", "对应列"), ("Check rows", "检查行"), ("Import", "导入"))
    steps = tuple(c.Link(sample.say(*label), "/imports/7" if n < step else "") for n, label in enumerate(labels, 1))
    title = sample.say("Deals from pipeline-2026.xlsx", "商机：pipeline-2026.xlsx")
    return c.ImportHead(sample.entity(), title, step, steps, "/imports")


def choices(*labels: str, chosen: int = 0) -> tuple[c.Choice, ...]:
    return tuple(c.Choice(f"k{n}", label, selected=n == chosen) for n, label in enumerate(labels))


def values(sample: Sample) -> tuple[c.ImportValue, ...]:
    stages = (sample.say("Proposal", "方案"), sample.say("Negotiation", "谈判"))
    return (
        c.ImportValue("3.0", "Quote sent", sample.say("12 rows", "12 行"), choices(*stages), True),
        c.ImportValue("3.1", "Nego", sample.say("21 rows", "21 行"), choices(*stages, chosen=1), False),
    )


def columns(sample: Sample) -> tuple[c.ImportColumn, ...]:
    def column(position: int, title: str, samples: str, state: Any, chip: str, chosen: int, **more: Any) -> Any:
        own = choices("Deal name", "Company", "Amount", "Stage", "Close date", "Owner", chosen=chosen)
        first = c.ChoiceGroup("", choices("Choose a field", "Do not import", chosen=-1 if chosen >= 0 else 0))
        return c.ImportColumn(
            position, title, samples, state, chip, (first, c.ChoiceGroup(sample.say("Fields", "字段"), own)), **more
        )

    by_name, order = sample.say("By name", "按名称"), choices("Day first", "Month first")
    told = sample.say("Matched by name, missing ones are created", "按名称匹配，没有的会新建")
    create = sample.say("Create companies that do not exist", "新建不存在的公司")
    part = {"told": sample.say("1 of 2 values are known", "已知 1/2 个值"), "values": values(sample)}
    return (
        column(0, "Opportunity", "Lab refit, building C; pH probes", "read", by_name, 0),
        column(
            1,
            "Account",
            "Alder & Finch Biolabs; Orchard Vale",
            "read",
            by_name,
            1,
            told=told,
            by=choices("Name"),
            create=True,
            create_label=create,
            skip_bad=False,
        ),
        column(2, "Value (USD)", "216,000; 31,200; 1.288e5", "read", by_name, 2),
        column(3, "Phase", "Quote sent; Nego; Won", "part", sample.say("1 of 2 values", "1/2 个值"), 3, **part),
        column(4, "Expected", "30/11/2026; 31/02/2027", "read", by_name, 4, told="Day first", dates=order),
        column(5, "Ref", "A-10093; A-10094", "ask", sample.say("Choose a field", "请选择字段"), -1),
        column(6, "Notes2", "(empty)", "off", sample.say("Skipped", "已跳过"), -1),
    )


def table(sample: Sample, mend_url: str = "") -> c.ImportTable:
    heads = (
        (sample.say("Deal", "商机"), False),
        (sample.say("Company", "公司"), False),
        ("Amount", True),
        ("Close", False),
    )
    wrong = c.ImportCell("31/02/2027", error=sample.say("Not a date", "不是日期"))
    good = (
        c.ImportCell("Lab refit", hue="teal"),
        c.ImportCell("Alder", mark=c.Mark("A", "blue")),
        c.ImportCell("$216,000", numeric=True),
    )
    bad = (c.ImportCell("Valve survey"), c.ImportCell("Hollin", new=True), c.ImportCell("$128,800", numeric=True))
    named, place = sample.say("Close date in row 42", "第 42 行的预计成交日期"), "42.3" if mend_url else ""
    again = replace(wrong, place=place, named=named, add=sample.say("Add a date", "添加日期"))
    open_ = replace(again, place="43.3" if mend_url else "", mend_url=mend_url)
    rows = (("2", (*good, c.ImportCell("30 Nov 2026"))), ("42", (*bad, again)), ("43", (*bad, open_)))
    return c.ImportTable(heads, rows, sample.say("2 of 1,284", "1,284 行中的 2 行"))


def mapping(sample: Sample) -> c.ImportMap:
    key = sample.say("Deal name and company", "商机名称和公司")
    modes = (
        c.Choice("both", sample.say("Update it", "更新"), selected=True),
        c.Choice("create", sample.say("Leave it alone", "保持不变")),
    )
    missing = (
        c.Control(
            "text", "fixed.owner", "c-fixed-owner", sample.say("Owner", "负责人"), error=sample.say("Required", "必填")
        ),
    )
    check = sample.say("Check 1,284 rows", "检查 1,284 行")
    first, second, folded, *rest = columns(sample)
    return c.ImportMap((first, second, *rest), (folded,), 5, 1, choices(key), modes, "", missing, table(sample), check)


def map_screen(sample: Sample) -> c.ImportMapScreen:
    facts = ((sample.say("Rows", "行数"), "1,284"), (sample.say("Text", "编码"), "UTF-8"))
    reading = c.ImportReading(
        facts, choices("Pipeline", "Old"), choices("UTF-8", "GB18030"), choices(",", ";"), "1", choices("1,234.56")
    )
    return c.ImportMapScreen(
        page=sample.page("Import", "/imports/7"),
        head=head(sample, 2),
        action="/imports/7",
        map=mapping(sample),
        reading=reading,
        recipes=choices("Quarterly pipeline"),
        recipe_name="",
        back_url="/e/deal/import",
    )


def check_screen(sample: Sample) -> c.ImportCheckScreen:
    figures = (
        c.ImportFigure("1,120", sample.say("will be created", "将新建"), "plus", "ok", "?rows=create"),
        c.ImportFigure("131", sample.say("will be updated", "将更新"), "pencil", "", "?rows=update"),
        c.ImportFigure(
            "21", sample.say("warnings, will go in", "有提醒，仍会导入"), "triangle-alert", "warn", "?rows=warn"
        ),
        c.ImportFigure(
            "12",
            sample.say("errors, will be left out", "有错误，不会导入"),
            "circle-alert",
            "bad",
            "?rows=refused",
            True,
        ),
    )
    empty = ("blank:4", sample.say("Leave empty", "留空"))
    issues = (
        c.ImportIssue(
            True, sample.say("8 rows: not a date", "8 行：不是日期"), "31/02/2027, 30/02/2027", acts=(empty,)
        ),
        c.ImportIssue(
            True,
            sample.say("21 rows: not a stage", "21 行：不是阶段"),
            "",
            values=values(sample)[1:],
            acts=(("read:3", sample.say("Read like this", "按此读取")),),
        ),
        c.ImportIssue(
            True,
            sample.say("37 rows: no such company", "37 行：没有该公司"),
            "",
            values=(c.ImportValue("1.0", "Shang hai", sample.say("37 rows", "37 行"), (), False),),
            acts=(("read:1", sample.say("Replace", "替换")),),
        ),
    )
    return c.ImportCheckScreen(
        page=sample.page("Import", "/imports/7/check"),
        head=head(sample, 3),
        action="/imports/7/check",
        start_url="/imports/7/start",
        title=sample.say("1,251 rows are ready, 12 need a look", "1,251 行可以导入，12 行需要检查"),
        figures=figures,
        issues=issues,
        notes=(),
        rows=table(sample, "/imports/7/mend"),
        rows_title=sample.say("The 12 rows with errors", "有错误的 12 行"),
        error_files=(c.Link("Excel", "/imports/7/errors.xlsx"),),
        import_label=sample.say("Import 1,272 rows", "导入 1,272 行"),
        foot=sample.say("12 rows are left out", "12 行不会导入"),
        back_url="/imports/7",
        mend_url="/imports/7/mend",
        mended=(c.ImportMended("9.0", "9", sample.say("Deal", "商机"), "Lab refit"),),
        mended_title=sample.say("1 cell mended", "已修正 1 个单元格"),
    )


def run_screen(sample: Sample, running: bool) -> c.ImportRunScreen:
    steps = (
        c.ImportStep(sample.say("File read", "文件已读取"), "done"),
        c.ImportStep(
            sample.say("Deals: 730 created, 84 updated", "商机：新建 730，更新 84"), "now" if running else "done"
        ),
        c.ImportStep(sample.say("12 rows were left out", "12 行未导入"), "bad"),
    )
    undo = c.ImportAct(sample.say("Take it back", "撤销导入"), "/operations/9/undo", "undo-2", "danger-quiet")
    return c.ImportRunScreen(
        page=sample.page("Import", "/imports/7/run"),
        head=head(sample, 4),
        title=sample.say("Importing 1,272 rows", "正在导入 1,272 行"),
        text=sample.say("You can leave this page.", "您可以离开此页。"),
        percent=64,
        counted="814 / 1,272",
        left="",
        steps=steps,
        note=sample.say("You can take this import back.", "您可以撤销这次导入。"),
        note_kind="",
        here="/imports/7/run",
        running=running,
        refused=c.ImportTable((), ()) if running else table(sample),
        refused_title=sample.say("The 12 rows with errors", "有错误的 12 行"),
        error_files=(),
        acts=(undo,),
        links=() if running else (c.Link(sample.say("Open deals", "打开商机"), "/e/deal", "handshake"),),
    )


def row(sample: Sample) -> c.ImportRow:
    return c.ImportRow(
        "pipeline-2026.xlsx", "/imports/7", "handshake", "violet", sample.say("Deals, 1,284 rows", "商机，1,284 行"),
        sample.say("Draft", "草稿"), "", sample.say("2 min ago", "2 分钟前"), "28 Nov 2026", "/imports/7/drop",
    )  # fmt: skip


def upload(sample: Sample, error: str = "") -> c.ImportUploadScreen:
    wanted = (
        c.ImportWanted(sample.say("Deal name", "商机名称"), "type", True),
        c.ImportWanted(sample.say("Amount", "金额"), "banknote", False),
    )
    return c.ImportUploadScreen(
        page=sample.page("Import", "/e/deal/import"),
        head=head(sample, 1),
        action="/e/deal/import",
        accept=".csv,.xlsx",
        kinds="CSV, Excel",
        limit=1000,
        limit_text="100 MB",
        columns=wanted,
        drafts=(row(sample),),
        error=error,
    )


def import_templates(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    start = c.Link(sample.say("Deals", "商机"), "/e/deal/import", "handshake")
    page = sample.page("Imports", "/imports")
    return {
        "imports": ("screens/imports.html", lambda: c.ImportsScreen(page, (row(sample),), (start,))),
        "imports-none": ("screens/imports.html", lambda: c.ImportsScreen(page, (), (start,))),
        "import-upload": ("screens/import_upload.html", lambda: upload(sample)),
        "import-refused": ("screens/import_upload.html", lambda: upload(sample, sample.say("Empty.", "空文件。"))),
        "import-map": ("screens/import_map.html", lambda: map_screen(sample)),
        "import-check": ("screens/import_check.html", lambda: check_screen(sample)),
        "import-run": ("screens/import_run.html", lambda: run_screen(sample, True)),
        "import-done": ("screens/import_run.html", lambda: run_screen(sample, False)),
    }


def import_fragments(sample: Sample) -> Mapping[str, tuple[str, Callable[[], Any]]]:
    return {
        "import-live": ("parts/import_live.html", lambda: c.ImportLive(mapping(sample), sample.entity())),
        "import-run": ("parts/import_run.html", lambda: run_screen(sample, True)),
    }
