// The columns of an import: each choice is kept at once, and what follows from it is shown.
import { $, $$, csrf } from "./dom.js";

const form = $("#import-map");
// What is sent with a button of its own.
const APART = '[name="sheet"], [name="encoding"], [name="delimiter"], [name="header_line"], [name="recipe_name"]';
let last = 0;

form.addEventListener("change", (event) => {
  if (event.target.name && !event.target.matches(APART)) show();
});

// Enter in an input keeps what was typed; it does not go on to the check.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=radio])")) { event.preventDefault(); if (!event.target.matches(APART)) show(); }
});

async function show() {
  const mine = last += 1;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "show");
  const headers = { "X-CSRF-Token": csrf(), "HX-Request": "true" };
  const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  if (mine !== last || !answer?.ok) return;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  if (mine !== last) return;
  for (const fresh of [...box.content.children]) renew(fresh);
}

// A part somebody works in stays as it is.
function renew(fresh) {
  const old = document.getElementById(fresh.id);
  if (!old || old.contains(document.activeElement) || old.innerHTML === fresh.innerHTML) return;
  $$("details", old).forEach((each, index) => { const next = $$("details", fresh)[index]; if (next && each.open) next.open = true; });
  old.replaceWith(fresh);
  htmx.process(fresh);
}
