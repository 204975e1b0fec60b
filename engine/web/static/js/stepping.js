// J and K go through the rows of a list; other keys press what the row offers: data-row-key="r".
import { $, $$, acts, typing } from "./dom.js";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !acts(event)) return;
  if ($("dialog[open]") || event.target.closest("[popover]")) return;
  const rows = $$("[data-rows] [data-row]");
  const item = event.target.closest("[data-rows] > li, [data-rows] li");
  const here = rows.findIndex((row) => item?.contains(row));
  const key = event.key.toLowerCase();
  const step = { j: 1, k: -1 }[key];
  const button = !step && item && $(`[data-row-key="${CSS.escape(key)}"]`, item);
  if (step) rows[Math.max(0, Math.min(rows.length - 1, here + step))]?.focus();
  else if (button) press(button, rows[here + 1] ?? rows[here - 1]);
  else return;
  event.preventDefault();
});

// The row that is pressed may go: the next one gets the focus then.
function press(button, next) {
  const id = button.closest("li").id;
  document.addEventListener("htmx:after:swap", () => { ($(`#${CSS.escape(id)} [data-row]`) ?? next)?.focus(); }, { once: true });
  button.click();
}
