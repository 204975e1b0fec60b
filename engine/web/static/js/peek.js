// The peek beside the list: opened by its button or Space, J and K step, Esc closes. Its address is a real one.
import { $, acts, csrf, typing, whenAdded } from "./dom.js";
import { focusRow, listening, rowOf, rows, rowWith } from "./rows.js";
import { toast } from "./toasts.js";

const phone = matchMedia("(max-width: 760px)");
const region = () => $("#peek");
const shown = () => (region() && !region().hidden ? region().dataset.id : "");
let wanted = "";

function address(id) {
  const here = new URL(location.href);
  here.searchParams.delete("peek");
  if (id) here.searchParams.append("peek", id);
  return here.pathname + here.search;
}

const recordUrl = (id) => `/e/${$("#list").dataset.entity}/${id}`;

async function open(id) {
  if (phone.matches) { location.assign(recordUrl(id)); return; }
  wanted = id;
  mark(id);
  await htmx.ajax("GET", address(id), { source: "#peek", target: "#peek", swap: "outerHTML", push: address(id) });
}

function close() {
  const row = rowWith(shown());
  const inside = region().contains(document.activeElement);
  wanted = "";
  mark("");
  region().hidden = true;
  region().replaceChildren();
  history.pushState(null, "", address(""));
  if (row && inside) focusRow(row);
}

function mark(id) {
  for (const row of rows()) if (row.dataset.id === id) row.dataset.open = "true"; else delete row.dataset.open;
}

/** What only the page knows: where in the list the record stands and which ones are beside it. */
function dress(peek) {
  const id = peek.dataset.id ?? "";
  if (wanted && id && id !== wanted) return;
  mark(id);
  const list = $("#list");
  const all = rows();
  const at = all.findIndex((row) => row.dataset.id === id);
  if (!id || at < 0) return;
  const { position, total, more = "", first } = list.dataset;
  if (first !== undefined) $("[data-peek-position]", peek).textContent = position.replace("@", at + 1).replace("#", Number(total).toLocaleString(document.documentElement.lang) + more);
  for (const step of [-1, 1]) {
    const link = $(`[data-peek-step="${step}"]`, peek);
    const next = all[at + step];
    const further = next || $(step > 0 ? ".pager [rel=next]" : ".pager [rel=prev]");
    if (further) { link.href = next ? address(next.dataset.id) : further.href; link.removeAttribute("aria-disabled"); link.removeAttribute("role"); }
  }
}

whenAdded("#peek", dress);

/** A step through the list; past its end the next page comes first. */
async function step(by) {
  const all = rows();
  const from = rowWith(shown()) ?? (shown() ? null : rowOf(document.activeElement));
  const at = from ? all.indexOf(from) : by > 0 ? -1 : all.length;
  const next = all[at + by] ?? (await turned(by));
  if (!next) return;
  if (shown()) open(next.dataset.id);
  if (!region().contains(document.activeElement)) focusRow(next); else next.scrollIntoView({ block: "nearest" });
}

/** Moves the record of a row to its next stage; what lacks for that is asked for in a dialog. */
async function move(row) {
  const { id } = row.dataset;
  await htmx.ajax("POST", `${recordUrl(id)}/stage`, { source: "#peek", target: "#peek", swap: "none", values: { _csrf: csrf(), place: "row" } });
  await refreshRow(id, true);
}

async function turned(by) {
  const link = $(by > 0 ? ".pager [rel=next]" : ".pager [rel=prev]");
  if (!link) return null;
  const peeking = shown();
  const target = link.getAttribute("href");
  await htmx.ajax("GET", target, { source: "#list", target: "#list", select: "#list", swap: "outerHTML show:none", push: target });
  const next = rows().at(by > 0 ? 0 : -1);
  if (peeking && next) await open(next.dataset.id);
  return next;
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const opener = event.target.closest("[data-peek]");
  if (opener) { event.preventDefault(); const { id } = rowOf(opener).dataset; if (shown() === id) close(); else open(id); return; }
  if (event.target.closest("[data-peek-close]")) { event.preventDefault(); close(); return; }
  const stepper = event.target.closest("[data-peek-step]");
  if (stepper) { event.preventDefault(); step(Number(stepper.dataset.peekStep)); return; }
  const copier = event.target.closest("[data-copy]");
  if (copier) { navigator.clipboard.writeText(new URL(copier.dataset.copy, location.href).href).then(() => toast(copier.dataset.copied)); return; }
  const row = rowOf(event.target);
  if (row && shown() && !event.target.closest("a, button, input, label, form, .is-editing") && !getSelection().toString()) open(row.dataset.id);
});

document.addEventListener("keydown", (event) => {
  if (!$("#list") || !listening(event)) return;
  const key = event.key.toLowerCase();
  if (event.key === "Escape" && shown()) { event.preventDefault(); close(); return; }
  if (typing(event.target) || !acts(event)) return;
  const row = rowOf(event.target);
  if (event.key === " " && row && event.target.matches("a")) { event.preventDefault(); if (shown() === row.dataset.id) close(); else open(row.dataset.id); }
  else if (key === "s" && row?.closest("[data-stages]") && !shown() && !event.target.matches("a.cell")) { event.preventDefault(); move(row); }
  else if ((key === "j" || key === "k") && !event.shiftKey && !event.target.matches("a.cell")) { event.preventDefault(); step(key === "j" ? 1 : -1); }
});

// Back and forward: htmx brings the page again; a peek that was closed by script is only an address.
addEventListener("popstate", () => {
  const id = new URL(location.href).searchParams.get("peek") ?? "";
  if ($("#list") && id !== shown()) location.reload();
});

// What was written in the peek shows in its row, and the other way round.
document.addEventListener("htmx:after:swap", (event) => {
  const action = String(event.detail.ctx.request?.action ?? "");
  const [, id, part] = action.match(/^\/e\/[^/]+\/(\d+)\/(cell|stage)\b/) ?? [];
  if (!id || event.detail.ctx.request?.method !== "POST" || event.detail.ctx.response?.status >= 300 || id !== shown()) return;
  const inPeek = part === "stage" || region().contains(event.detail.ctx.sourceElement) || !rowOf(event.detail.ctx.target);
  if (inPeek) refreshRow(id); else htmx.ajax("GET", address(id), { source: "#peek", target: "#peek", swap: "outerHTML" });
});

/** Draws a row and the totals as they are now; one in focus only where `focused` says so: the focus goes along. */
async function refreshRow(id, focused = false) {
  const answer = await fetch(location.href, { headers: { "HX-Request": "true", "HX-Target": "list" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of [`.dtable tbody tr[data-id="${CSS.escape(id)}"]`, ".dtable tfoot tr"]) {
    const [old, now] = [$(`#list ${selector}`), $(selector, fresh)];
    if (!old || (old.contains(document.activeElement) && !focused)) continue;
    const inside = old.contains(document.activeElement);
    const next = now ?? (focused && old.matches("tbody tr") ? old.nextElementSibling ?? old.previousElementSibling : null);
    if (now) { old.replaceWith(document.adoptNode(now)); htmx.process(now); } else if (focused) old.remove();
    if (inside && next) focusRow(next);
  }
}

const asked = shown();
if (asked && phone.matches) location.replace(recordUrl(asked));
