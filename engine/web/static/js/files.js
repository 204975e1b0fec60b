// Files: dropped, pasted, chosen or photographed; each is sent by itself with its progress, and can be stopped.
// In a form the server answers with what the form posts to keep the file, on a record with the field's block.
import { $, $$, csrf, icon, whenAdded } from "./dom.js";
import "./preview.js";

const HOLDER = "[data-filefield], [data-fileblock]";
// A signature is drawn, not dropped.
const DROP = "[data-drop]:not([data-pad])";
const ACCEPTED = 200;
const REFUSED = 422;
const TOO_LARGE = 413;
const queues = new Map();

const holderOf = (event) => {
  const holder = event.target.closest?.(HOLDER);
  return holder && $(DROP, holder) ? holder : null;
};

document.addEventListener("change", (event) => {
  const holder = event.target.matches("[data-file-input]") && holderOf(event);
  if (!holder) return;
  send(holder, [...event.target.files]);
  event.target.value = "";
});

document.addEventListener("dragleave", (event) => {
  const holder = holderOf(event);
  if (holder && !holder.contains(event.relatedTarget)) holder.classList.remove("is-over");
});

// A file that misses the drop area must not open in place of the page.
for (const name of ["dragenter", "dragover", "drop"]) document.addEventListener(name, (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  const holder = holderOf(event);
  $$(".is-over").forEach((other) => other.classList.toggle("is-over", other === holder && name !== "drop"));
  if (holder && name !== "drop") holder.classList.add("is-over");
  if (holder && name === "drop") send(holder, [...event.dataTransfer.files]);
});

// Pasted files go where the focus is, or to the only place there is.
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  const all = $$(HOLDER).filter((holder) => $(DROP, holder));
  const holder = document.activeElement.closest?.(HOLDER) ?? (all.length === 1 ? all[0] : null);
  if (!holder || !$(DROP, holder)) return;
  event.preventDefault();
  send(holder, files);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-unkeep]");
  if (!button) return;
  const holder = button.closest(HOLDER);
  button.closest(".file").remove();
  $("[data-file-input][id], [data-pad] input", holder)?.focus();
});

// A form waits for what is still on its way.
document.addEventListener("submit", (event) => {
  if (!$(".is-uploading", event.target) || event.target.closest("[data-fileblock]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.target.dataset.waiting = "";
}, true);

function send(holder, files) {
  const { most } = $("[data-drop]", holder).dataset;
  const chosen = Number(most) === 1 ? files.slice(0, 1) : files;
  for (const file of chosen) enqueue(holder, file);
}

function enqueue(holder, file) {
  const key = holder.id || holder.dataset.filefield;
  const data = $("[data-drop]", holder).dataset;
  const row = uploadRow(holder, file);
  if (Number(data.most) > 1 && $$(".file:not(.is-refused)", holder).length > Number(data.most)) { refuse(row, data.many); return; }
  if (!("reduced" in data) && file.size > Number(data.limit)) { refuse(row, data.large); return; }
  const before = queues.get(key) ?? Promise.resolve();
  queues.set(key, before.then(() => upload(row, file)).then(() => settled(row)));
}

function uploadRow(holder, file) {
  const row = document.createElement("li");
  row.className = "file is-uploading";
  const face = document.createElement("span");
  face.className = "file__face";
  face.append(icon("upload"));
  const words = document.createElement("span");
  words.className = "file__text";
  const name = document.createElement("bdi");
  name.className = "file__name";
  name.textContent = file.name;
  const meta = document.createElement("span");
  meta.className = "file__meta";
  meta.setAttribute("role", "status");
  const bar = document.createElement("span");
  bar.className = "progress";
  Object.entries({ role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 0, "aria-label": file.name }).forEach((pair) => bar.setAttribute(...pair));
  bar.append(document.createElement("i"));
  words.append(name, meta, bar);
  row.append(face, words, stopButton($("[data-drop]", holder).dataset.cancel));
  uploads(holder).append(row);
  return row;
}

function stopButton(label) {
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "btn btn--icon btn--ghost btn--sm";
  Object.entries({ "data-stop": "", "aria-label": label, title: label }).forEach((pair) => stop.setAttribute(...pair));
  stop.append(icon("x", "sm"));
  stop.addEventListener("click", () => stop.closest(".file").remove());
  return stop;
}

function uploads(holder) {
  const found = $("[data-uploads]", holder);
  if (found) return found;
  const list = document.createElement("ul");
  list.className = "filelist";
  list.dataset.uploads = "";
  ($("form.files__add", holder) ?? $("[data-drop]", holder)).before(list);
  return list;
}

async function upload(row, chosen) {
  const holder = row.closest(HOLDER);
  if (!holder) return undefined;
  const drop = $("[data-drop]", holder);
  const file = "reduced" in drop.dataset ? await import("./reduced.js").then(({ reduced }) => reduced(chosen)) : chosen;
  if (file.size > Number(drop.dataset.limit)) { refuse(row, drop.dataset.large); return undefined; }
  const body = new FormData();
  if (holder.dataset.filefield) body.append("control", holder.dataset.filefield);
  body.append("file", file, file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", drop.dataset.drop);
    request.setRequestHeader("X-CSRF-Token", csrf());
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => progress(row, event.loaded / event.total));
    request.addEventListener("load", () => { answer(row, request, drop.dataset.failed); done(); });
    request.addEventListener("error", () => { refuse(row, drop.dataset.failed); done(); });
    request.addEventListener("abort", () => { settled(row); done(); });
    $("[data-stop]", row).addEventListener("click", () => request.abort());
    request.send(body);
  });
}

