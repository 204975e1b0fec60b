// The column menu: drag a grip or press the arrow keys on it to change the order; the form sends it.
import { $, $$ } from "./dom.js";

let dragged = null;

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const item = grip.closest("[data-column]");
  const other = event.key === "ArrowUp" ? item.previousElementSibling : item.nextElementSibling;
  if (!$("[data-grip]", other ?? document.createElement("i"))) return;
  if (event.key === "ArrowUp") other.before(item); else other.after(item);
  grip.focus();
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip) return;
  dragged = grip.closest("[data-column]");
  dragged.dataset.drag = "true";
  grip.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const over = $$("[data-column]", dragged.parentElement).find((item) => { const at = item.getBoundingClientRect(); return event.clientY >= at.top && event.clientY < at.bottom; });
  if (!over || over === dragged || !$("[data-grip]", over)) return;
  if (dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING) over.after(dragged); else over.before(dragged);
});

document.addEventListener("pointerup", () => { if (dragged) delete dragged.dataset.drag; dragged = null; });
