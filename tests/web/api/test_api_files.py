from __future__ import annotations

from typing import Any

import pytest

from tests.product import Product
from tests.web.api.client import Client, client_of, plain

PDF = b"%PDF-1.7 an offer"
MANY = "The form that was sent cannot be read, or has more than 60 files or 5000 fields."


@pytest.fixture
def api(b2b: Product) -> Client:
    return client_of(b2b)


def deal(api: Client) -> str:
    return f"opportunity/{api.get('opportunity?limit=1')['data'][0]['id']}"


def test_a_file_is_added_listed_downloaded_and_taken_away(api: Client) -> None:
    record = deal(api)
    sent = api.ask("POST", f"{record}/files", files={"file": ("offer.pdf", PDF)}, data={"field": "contract"})
    assert sent.status_code == 201, sent.text
    (file,) = sent.json()["data"]
    told = {"name": "offer.pdf", "media": "application/pdf", "size": len(PDF), "field": "contract"}
    assert plain(file, *told) == told and api.get(f"{record}/files")["data"][-1] == file
    content = api.ask("GET", file["url"], headers={"accept": "*/*"})
    assert content.content == PDF and content.headers["content-disposition"] == 'attachment; filename="offer.pdf"'
    assert (
        content.headers["content-type"] == "application/pdf" and "sandbox" in content.headers["content-security-policy"]
    )
    assert api.ask("DELETE", file["url"]).status_code == 204
    assert api.refused("GET", file["url"])[0] == 404 and api.get(record)["contract"] is None


def test_a_staged_file_is_named_by_the_record_that_is_created(api: Client) -> None:
    (file,) = api.ask("POST", "account/files", files={"file": ("logo.png", b"\x89PNG\r\n\x1a\n0000")}).json()["data"]
    made = api.send("POST", "account", {"name": "With a logo", "logo": [{"id": file["id"]}]})
    assert made.status_code == 201 and made.json()["logo"] == [file]
    assert api.refused("POST", "account", {"name": "Again", "logo": [{"id": file["id"]}]})[0] == 422


@pytest.mark.parametrize("where", ["staged", "added"])
def test_an_upload_under_a_key_is_carried_out_once(api: Client, where: str) -> None:
    url = "opportunity/files" if where == "staged" else f"{deal(api)}/files"

    def send(content: bytes = PDF, key: str = "f-1", **data: str) -> Any:
        headers = {"idempotency-key": key}
        return api.ask("POST", url, files={"file": ("offer.pdf", content)}, data=data, headers=headers)

    before = api.get(url)["data"] if where == "added" else []
    first, again = send(), send()
    assert (first.status_code, again.status_code) == (201, 201) and first.json() == again.json()
    assert "idempotency-replayed" not in first.headers and again.headers["idempotency-replayed"] == "true"
    assert send(b"%PDF-1.7 another").json()["type"] == "/api/docs#key_reused"
    assert send(field="contract").json()["type"] == "/api/docs#key_reused"
    assert send(key="f-2").json() != first.json()
    if where == "added":
        assert len(api.get(url)["data"]) == len(before) + 2


def test_files_that_do_not_fit_are_refused(api: Client) -> None:
    record = deal(api)

    def add(name: str, field: str = "", part: str = "file") -> tuple[int, list[tuple[str, str]]]:
        answer = api.ask("POST", f"{record}/files", files={part: (name, PDF)}, data={"field": field})
        return answer.status_code, [(e["field"], e["code"]) for e in answer.json()["errors"]]

    assert add("run.exe") == (422, [("file", "file_program")])
    assert add("offer.pdf", field="name") == (422, [("field", "no_files")])
    assert add("offer.pdf", part="other") == (422, [("file", "required")])
    assert api.ask("POST", f"{record}/files", json={}).status_code == 415
    many = api.ask("POST", f"{record}/files", files=[("file", (f"{n}.txt", b"x")) for n in range(61)])
    assert (many.status_code, many.json()["detail"]) == (400, MANY)
    assert api.ask("POST", f"{record}/files/17", files={"file": ("a", b"a")}).status_code == 405


def test_files_are_seen_and_written_as_far_as_their_record_is(b2b: Product, api: Client) -> None:
    everything = {each["id"] for each in api.get("opportunity?limit=200")["data"]}
    own = client_of(b2b, "mei")
    seen = {each["id"] for each in own.get("opportunity?limit=200")["data"]}
    hidden = sorted(everything - seen)[0]
    url = f"opportunity/{hidden}/files"
    (file,) = api.ask("POST", url, files={"file": ("offer.pdf", PDF)}).json()["data"]
    assert (
        own.refused("GET", url)[0] == own.refused("GET", file["url"])[0] == own.refused("DELETE", file["url"])[0] == 404
    )
    assert own.ask("POST", url, files={"file": ("offer.pdf", PDF)}).status_code == 404
    assert api.refused("DELETE", file["url"])[0] == 422
    other = own.get("opportunity?limit=1")["data"][0]["id"]
    assert own.refused("GET", f"opportunity/{other}/files/{file['id']}")[0] == 404
    assert client_of(b2b, scope="read").ask("POST", url, files={"file": ("a.pdf", PDF)}).status_code == 403
