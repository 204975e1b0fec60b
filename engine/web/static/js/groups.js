// The groups of a list: folding them, remembered for the session; and what was edited goes under the group it has now.
import { $, $$, whenAdded } from "./dom.js";
import { focusRow, rowWith } from "./rows.js";
import { toast } from "./toasts.js";

const place = () => `folded:${location.pathname}?${new URL(location.href).searchParams.get("group") ?? ""}`;
const remembered = () => new Set(JSON.parse(sessionStorage.getItem(place()) ?? "[]"));

function fold(body, to) {
  body.toggleAttribute("data-folded", to);
  $("[data-fold]", body).setAttribute("aria-expanded", String(!to));
}

function dress(table) {
  const folded = remembered();
  for (const body of $$("tbody[data-group]", table)) fold(body, folded.has(body.dataset.group));
}

whenAdded("[data-grouped]", dress);

document.addEventListener("click", (event) => {
  const head = event.target.closest("#list tr.group");
  if (!head || event.target.closest("a") || getSelection().toString()) return;
  const body = head.parentElement;
  const to = !body.hasAttribute("data-folded");
  for (const each of event.altKey ? $$("#list tbody[data-group]") : [body]) fold(each, to);
  sessionStorage.setItem(place(), JSON.stringify($$("#list tbody[data-folded]").map((each) => each.dataset.group)));
});

// Arrows go from the last row of a group to the first one of the next: what is between them is passed over.
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("#list [data-grouped] td, #list [data-grouped] tbody th");
  const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.defaultPrevented || !down || !cell || event.target.closest(".is-editing") || cell.parentElement.matches(".group")) return;
  const rows = $$("#list tbody:not([data-folded]) tr[data-id]");
  const next = rows[rows.indexOf(cell.parentElement) + down]?.children[cell.cellIndex];
  const link = next && $("a", next);
  if (link) { event.preventDefault(); link.focus(); }
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const [, id] = String(ctx.request?.action ?? "").match(/^\/e\/[^/]+\/(\d+)\/(?:cell|stage)\b/) ?? [];
  if (id && ctx.request.method === "POST" && ctx.response?.status < 300 && $("#list [data-grouped]")) refresh(id);
});

/** Draws the heads again; where the record belongs to another group now, the rows too. An open editor is left alone. */
async function refresh(id) {
  const answer = await fetch(location.href, { headers: { "HX-Request": "true", "HX-Target": "list" } }).catch(() => null);
  const table = $("#list [data-grouped]");
  if (!answer?.ok || !table || $(".is-editing", table)) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [row, now] = [rowWith(id), $(`tbody tr[data-id="${CSS.escape(id)}"]`, fresh)];
  const [was, is] = [row, now].map((each) => each?.parentElement.dataset.group);
  const title = row && $(".rowlink > span:last-child", row)?.textContent;
  const focused = row?.contains(document.activeElement) && document.activeElement.dataset.f;
  if (was === is) { heads(table, fresh); return; }
  $$("tbody", table).forEach((body) => body.remove());
  $("thead", table).after(...$$("[data-grouped] tbody", fresh).map((body) => document.adoptNode(body)));
  $$("tbody", table).forEach((body) => htmx.process(body));
  dress(table);
  const moved = rowWith(id);
  toast(moved ? table.dataset.moved.replace("@", title).replace("#", $("[data-group-label]", moved.parentElement).textContent) : table.dataset.left.replace("@", title));
  if (moved && focused !== undefined && !moved.parentElement.hasAttribute("data-folded")) { focusRow(moved); $(`a[data-f="${CSS.escape(focused || "")}"]`, moved)?.focus(); }
}

function heads(table, fresh) {
  for (const body of $$("tbody[data-group]", table)) {
    const now = $(`tbody[data-group="${CSS.escape(body.dataset.group)}"] > .group`, fresh);
    if (!now || $(".group", body).contains(document.activeElement)) continue;
    $(".group", body).replaceWith(document.adoptNode(now));
    fold(body, body.hasAttribute("data-folded"));
  }
}
