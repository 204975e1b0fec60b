// A list whose groups or colours depend on what is edited: after a write its heads, or rows, are drawn again.
import { $, $$ } from "./dom.js";
import { focusRow, rowWith } from "./rows.js";
import { toast } from "./toasts.js";

const TABLE = "#list :is([data-grouped], [data-tinted])";

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const [, id] = String(ctx.request?.action ?? "").match(/^\/e\/[^/]+\/(\d+)\/(?:cell|stage)\b/) ?? [];
  if (id && ctx.request.method === "POST" && ctx.response?.status < 300 && $(TABLE)) refresh(id);
});

/** An open editor is left alone: what is saved from it draws the list again. */
async function refresh(id) {
  const answer = await fetch(location.href, { headers: { "HX-Request": "true", "HX-Target": "list" } }).catch(() => null);
  const table = $(TABLE);
  if (!answer?.ok || !table || $(".is-editing", table)) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [row, now] = [rowWith(id), $(`tbody tr[data-id="${CSS.escape(id)}"]`, fresh)];
  const [was, is] = [row, now].map((each) => each?.parentElement.dataset.group);
  const focused = row?.contains(document.activeElement) ? document.activeElement.dataset.f ?? "" : null;
  if (row && was !== is) regroup(table, fresh, row); else { heads(table, fresh); if (row && now) swap(row, now); }
  const place = focused === null ? null : rowWith(id);
  if (place && !place.parentElement.hasAttribute("data-folded")) { focusRow(place); $(`a[data-f="${CSS.escape(focused)}"]`, place)?.focus(); }
}

function swap(old, now) {
  old.replaceWith(document.adoptNode(now));
  htmx.process(now);
}

/** The record goes under its group; what is told is where it went. */
function regroup(table, fresh, row) {
  const title = $(".rowlink > span:last-child", row)?.textContent ?? "";
  for (const body of $$("tbody", table)) body.remove();
  const bodies = $$("[data-grouped] tbody", fresh).map((body) => document.adoptNode(body));
  $("thead", table).after(...bodies);
  for (const body of bodies) htmx.process(body);
  const group = rowWith(row.dataset.id)?.parentElement;
  const label = group && $("[data-group-label]", group).textContent;
  toast((group ? table.dataset.moved : table.dataset.left).replace("@", () => title).replace("#", () => label));
}

function heads(table, fresh) {
  for (const body of $$("tbody[data-group]", table)) {
    const now = $(`tbody[data-group="${CSS.escape(body.dataset.group)}"] > .group`, fresh);
    if (now && !$(".group", body).contains(document.activeElement)) swap($(".group", body), now);
  }
}
