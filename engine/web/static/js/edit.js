// Edit where you read: a cell or a property becomes its editor and back. Enter or leaving it saves, Tab saves and
// opens the next, Esc restores. The server sends the editor and the cell; this module only asks for them.
import { $, $$ } from "./dom.js";

const EDITABLE = "a.cell[data-f], .val[data-edit]";
const before = new WeakMap();
const phone = matchMedia("(max-width: 760px)");

function place(target) {
  return target.closest("td") ? "cell" : "prop";
}

function address(target) {
  if (target.dataset.edit) return target.dataset.edit;
  const [, entity, id] = target.getAttribute("href").match(/^\/e\/([^/]+)\/([^/]+)\//);
  return `/e/${entity}/${id}/cell/${target.dataset.f}`;
}

export async function edit(target, typed = "") {
  const holder = target.closest("td, dd");
  const region = holder.closest("tr, dl");
  const index = [...region.children].indexOf(holder.closest("td, .prop"));
  const rest = holder.cloneNode(true);
  await htmx.ajax("GET", `${address(target)}?place=${place(target)}`, { target: holder, swap: "outerHTML" });
  const editor = (region.children[index].matches("td") ? region.children[index] : $("dd", region.children[index]));
  if (!editor?.classList.contains("is-editing")) return;
  before.set(editor, rest);
  if ($("select[data-picker]", editor)) await import("./picker.js");
  const input = $("[type=radio]:checked", editor) ?? $(".picker__input, input:not([type=hidden]), select, textarea", editor);
  input?.focus();
  if (typed && input?.matches("input:not([type=checkbox]), textarea")) { input.value = typed; input.dispatchEvent(new Event("input", { bubbles: true })); }
  else if (input?.select) input.select();
  if (!typed && input?.classList.contains("picker__input")) input.click();
}

function restore(editor) {
  const rest = before.get(editor);
  if (!rest) { location.reload(); return; }
  editor.dataset.done = "";
  editor.replaceWith(rest);
  htmx.process(rest);
  ($(EDITABLE, rest)?.matches("a") ? $(EDITABLE, rest) : $(".val__edit", rest))?.focus();
}

function save(editor) {
  if (editor.dataset.done !== undefined || editor.classList.contains("is-saving")) return;
  const form = $("form", editor);
  const unchanged = $$("input:not([type=hidden], .picker__input, [data-loose]), select, textarea", form).every(same);
  if (unchanged && !$("[aria-invalid=true]", form)) { restore(editor); return; }
  editor.classList.add("is-saving");
  form.requestSubmit();
}

function same(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked === control.defaultChecked;
  if (control.matches("select")) return [...control.options].every((option) => option.selected === option.defaultSelected || (!option.value && !control.value));
  return control.value === control.defaultValue;
}

function neighbour(holder, step) {
  const scope = holder.closest("table, .rec__main");
  const all = $$(`${EDITABLE}, .is-editing`, scope);
  return all[all.findIndex((each) => each === holder || holder.contains(each)) + step];
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || (phone.matches && event.target.closest(".dtable tbody tr > [data-slot]"))) return;
  const target = event.target.closest(EDITABLE);
  if (!target || (event.target.closest("a") && !event.target.closest(".cell, .val__edit"))) return;
  event.preventDefault();
  edit(target);
});

document.addEventListener("keydown", (event) => {
  const editor = event.target.closest?.(".is-editing");
  if (editor) { inEditor(event, editor); return; }
  const target = event.target.closest?.(EDITABLE);
  if (!target) return;
  const single = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.matches("a.cell");
  if (event.key === "F2" || event.key === "Enter") { event.preventDefault(); edit(target); }
  else if (single && event.key !== " ") { event.preventDefault(); edit(target, event.key); }
  else arrows(event, target);
});

function inEditor(event, editor) {
  const area = event.target.matches("textarea, trix-editor");
  if (event.key === "Enter" && (!area || event.metaKey || event.ctrlKey) && !event.target.matches("button, .rich__link .input")) { event.preventDefault(); save(editor); }
  else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); restore(editor); }
  else if (event.key === "Tab" && !event.target.matches("button") && !within(event, editor)) {
    const next = neighbour(editor, event.shiftKey ? -1 : 1);
    event.preventDefault();
    save(editor);
    if (next) edit(next);
  }
}

// A value of several parts or choices: Tab goes through them first.
function within(event, editor) {
  const inputs = $$(":is(.parts, .checks) :is(.input, .check)", editor);
  return Boolean(inputs[inputs.indexOf(event.target) + (event.shiftKey ? -1 : 1)]) && inputs.includes(event.target);
}

function arrows(event, target) {
  const cell = target.closest("td");
  if (!cell || !event.key.startsWith("Arrow")) return;
  const row = cell.parentElement;
  const column = [...row.children].indexOf(cell);
  const to = { ArrowUp: row.previousElementSibling?.children[column], ArrowDown: row.nextElementSibling?.children[column], ArrowLeft: row.children[column - 1], ArrowRight: row.children[column + 1] }[event.key];
  const link = to && $("a", to);
  if (link) { event.preventDefault(); link.focus(); }
}

document.addEventListener("focusout", (event) => {
  const editor = event.target.closest?.(".is-editing");
  if (!editor || event.target.matches("button")) return;
  setTimeout(() => {
    if (!editor.isConnected || editor.contains(document.activeElement) || $("dialog[open]")) return;
    if ($(".cell-conflict", editor)) return;
    save(editor);
  }, 60);
});

// A choice is complete as soon as it is made.
document.addEventListener("change", (event) => {
  const editor = event.target.closest?.(".is-editing");
  if (editor && event.target.matches("select, .switch")) save(editor);
});

document.addEventListener("htmx:after:swap", (event) => {
  const saved = event.target.closest?.(".is-saved") ?? $$(".is-saved").at(-1);
  if (saved && document.activeElement === document.body) (saved.matches("a") ? saved : $(".val__edit", saved))?.focus();
});
