// The groups of a list: folding them, remembered for the session.
import { $, $$, whenAdded } from "./dom.js";

const place = () => `folded:${location.pathname}?${new URL(location.href).searchParams.get("group") ?? ""}`;
const remembered = () => new Set(JSON.parse(sessionStorage.getItem(place()) ?? "[]"));

function fold(body, to) {
  body.toggleAttribute("data-folded", to);
  $("[data-fold]", body).setAttribute("aria-expanded", String(!to));
}

whenAdded("#list tr.group", (head) => fold(head.parentElement, remembered().has(head.parentElement.dataset.group)));

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
