"""The composition root: the one place where the parts of a process meet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pwdlib import PasswordHash
from starlette.applications import Starlette

from engine.access.alerts import Alerts
from engine.access.api_tokens import ApiTokens
from engine.access.audit import Audit
from engine.access.credentials import Credentials
from engine.access.entry_links import EntryLinks
from engine.access.login import Login
from engine.access.rate_limit import LoginLimit
from engine.access.second_factor import SecondFactors
from engine.access.sessions import Sessions
from engine.access.tokens import Signer, load_secret
from engine.access.vault import KeyRefused, Vault
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers, take_node
from engine.exchange.export_job import KIND as EXPORT, ExportFiles, ExportJob
from engine.exchange.import_files import CHECK_KIND, KIND
from engine.exchange.import_job import ImportCheckJob, ImportJob
from engine.exchange.imports import Imports
from engine.exchange.recipes import Recipes
from engine.exchange.sheet import Limits
from engine.exchange.sheet_rows import KIND as SHEET, SheetRows
from engine.exchange.starts import Starts
from engine.exchange.summary import Summaries
from engine.expressions.sql import register_functions
from engine.outside.letter import Letter
from engine.outside.mail import Mail, MailServer
from engine.outside.oidc import Oidc, Provider
from engine.publishing.founding import Founder
from engine.publishing.versions import published
from engine.records.bulk import KINDS as BULK, Bulk
from engine.records.file_store import FolderStore
from engine.records.files import Files
from engine.records.lease import Lease
from engine.records.operation_run import Job
from engine.records.operations import Operations
from engine.records.runner import Runner
from engine.records.saved_views import SavedViews
from engine.records.transaction import UNDO
from engine.records.undoing import Undoing
from engine.records.view_layouts import ViewLayouts
from engine.settings import SettingRefused, Settings
from engine.web.routes import make_application
from engine.web.services import Services

BLUEPRINTS = Path(__file__).parent.parent / "blueprints"


def open_services(settings: Settings, clock: Clock | None = None, hasher: PasswordHash | None = None) -> Services:
    """The parts of a process on the database of `settings`, and the workspace founded in it, if there is one.
    `hasher` hashes passwords with other costs than is safe today.
    Raises `DatabaseUnavailable`, `BlueprintBroken`, `SettingRefused`."""
    clock = clock or Clock()
    database = Database(settings.database_url, on_connect=register_functions)
    sessions = Sessions(database, clock, settings.session_idle, settings.session_lifetime)
    credentials = Credentials(database, clock, hasher)
    ids = Identifiers(_node(database), clock)
    audit, limit = Audit(ids, clock), LoginLimit(ids, clock)
    secret = load_secret(settings.data_folder)
    factors = SecondFactors(clock, secret)
    alerts = Alerts(ids, clock, audit, lambda: services.admin_roles)
    founder = Founder(database, ids, clock, _vault(settings))
    operations = Operations(database, ids, clock)
    limits = Limits(bytes=settings.import_limit, rows=settings.import_rows)
    imports = Imports(database, ids, clock, FolderStore(settings.files_folder / "imports"), operations, limits)
    jobs: dict[str, Job] = {
        UNDO: Undoing(),
        **dict.fromkeys(BULK, Bulk(operations)),
        KIND: ImportJob(imports),
        CHECK_KIND: ImportCheckJob(imports),
    }
    exports = ExportFiles(settings.data_folder / "exports", clock)
    jobs[EXPORT] = ExportJob(exports, lambda actor: services.published_for(actor))
    jobs[SHEET] = SheetRows(lambda: services.published)
    runner = Runner(Lease(database, ids, clock), lambda: services.store, jobs)
    files = Files(database, ids, clock, FolderStore(settings.files_folder), settings.file_limit)
    services = Services(
        settings=settings,
        database=database,
        clock=clock,
        credentials=credentials,
        sessions=sessions,
        audit=audit,
        entry_links=EntryLinks(ids, clock),
        mail=_mail(settings, lambda: services),
        oidc=_oidc(settings),
        login=Login(database, credentials, sessions, limit, alerts, factors, clock),
        factors=factors,
        alerts=alerts,
        limit=limit,
        signer=Signer(secret),
        founder=founder,
        saved_views=SavedViews(database, ids, clock),
        layouts=ViewLayouts(database),
        files=files,
        operations=operations,
        imports=imports,
        recipes=Recipes(database, ids, clock),
        summaries=Summaries(),
        runner=runner,
        api_tokens=ApiTokens(database, ids, clock, audit),
        exports=exports,
        starts=Starts(settings.data_folder / "starts", clock),
        blueprints=BLUEPRINTS,
        workspace=founder.open(),
    )
    if services.workspace:
        files.collect()
        imports.collect()
    return services


def make_app(services: Services) -> Starlette:
    return make_application(services)


def _mail(settings: Settings, services: Callable[[], Services]) -> Mail:
    """The way mail leaves; a letter that was given up is written down, without what it said."""

    def name() -> str:
        workspace = services().workspace
        return workspace.name if workspace else ""

    def failed(letter: Letter, reason: str) -> None:
        parts = services()
        with parts.database.write() as connection:
            parts.alerts.ring(connection, "mail_failed", None, name=letter.to, reason=reason)

    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        sender=settings.mail_from,
        user=settings.smtp_user,
        password=settings.smtp_password,
        authorities=settings.smtp_ca,
    )
    return Mail(server if settings.smtp_host else None, name, failed)


def _oidc(settings: Settings) -> Oidc | None:
    if not settings.oidc_issuer:
        return None
    back = f"{settings.public_url.rstrip('/')}/login/oidc/back"
    issuer = settings.oidc_issuer.rstrip("/")
    return Oidc(Provider(issuer, settings.oidc_client_id, settings.oidc_client_secret, back))


def _vault(settings: Settings) -> Vault | None:
    """Raises `SettingRefused`, which does not show the key."""
    try:
        return Vault(settings.secret_key) if settings.secret_key.strip() else None
    except KeyRefused:
        raise SettingRefused("CRM_SECRET_KEY", "…") from None


def _node(database: Database) -> int:
    """A node number of its own for each process of a founded workspace."""
    with database.read() as connection:
        founded = published(connection) is not None
    if not founded:
        return 0
    with database.write() as connection:
        return take_node(connection)
