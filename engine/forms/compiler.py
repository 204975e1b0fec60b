"""Nodes in, screens out: views, forms, record pages and the menu of a merged blueprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping as MappingType

from engine.expressions.types import Scope
from engine.forms.compilation import ScreenCompilation
from engine.forms.forms_compiler import compile_forms
from engine.forms.home_compiler import compile_home
from engine.forms.icons_compiler import check_icons
from engine.forms.menu_compiler import compile_menu
from engine.forms.model import Screens
from engine.forms.pages_compiler import compile_pages
from engine.forms.views_compiler import compile_views
from engine.language.nodes import Mapping
from engine.language.problems import Problems
from engine.locale.text import LANGUAGES
from engine.schema.model import Entity, Role


def compile_screens(
    root: Mapping,
    entities: MappingType[str, Entity],
    roles: MappingType[str, Role],
    problems: Problems,
    scope_of: Callable[[Entity], Scope],
    languages: tuple[str, ...] = LANGUAGES,
) -> Screens:
    """Compile the sections views, forms, pages and menu; every fault goes to `problems`.

    The sections were checked against `sections.SECTIONS`: a node of the wrong shape is passed over.
    `scope_of` gives the names an expression about a row of the entity may use."""
    compilation = ScreenCompilation(root, entities, roles, languages, problems, scope_of)
    check_icons(compilation)
    views, forms = compile_views(compilation), compile_forms(compilation)
    menu = compile_menu(views, compilation)
    home = compile_home(views, menu, compilation)
    return Screens(views, forms, compile_pages(forms, compilation), menu, home)
