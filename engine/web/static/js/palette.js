// The command palette: records, views and actions by a few letters. Without script its button is a link to /search.
import { $, $$, icon, say } from "./dom.js";

const WAIT = 120;
const words = $("[data-palette]").title;
let dialog, input, list, asked;

export async function open() {
  if (!dialog) await build();
  if (dialog.open) return;
  input.value = "";
  dialog.showModal();
  await show();
}

async function build() {
  const style = document.createElement("link");
  const ready = new Promise((resolve) => { style.onload = style.onerror = resolve; });
  Object.assign(style, { rel: "stylesheet", href: new URL("../css/palette.css", import.meta.url).pathname });
  document.head.append(style);
  dialog = document.createElement("dialog");
  dialog.className = "dialog palette";
  dialog.setAttribute("aria-label", words);
  const bar = document.createElement("div");
  bar.className = "palette__in";
  input = Object.assign(document.createElement("input"), { type: "text", maxLength: 200, autocomplete: "off", placeholder: words });
  const attributes = { role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list", "aria-label": words };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  const esc = Object.assign(document.createElement("kbd"), { className: "kbd", textContent: "Esc" });
  bar.append(icon("search"), input, esc);
  list = Object.assign(document.createElement("div"), { className: "palette__list", id: "palette-list" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words);
  dialog.append(bar, list);
  document.body.append(dialog);
  let wait;
  input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(show, WAIT); });
  input.addEventListener("keydown", step);
  list.addEventListener("pointermove", (event) => { const at = event.target.closest("[role=option]"); if (at) select(at, false); });
  await ready;
}

async function show() {
  const typed = input.value.trim();
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`/palette?q=${encodeURIComponent(typed)}`, { signal: asked.signal, headers: { "HX-Request": "true" } });
    if (answer.status === 401) { location.assign("/login"); return; }
    list.innerHTML = await answer.text();
    select($("[role=option]", list));
  } catch (error) {
    if (error.name !== "AbortError") list.textContent = say("offline");
  }
}

function select(option, scroll = true) {
  for (const each of $$("[aria-selected=true]", list)) each.setAttribute("aria-selected", "false");
  input.setAttribute("aria-activedescendant", option?.id ?? "");
  option?.setAttribute("aria-selected", "true");
  if (scroll) option?.scrollIntoView({ block: "nearest" });
}

function step(event) {
  const options = $$("[role=option]", list);
  const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    select(options.at((at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length));
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    const target = options[at];
    if (target && (event.ctrlKey || event.metaKey)) window.open(target.href, "_blank", "noopener");
    else target?.click();
  }
}
