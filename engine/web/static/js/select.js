// Selecting rows: the boxes, Shift for a range, X on the row in focus, all of the page from the head.
import { $, $$, acts, typing } from "./dom.js";
import { listening, rowOf } from "./rows.js";
import { toast } from "./toasts.js";

const boxes = () => $$("#list tbody .dtable__sel input");
const chosen = () => boxes().filter((box) => box.checked);
let anchor = null;

function show() {
  const all = $("#list [data-all]");
  const count = chosen().length;
  if (all) { all.checked = count > 0 && count === boxes().length; all.indeterminate = count > 0 && !all.checked; }
  const said = $("[data-selected]");
  if (said) said.textContent = count;
}

function pick(box, to, range) {
  const all = boxes();
  const from = range && anchor?.isConnected ? all.indexOf(anchor) : all.indexOf(box);
  const [first, last] = [from, all.indexOf(box)].sort((a, b) => a - b);
  for (const each of all.slice(first, last + 1)) each.checked = to;
  anchor = box;
  show();
}

const clear = () => { for (const box of boxes()) box.checked = false; anchor = null; show(); };

document.addEventListener("click", (event) => {
  const box = event.target.closest("#list tbody .dtable__sel input");
  if (box) { pick(box, box.checked, event.shiftKey); return; }
  const all = event.target.closest("#list [data-all]");
  if (all) { for (const each of boxes()) if (!each.closest("[data-folded]")) each.checked = all.checked; show(); return; }
  if (event.target.closest("[data-clear]")) { event.preventDefault(); clear(); return; }
  const copier = event.target.closest("[data-copy-links]");
  if (copier) { const { entity } = $("#list").dataset; navigator.clipboard.writeText(chosen().map((each) => new URL(`/e/${entity}/${each.value}`, location.href).href).join("\n")).then(() => toast(copier.dataset.copyLinks)); }
});

document.addEventListener("keydown", (event) => {
  if (!listening(event) || typing(event.target) || !acts(event)) return;
  if (event.key === "Escape" && chosen().length) { event.preventDefault(); clear(); return; }
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
addEventListener("pageshow", show);
document.addEventListener("htmx:after:swap", show);