function progress(row, part) {
  const bar = $(".progress", row);
  $("i", bar).style.setProperty("--v", String(Math.round(part * 100)));
  bar.setAttribute("aria-valuenow", String(Math.round(part * 100)));
}

function answer(row, request, failed) {
  const holder = row.closest(HOLDER);
  if (!holder) return;
  if (request.status === TOO_LARGE) { refuse(row, $("[data-drop]", holder).dataset.large); return; }
  if (request.status !== ACCEPTED && request.status !== REFUSED) { refuse(row, failed); return; }
  if (holder.dataset.filefield && request.status === REFUSED) { refuse(row, request.responseText); return; }
  if (holder.dataset.filefield) keep(row, holder, request.responseText); else redraw(row, holder, request.responseText);
}

function keep(row, holder, html) {
  const list = $("[data-kept]", holder);
  if ($("[data-drop]", holder).dataset.most === "1") list.replaceChildren();
  row.remove();
  list.insertAdjacentHTML("beforeend", html);
}

// The block comes anew; what is still waiting moves over to it.
function redraw(row, holder, html) {
  const refused = /^<div[^>]* data-error/.test(html);
  const box = document.createElement("template");
  box.innerHTML = html;
  const fresh = box.content.firstElementChild;
  if (refused) { refuse(row, $(".field__error", fresh).textContent); return; }
  row.remove();
  const rest = $("[data-uploads]", holder);
  holder.replaceWith(fresh);
  htmx.process(fresh);
  if (rest?.children.length) uploads(fresh).append(...rest.children);
  if (document.activeElement === document.body) $("[data-file-input][id]", fresh)?.focus({ preventScroll: true });
  document.body.dispatchEvent(new CustomEvent("record-changed"));
}

function refuse(row, reason) {
  row.classList.replace("is-uploading", "is-refused");
  $(".progress", row)?.remove();
  const meta = $(".file__meta", row);
  meta.setAttribute("role", "alert");
  meta.textContent = reason;
}

function settled() {
  for (const form of $$("form[data-waiting]")) {
    if ($(".is-uploading", form)) continue;
    delete form.dataset.waiting;
    if (!$(".is-refused", form)) form.requestSubmit();
  }
}

// What was chosen before this module was there.
for (const input of $$("[data-file-input]")) if (input.files.length) input.dispatchEvent(new Event("change", { bubbles: true }));

whenAdded("[data-pad]", (pad) => import("./signature.js").then(({ wire }) => wire(pad, (file) => send(pad.closest(HOLDER), [file]))));
