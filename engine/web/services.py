"""What views reach the application through: filled by the composition root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.access.actor import Actor
from engine.access.alerts import Alerts
from engine.access.api_tokens import ApiTokens
from engine.access.audit import Audit
from engine.access.credentials import Credentials
from engine.access.entry_links import EntryLinks
from engine.access.login import Login
from engine.access.rate_limit import LoginLimit
from engine.access.second_factor import SecondFactors
from engine.access.sessions import Sessions
from engine.access.tokens import Signer
from engine.blueprint import Blueprint
from engine.clock import Clock
from engine.database.connection import Database
from engine.exchange.export_job import ExportFiles
from engine.exchange.imports import Imports
from engine.exchange.recipes import Recipes
from engine.exchange.starts import Starts
from engine.exchange.summary import Summaries
from engine.outside.mail import Mail
from engine.outside.oidc import Oidc
from engine.publishing.founding import Founder
from engine.publishing.workspace import Workspace
from engine.records.files import Files
from engine.records.operations import Operations
from engine.records.runner import Runner
from engine.records.saved_views import SavedViews
from engine.records.store import Store
from engine.records.view_layouts import ViewLayouts
from engine.settings import Settings


@dataclass(slots=True)
class Services:
    """One process's parts. `workspace` is None until the first run is done, and is swapped whole after a publish."""

    settings: Settings
    database: Database
    clock: Clock
    credentials: Credentials
    sessions: Sessions
    audit: Audit
    alerts: Alerts
    login: Login
    factors: SecondFactors
    limit: LoginLimit
    entry_links: EntryLinks
    mail: Mail
    oidc: Oidc | None
    """The provider people may sign in with, if there is one."""
    signer: Signer
    founder: Founder
    saved_views: SavedViews
    layouts: ViewLayouts
    files: Files
    operations: Operations
    imports: Imports
    recipes: Recipes
    summaries: Summaries
    runner: Runner
    api_tokens: ApiTokens
    exports: ExportFiles
    starts: Starts
    blueprints: Path
    """The folder of the shipped blueprints, for the first run's gallery."""
    workspace: Workspace | None = None

    @property
    def store(self) -> Store | None:
        return self.workspace.store if self.workspace else None

    @property
    def published(self) -> Blueprint:
        """The blueprint that runs, for work that begins after the founding."""
        if self.workspace is None:
            raise LookupError("no workspace was founded")
        return self.workspace.blueprint

    def published_for(self, actor: Actor) -> Blueprint:
        """The same, without what the actor may not see of it."""
        if self.workspace is None:
            raise LookupError("no workspace was founded")
        return self.workspace.seen_by(actor).blueprint

    @property
    def admin_roles(self) -> frozenset[str]:
        """The roles that manage the workspace; none before it is founded."""
        return self.workspace.policy.admin_roles if self.workspace else frozenset()

    @property
    def default_language(self) -> str:
        return self.workspace.blueprint.settings.languages[0] if self.workspace else "en"
