// Toasts: eight seconds, paused on hover and focus; errors stay. The server sends `HX-Trigger: {"toast": {...}}`.
import { $, $$, csrf, icon, say } from "./dom.js";

const SECONDS = 8;
const box = $("#toasts");

/** `undo` takes the act back: the address of a POST, or a function. */
export function toast(text, { bad = false, undo = "" } = {}) {
  const item = document.createElement("div");
  item.className = bad ? "toast toast--bad" : "toast";
  const words = document.createElement("bdi");
  words.textContent = text;
  item.append(icon(bad ? "circle-alert" : "circle-check"), words);
  if (undo) item.append(typeof undo === "string" ? undoForm(undo) : undoButton(() => { item.remove(); undo(); }));
  item.append(closeButton());
  box.append(item);
  show(item);
}

function undoForm(address) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  form.className = "push";
  form.append(hidden("_csrf", csrf()), hidden("next", location.pathname + location.search));
  form.append(undoButton());
  return form;
}

function undoButton(act = null) {
  const button = document.createElement("button");
  button.className = act ? "btn btn--sm push" : "btn btn--sm";
  button.dataset.undo = "";
  button.textContent = say("undo");
  if (act) { button.type = "button"; button.addEventListener("click", act); }
  return button;
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

function closeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--ghost btn--icon btn--sm";
  button.dataset.dismiss = "";
  button.setAttribute("aria-label", say("close"));
  button.append(icon("x", "sm"));
  return button;
}

function show(item) {
  if (box.showPopover && !box.matches(":popover-open")) box.showPopover();
  if (!item.classList.contains("toast--bad")) expire(item);
}

function expire(item) {
  let left = SECONDS * 1000;
  let since = 0;
  let timer = 0;
  const run = () => { since = Date.now(); timer = setTimeout(() => item.remove(), left); };
  const hold = () => { clearTimeout(timer); left -= Date.now() - since; };
  item.addEventListener("pointerenter", hold);
  item.addEventListener("pointerleave", run);
  item.addEventListener("focusin", hold);
  item.addEventListener("focusout", run);
  run();
}

box.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest(".toast").remove();
});
document.addEventListener("toast", (event) => toast(event.detail.text, { bad: event.detail.kind === "bad", undo: event.detail.undo }));
$$(".toast", box).forEach(show);
