// Line items in an order of one's own: a grip is dragged, or moved by the arrow keys. Without script it moves its row up.
// On a record the new order is kept at once, on a form with the rest of it.
import { $, $$, csrf, say } from "./dom.js";
import { toast } from "./toasts.js";

const GRIP = "[data-line-grip]";
const rowsOf = (row) => $$("tr", row.parentElement).filter((each) => !each.hidden && $(GRIP, each));
let dragged = null;

async function keep(row, was) {
  if (row.nextElementSibling === was) return;
  const grip = $(GRIP, row);
  const next = row.nextElementSibling;
  const body = new URLSearchParams({ before: next && $(GRIP, next) ? next.dataset.id : "" });
  const all = rowsOf(row);
  const form = row.closest("[data-lines]");
  $("[data-line-status]", form ?? row.closest(".rel")).textContent = grip.dataset.place.replace("@", all.indexOf(row) + 1).replace("#", all.length);
  if (form) {
    $$("tbody [name$='._place']", form).forEach((place, at) => { place.value = at; });
    form.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  const answer = await fetch(grip.form.getAttribute("action"), { method: "POST", headers: { "HX-Request": "true", "X-CSRF-Token": csrf() }, body }).catch(() => null);
  if (answer?.ok) return;
  if (was) was.before(row); else row.parentElement.append(row);
  toast(say(answer ? "refused" : "offline"));
}

document.addEventListener("click", (event) => { if (event.target.closest(GRIP)) event.preventDefault(); });

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.(GRIP);
  if (!grip || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const row = grip.closest("tr");
  const [all, was] = [rowsOf(row), row.nextElementSibling];
  const other = all[all.indexOf(row) + (event.key === "ArrowUp" ? -1 : 1)];
  if (!other) return;
  if (event.key === "ArrowUp") other.before(row); else other.after(row);
  grip.focus();
  keep(row, was);
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.(GRIP);
  if (!grip || event.button) return;
  const row = grip.closest("tr");
  dragged = { row, was: row.nextElementSibling };
  row.dataset.drag = "true";
  grip.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const { row } = dragged;
  const over = rowsOf(row).find((each) => { const at = each.getBoundingClientRect(); return event.clientY >= at.top && event.clientY < at.bottom; });
  if (!over || over === row) return;
  if (row.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING) over.after(row); else over.before(row);
});

for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    if (!dragged) return;
    const { row, was } = dragged;
    delete row.dataset.drag;
    dragged = null;
    keep(row, was);
  });
}
