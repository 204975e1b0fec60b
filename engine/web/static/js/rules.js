// While a form is filled in: fields come and go, stars and sentences follow what is typed. The server judges; nothing is
// written. Only what a person has touched is found fault with.
import { $, $$, icon, whenAdded } from "./dom.js";

const PAUSE = 300;
const states = new WeakMap();

const stateOf = (form) => {
  if (!states.has(form)) states.set(form, { touched: new Set(), told: new Set(), timer: 0, asked: 0 });
  return states.get(form);
};

const holder = (control) => control.closest(".field, td");

async function ask(form) {
  const state = stateOf(form);
  const mine = ++state.asked;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  body.append("_judge", "1");
  for (const name of state.touched) body.append("_touched", name);
  const answer = await fetch(form.dataset.judge, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
  if (mine !== state.asked || !answer?.ok) return;
  const told = await answer.json();
  if (mine === state.asked && form.isConnected) show(form, told);
}

function show(form, told) {
  const seen = new Set();
  const state = stateOf(form);
  for (const control of $$("[name], [data-locked]", form)) {
    const name = control.dataset.locked || control.name.split(".titles")[0];
    const place = holder(control);
    if (!place || seen.has(name) || control.closest("template")) continue;
    seen.add(name);
    toggle(place, told.hidden.includes(name));
    star(place, told.needed.includes(name));
    if (name in told.values || "computed" in control.dataset) control.value = told.values[name] ?? "";
    if (state.touched.has(name) || state.told.has(name) || name in told.errors) fault(place, control, told.errors[name]);
  }
  for (const section of $$("[data-section]", form)) section.hidden = told.sections.includes(section.dataset.section);
  state.told = new Set(Object.keys(told.errors));
  whole(form, told.errors[""]);
  for (const lines of $$("[data-lines]", form)) lines.dispatchEvent(new Event("worked-out"));
}

function toggle(place, hidden) {
  if (place.matches("td")) place.classList.toggle("is-out", hidden);
  else place.hidden = hidden;
}

function star(place, needed) {
  const label = $(".field__label", place);
  const mark = label && $(".req", label);
  if (!label || !!mark === needed) return;
  if (mark) { mark.previousSibling?.remove(); mark.remove(); return; }
  const made = Object.assign(document.createElement("span"), { className: "req", textContent: "*" });
  made.setAttribute("aria-hidden", "true");
  label.append(" ", made);
}

function fault(place, control, text) {
  const id = control.id || place.id.replace(/-field$/, "");
  const before = $(".field__error", place);
  if ((before?.textContent ?? "") === (text ?? "")) return;
  before?.remove();
  const help = $(".field__help", place);
  if (help) help.hidden = !!text;
  if (!text) {
    control.removeAttribute("aria-invalid");
    if (help) control.setAttribute("aria-describedby", help.id); else control.removeAttribute("aria-describedby");
    return;
  }
  const told = Object.assign(document.createElement("span"), { className: "field__error", id: `${id}-e` });
  told.append(icon("circle-alert"), Object.assign(document.createElement("span"), { textContent: text }));
  place.append(told);
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", told.id);
}

function whole(form, text) {
  const place = $("[data-judged]", form);
  if (!place || place.textContent === (text ?? "")) return;
  place.replaceChildren();
  if (text) place.append(icon("circle-alert"), Object.assign(document.createElement("span"), { textContent: text }));
  place.hidden = !text;
}

function changed(event) {
  const form = event.target.closest?.("form[data-judge]");
  const name = event.target.name?.split(".titles")[0];
  if (!form || !name) return;
  if (event.type === "change") stateOf(form).touched.add(name);
  soon(form, event.type === "change" ? 0 : PAUSE);
}

function soon(form, pause = 0) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => ask(form), pause);
}

for (const kind of ["input", "change"]) document.addEventListener(kind, changed);

// What a new record, or one that could not be saved, comes to is not there yet.
whenAdded("form[data-judge]", (form) => {
  if ($("[data-computed]", form) && (!$("[name=version]", form) || $(".errsum, .conflicts", form))) soon(form);
});

// Line items that come, go or change places.
whenAdded("form[data-judge] [data-lines] tbody", (body) => {
  const watch = (records) => { if (records.some(({ type, target }) => type === "childList" || target.matches("tr"))) soon(body.closest("form")); };
  new MutationObserver(watch).observe(body, { childList: true });
  new MutationObserver(watch).observe(body, { attributes: true, attributeFilter: ["hidden"], subtree: true });
});
