// The column menu: switches, pins and the order act at once. A grip is dragged, or moved by the arrow keys.
import { $, $$, csrf } from "./dom.js";
import { keep } from "./layout.js";

const MOST_PINNED = 3;
const itemOf = (target) => target.closest("[data-column]");
let dragged = null;

function changed(form) {
  const items = $$("[data-order=shown] [data-column]", form);
  const pinned = items.filter((item) => $("[name=pins]", item)?.checked);
  for (const pin of $$("[name=pins]", form)) pin.disabled = !pin.checked && pinned.length >= MOST_PINNED;
  const names = (list) => list.map((item) => item.dataset.column).join();
  form.elements.namedItem("reset").disabled = false;
  keep(form.action, { cols: names(items), pins: names(pinned) }, { draw: true });
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-columns]");
  if (!form) return;
  const item = itemOf(event.target);
  if (event.target.matches(".switch")) {
    const [shown, hidden] = $$("[data-order]", form);
    if (event.target.checked) shown.append(item);
    else { $(".menu__head", hidden).after(item); $("[name=pins]", item).checked = false; }
  } else if (event.target.checked) {
    const before = $$("[data-order=shown] [data-column]", form).filter((each) => each !== item && ($("[name=pins]", each)?.checked ?? true));
    before.at(-1).after(item);
  }
  event.target.focus();
  changed(form);
});

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-find]")) return;
  const words = event.target.value.trim().toLowerCase();
  for (const item of $$("[data-column]", event.target.form)) item.hidden = !item.textContent.toLowerCase().includes(words);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-find]")) event.preventDefault();
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const item = itemOf(grip);
  const other = event.key === "ArrowUp" ? item.previousElementSibling : item.nextElementSibling;
  if (!$("[data-grip]", other ?? document.createElement("i"))) return;
  if (event.key === "ArrowUp") other.before(item); else other.after(item);
  grip.focus();
  changed(grip.form);
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip) return;
  dragged = itemOf(grip);
  dragged.dataset.drag = "true";
  grip.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const over = $$("[data-column]", dragged.parentElement).find((item) => { const at = item.getBoundingClientRect(); return event.clientY >= at.top && event.clientY < at.bottom; });
  if (!over || over === dragged || !$("[data-grip]", over)) return;
  if (dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING) over.after(dragged); else over.before(dragged);
});

document.addEventListener("pointerup", () => {
  if (!dragged) return;
  delete dragged.dataset.drag;
  changed(dragged.closest("form"));
  dragged = null;
});

// How dense rows are is a setting of the person: it holds at once, and on every page from then on.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-density]")) return;
  event.preventDefault();
  const density = event.submitter.value;
  document.documentElement.dataset.density = density;
  for (const button of $$("[name=density]", form)) button.setAttribute("aria-pressed", String(button === event.submitter));
  fetch(form.getAttribute("action"), { method: "POST", headers: { "HX-Request": "true", "X-CSRF-Token": csrf() }, body: new URLSearchParams({ density }) });
});
