// While a new record is typed: what may be there already stands above the form.
import { whenAdded } from "./dom.js";

const PAUSE = 450;
let timer = 0;
let asked = 0;

async function look(panel, form) {
  const mine = ++asked;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "near_seen") body.append(name, value);
  const answer = await fetch(panel.dataset.near, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
  if (mine !== asked || !answer?.ok) return;
  const html = await answer.text();
  if (mine === asked && html.trim() !== panel.innerHTML.trim()) panel.innerHTML = html;
}

function changed(event) {
  const form = event.target.closest("form");
  const panel = form?.querySelector("[data-near]");
  const name = event.target.name?.split(".")[0];
  if (!panel || !name || !panel.dataset.fields.split(" ").includes(name)) return;
  clearTimeout(timer);
  timer = setTimeout(() => look(panel, form), event.type === "change" ? 0 : PAUSE);
}

// A dialog opens with what was typed before.
whenAdded("dialog [data-near]", (panel) => { if (!panel.childElementCount) look(panel, panel.closest("form")); });

for (const kind of ["input", "change"]) document.addEventListener(kind, changed);
