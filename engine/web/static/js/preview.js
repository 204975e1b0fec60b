// A preview over the page: a picture or a PDF, the arrow keys go to the next one.
import { $, $$, icon, say } from "./dom.js";

let shown = null;

function button(name, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn--icon btn--ghost btn--sm";
  made.setAttribute("aria-label", label);
  made.title = label;
  made.append(icon(name));
  made.addEventListener("click", act);
  return made;
}

function dialog() {
  const found = $("#preview");
  if (found) return found;
  const made = document.createElement("dialog");
  made.id = "preview";
  made.className = "dialog preview";
  made.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) { event.preventDefault(); move(step); }
  });
  made.addEventListener("close", () => { shown?.focus(); made.replaceChildren(); });
  document.body.append(made);
  return made;
}

const siblings = () => $$("[data-preview]", shown.closest("ul"));

function move(step) {
  const all = siblings();
  show(all[(all.indexOf(shown) + step + all.length) % all.length]);
}

function show(link) {
  shown = link;
  const box = dialog();
  const words = link.closest("[data-previous]").dataset;
  const title = document.createElement("h2");
  title.className = "dialog__title grow clip";
  title.id = "preview-title";
  const text = link.dataset.name ?? link.textContent;
  const name = document.createElement("bdi");
  name.textContent = text;
  title.append(name);
  const save = document.createElement("a");
  Object.assign(save, { href: link.dataset.download, className: "btn btn--icon btn--ghost btn--sm", download: "", title: words.save });
  save.setAttribute("aria-label", words.save);
  save.append(icon("download"));
  const head = document.createElement("div");
  head.className = "dialog__head";
  head.append(title);
  if (siblings().length > 1) head.append(button("chevron-left", words.previous, () => move(-1)), button("chevron-right", words.next, () => move(1)));
  head.append(save, button("x", say("close"), () => box.close()));
  const body = document.createElement("div");
  body.className = "preview__body";
  const content = document.createElement(link.dataset.preview === "image" ? "img" : "iframe");
  content.src = link.href;
  content[link.dataset.preview === "image" ? "alt" : "title"] = text;
  body.append(content);
  box.setAttribute("aria-labelledby", "preview-title");
  box.replaceChildren(head, body);
  if (!box.open) box.showModal();
  head.lastElementChild.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-preview]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});
