"""Secrets through the pages: encrypted in the database, never on a page, in the history or in the logs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.access.actor import ENGINE
from engine.access.vault import KeyRefused, Vault, load_key, new_key
from engine.cli.secret_keys import check_key
from engine.cli.speech import Refusal
from engine.compiling import compile_sources
from engine.records.errors import Invalid
from engine.settings import SettingRefused, Settings
from tests.browsing.browser import Browser, Page
from tests.product import Product, found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "every_type"
KEY = new_key()
TYPED = "sk-live-larch-otter-4711"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secrets")
    found(folder, str(BLUEPRINT))
    return folder


@pytest.fixture
def product(founded: Path, tmp_path: Path) -> Iterator[Product]:
    with running(shutil.copytree(founded, tmp_path / "copy"), secret_key=KEY) as product:
        yield product


@pytest.fixture
def mei(product: Product) -> Browser:
    return product.enter("mei")


def lamp(mei: Browser) -> str:
    rows = [row for row in mei.open("/e/thing").tree.all("tr") if row["data-id"]]
    return next(f"/e/thing/{row['data-id']}" for row in rows if row.one("th").text.endswith("Lamp"))


def save(mei: Browser, **typed: str) -> Page:
    """Save the whole form with this typed into it."""
    here = f"{lamp(mei)}/edit"
    form = mei.open(here).form(here)
    kept = [(name, text) for name, text in form.filled({}) if name not in typed and not name.startswith("key")]
    return mei.send(here, [*kept, *((name.replace("_clear", ".clear"), text) for name, text in typed.items())])


def shown(page: Page) -> str:
    return page.named("p-key").one("dd").text


def stored(product: Product, mei: Browser) -> object:
    return product.services.workspace.store.get(ENGINE, "thing", int(lamp(mei).rsplit("/", 1)[1])).row["key"]  # type: ignore[union-attr]


def test_a_secret_is_kept_encrypted_and_shown_by_its_end(product: Product, mei: Browser) -> None:
    assert shown(save(mei, key=TYPED)).startswith("••••••4711")
    for path in Path(product.services.settings.data_folder).glob("crm.db*"):
        assert TYPED.encode() not in path.read_bytes()
    assert Vault(f"{new_key()},{KEY}").open(stored(product, mei)) == TYPED  # type: ignore[arg-type]
    with pytest.raises(KeyRefused):
        Vault(new_key()).open(stored(product, mei))  # type: ignore[arg-type]


def test_no_page_and_no_filter_ever_has_the_secret(mei: Browser) -> None:
    save(mei, key=TYPED)
    here = lamp(mei)
    pages = [mei.open(here), mei.open(f"{here}/edit"), mei.open("/e/thing"), mei.fragment(f"{here}/history")]
    pages += [mei.fragment(f"{here}/cell/key?place=prop"), mei.open("/e/thing?sort=key&f=key:contains:sk-live")]
    assert [page.html.count("larch") + page.html.count("gAAAA") for page in pages] == [0] * 6
    assert "4711" not in pages[2].html + pages[3].html
    assert "Access key changed" in pages[3].words
    assert pages[1].named("c-key")["value"] == ""


def test_a_blank_input_keeps_a_secret_and_a_box_empties_it(product: Product, mei: Browser) -> None:
    save(mei, key=TYPED)
    assert shown(save(mei, key="")).startswith("••••••4711")
    assert shown(save(mei, key="short")).split()[0] == "••••••"
    save(mei, key="", key_clear="1")
    assert stored(product, mei) is None


def test_a_list_can_ask_only_whether_there_is_a_secret(mei: Browser) -> None:
    save(mei, key=TYPED)
    found_by = {}
    for comparison in ("empty", "not_empty"):
        page = mei.open(f"/e/thing?f=key:{comparison}")
        found_by[comparison] = [row.one("th").text.split()[-1] for row in page.tree.all("tr") if row["data-id"]]
    assert found_by == {"empty": ["Chair", "Table"], "not_empty": ["Lamp"]}


def test_a_cell_takes_a_new_secret_and_keeps_it_when_left_blank(mei: Browser) -> None:
    here = f"{lamp(mei)}/cell/key"
    for typed in (TYPED, ""):
        form = mei.fragment(f"{here}?place=prop").form(here)
        own = [(name, text) for name, text in form.filled({}) if not name.startswith("value")]
        saved = mei.send(here, [*own, ("value", typed)], hx_request="true")
        assert (saved.status, "••••••4711" in saved.words) == (200, True)


def test_without_a_key_nothing_is_written_and_the_reason_is_said(founded: Path, tmp_path: Path) -> None:
    with running(shutil.copytree(founded, tmp_path / "copy")) as product:
        refused = save(product.enter("mei"), key=TYPED)
        assert (refused.status, TYPED in refused.html) == (422, False)
        with pytest.raises(Refusal, match=r"The blueprint has secrets \(thing.key\).+Set CRM_SECRET_KEY"):
            check_key(product.services.workspace)  # type: ignore[arg-type]
        assert refused.error("c-key") == "Secrets cannot be kept yet: whoever runs this CRM has to set CRM_SECRET_KEY."


def test_only_a_text_is_a_secret(product: Product) -> None:
    store = product.services.workspace.store  # type: ignore[union-attr]
    with pytest.raises(Invalid):
        store.create(ENGINE, "thing", {"name": "Sofa", "key": {"token": "x"}})


def test_a_key_that_is_none_is_refused_without_being_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingRefused, match="CRM_SECRET_KEY") as refusal, running(tmp_path, secret_key="larch"):
        raise AssertionError
    assert "larch" not in str(refusal.value)
    assert "larch" not in repr(Settings(secret_key="larch"))


def test_the_key_of_a_demo_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    assert load_key(tmp_path) == load_key(tmp_path)
    assert [(path.name, oct(path.stat().st_mode & 0o777)) for path in tmp_path.iterdir()] == [("secret.key", "0o600")]


def test_a_blueprint_holds_no_secret_and_no_expression_reads_one() -> None:
    blueprint = """
blueprint: {id: keys, version: 1.0.0}
settings: {languages: [en]}
entities:
  box:
    fields:
      name: {type: text, visible: "key == 'x'"}
      key: {type: secret, default: abc}
demo: {box: {one: {name: One, key: abc}}}
roles: {boss: {entities: {"*": {read: all}}}}
"""
    problems = compile_sources({"blueprint.yaml": blueprint}).problems
    assert [problem.code for problem in problems] == ["E311", "E218", "E410"]
