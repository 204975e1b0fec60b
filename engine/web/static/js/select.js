// Selecting rows: the boxes, Shift for a range, X on the row in focus, all of the page from the head, then all of the
// view.
import { $, $$, acts, typing } from "./dom.js";
import { listening, rowOf } from "./rows.js";
import { toast } from "./toasts.js";

const boxes = () => $$("#list tbody .dtable__sel input");
const ticked = new Set();
let anchor = null;
let whole = false;

// More than the server takes at once, so that it says so, and fewer than a form may have fields.
const MOST = 4001;

// What is ticked stays ticked on the other pages of the same list; another filter begins anew.
const UNHEARD = ["after", "before", "sort", "peek", "columns", "groups", "panel"];
function place() {
  const asked = new URLSearchParams(location.search);
  for (const name of UNHEARD) asked.delete(name);
  return `${location.pathname}?${asked}`;
}
let here = place();

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

function show() {
  const all = $("#list [data-all]"), said = $("[data-selected]"), bar = $("#bulk"), offer = $("[data-whole]");
  const shown = boxes(), on = shown.filter((box) => box.checked).length;
  if (on < shown.length) whole = false;
  if (all) { all.checked = on > 0 && on === shown.length; all.indeterminate = on > 0 && !all.checked; }
  if (!bar) return;
  const elsewhere = [...ticked].filter((id) => !shown.some((box) => box.value === id));
  const { total, more = "" } = $("#list").dataset;
  if (said) said.textContent = whole ? Number(total).toLocaleString(document.documentElement.lang) + more : ticked.size;
  if (offer) offer.hidden = whole || !shown.length || on < shown.length;
  bar.toggleAttribute("data-held", elsewhere.length > 0);
  $("[data-elsewhere]", bar)?.replaceChildren(...(whole ? [hidden("all", "1")] : elsewhere.slice(0, MOST).map((id) => hidden("id", id))));
}

// The boxes say what is ticked, or are told so after the page changed below them.
function heard() { for (const box of boxes()) ticked[box.checked ? "add" : "delete"](box.value); show(); }

function told() {
  if (place() !== here) { ticked.clear(); whole = false; here = place(); }
  for (const box of boxes()) box.checked = ticked.has(box.value);
  show();
}

function pick(box, to, range) {
  const all = boxes();
  const from = range && anchor?.isConnected ? all.indexOf(anchor) : all.indexOf(box);
  const [first, last] = [from, all.indexOf(box)].sort((a, b) => a - b);
  for (const each of all.slice(first, last + 1)) each.checked = to;
  anchor = box;
  heard();
}

const clear = () => { ticked.clear(); whole = false; anchor = null; told(); };

document.addEventListener("click", (event) => {
  const box = event.target.closest("#list tbody .dtable__sel input");
  if (box) { pick(box, box.checked, event.shiftKey); return; }
  const all = event.target.closest("#list [data-all]");
  if (all) { for (const each of boxes()) if (!each.closest("[data-folded]")) each.checked = all.checked; heard(); return; }
  if (event.target.closest("[data-whole]")) { whole = true; show(); $("#bulk [name=do]")?.focus(); return; }
  if (event.target.closest("[data-clear]")) { event.preventDefault(); clear(); return; }
  const copier = event.target.closest("[data-copy-links]");
  if (copier) { const { entity } = $("#list").dataset; navigator.clipboard.writeText([...ticked].map((id) => new URL(`/e/${entity}/${id}`, location.href).href).join("\n")).then(() => toast(copier.dataset.copyLinks)); }
});

document.addEventListener("keydown", (event) => {
  if (!listening(event) || typing(event.target) || !acts(event)) return;
  if (event.key === "Escape" && ticked.size) { event.preventDefault(); clear(); return; }
  const row = rowOf(event.target);
  const box = row && $(".dtable__sel input", row);
  if (event.key.toLowerCase() !== "x" || !box || event.target.matches("a.cell")) return;
  event.preventDefault();
  pick(box, event.shiftKey || !box.checked, event.shiftKey);
});

// A finger held on a card selects it; from then on a touch is enough.
let held = 0;
document.addEventListener("pointerdown", (event) => {
  const row = event.pointerType === "touch" && rowOf(event.target);
  if (!row) return;
  held = setTimeout(() => { held = -1; const box = $(".dtable__sel input", row); if (box) pick(box, !box.checked, false); }, 500);
});
for (const name of ["pointerup", "pointercancel", "pointermove"]) document.addEventListener(name, (event) => { if (name !== "pointermove" || Math.abs(event.movementX) + Math.abs(event.movementY) > 6) clearTimeout(held); });
document.addEventListener("click", (event) => { if (held === -1 && rowOf(event.target)) { event.preventDefault(); event.stopPropagation(); } held = 0; }, true);
document.addEventListener("contextmenu", (event) => { if (held && rowOf(event.target)) event.preventDefault(); });

// A browser keeps ticked boxes over a reload; the page says so.
addEventListener("pageshow", heard);
document.addEventListener("htmx:after:swap", told);
heard();
