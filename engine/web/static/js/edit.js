// Edit where you read: a cell or a property becomes its editor and back. Enter or leaving it saves, Tab saves and opens
// the next, Esc restores. What was written shows at once; the server sends the value again, or the editor with what
// stands against it. What could not be sent stays as it was typed.
import { $, $$, say } from "./dom.js";

export const EDITABLE = "a.cell[data-f], .val[data-edit]";
const CONTROLS = "input:not([type=hidden], .picker__input, .affix__native, [data-loose]), select, textarea";
const WIDE = ".rich, .links, .chips, .checks, .parts, [type=file], .switch";
const ANSWERED = [409, 422];
/** What each editor stands for, by its form; and what follows when it is saved. */
const before = new WeakMap();
const afterwards = new WeakMap();
/** The form of each request that is on its way: after a swap the request no longer knows it. */
const sent = new WeakMap();
let opening = null;

const place = (target) => (target.closest("td") ? "cell" : "prop");

function address(target) {
  if (target.dataset.edit) return target.dataset.edit;
  const [, entity, id] = target.getAttribute("href").match(/^\/e\/([^/]+)\/([^/]+)\//);
  return `/e/${entity}/${id}/cell/${target.dataset.f}`;
}

/** Opens the editor of a value and gives it, or nothing; `typed` is what it starts with. Its list or calendar opens at
 * once; no calendar, which keeps the keys to itself, when `how` is "walk", and nothing when it is "quiet". */
export function edit(target, typed = "", how = "") {
  if (opening?.target === target) return opening.editor;
  const mine = { target, typed, last: null };
  opening = mine;
  mine.editor = open(mine, how).finally(() => { if (opening === mine) opening = null; });
  return mine.editor;
}

/** Keys that come while the editor of `target` is on the way are kept for it. */
export function keep(event, target) {
  if (!target || opening?.target !== target) return false;
  event.preventDefault();
  if (opening.last) return true;
  if (event.key.length === 1) opening.typed += event.key;
  else if (event.key === "Backspace") opening.typed = opening.typed.slice(0, -1);
  else if (["Enter", "Tab", "Escape"].includes(event.key)) opening.last = event;
  return true;
}

async function open(asked, how) {
  const { target } = asked;
  const holder = target.closest("td, dd");
  if (holder.matches(".dtable td")) holder.scrollIntoView({ block: "nearest", inline: "nearest" });
  const region = holder.closest("tr, dl");
  const index = [...region.children].indexOf(holder.closest("td, .prop"));
  const rest = holder.cloneNode(true);
  await htmx.ajax("GET", `${address(target)}?place=${place(target)}`, { target: holder, swap: "outerHTML" });
  const child = region.children[index];
  const editor = child?.matches("td") ? child : child && $("dd", child);
  if (!editor?.classList.contains("is-editing")) return null;
  before.set($("form", editor), rest);
  if ($("select[data-picker]", editor)) await import("./picker.js");
  begin(editor, asked.typed, asked.last ? "quiet" : how);
  if (asked.last) act(editor, asked.last);
  return editor;
}

const inputOf = (editor) => $("[type=radio]:checked, .picker__input", editor) ?? $("input:not([type=hidden]), select, textarea, trix-editor", editor);

function begin(editor, typed, how) {
  const input = inputOf(editor);
  input?.focus();
  if (typed && input?.matches("input:not([type=checkbox], [type=radio]), textarea")) { input.value = typed; input.dispatchEvent(new Event("input", { bubbles: true })); }
  else if (input?.select) input.select();
  if (!typed && how !== "quiet") picker(editor, input, how);
}

/** Choices, people and days are picked: their list or calendar opens at once. */
function picker(editor, input, how) {
  if (input?.classList.contains("picker__input")) { input.click(); return; }
  const calendar = how !== "walk" && $("[data-calendar]", editor);
  try { if (calendar) calendar.click(); else if (input?.matches("select")) input.showPicker(); } catch { /* it opens with the next key */ }
}

const stopIn = (holder) => { const value = $(EDITABLE, holder); return value?.matches("a") ? value : $(".val__edit", holder); };

export function restore(editor, focus = true) {
  const rest = before.get($("form", editor));
  if (!rest) { location.reload(); return null; }
  editor.dataset.done = "";
  editor.replaceWith(rest);
  htmx.process(rest);
  if (focus) stopIn(rest)?.focus();
  return stopIn(rest);
}

/** `then` is called when the value is stored. */
export function save(editor, then = null) {
  if (editor.dataset.done !== undefined || editor.classList.contains("is-saving")) return;
  const form = $("form", editor);
  if (!changed(editor) && !$("[aria-invalid=true]", form) && editor.dataset.unsaved === undefined) { restore(editor, nobody() || editor.contains(document.activeElement)); return; }
  if (then) afterwards.set(form, then);
  editor.classList.add("is-saving");
  form.requestSubmit();
  show(editor, form);
}

/** What was written, in place of the editor until the server answers. */
function show(editor, form) {
  const controls = $$(CONTROLS, form);
  if (controls.length !== 1 || $(WIDE, form)) return;
  const [control] = controls;
  const shown = document.createElement("span");
  shown.className = `${editor.matches("td") ? "cell" : "val"} is-shown`;
  shown.tabIndex = -1;
  shown.textContent = control.matches("select") ? control.selectedOptions[0]?.text ?? "" : control.value;
  const focused = editor.contains(document.activeElement);
  form.after(shown);
  if (focused) shown.focus();
  form.hidden = true;
}

function changed(editor) {
  return !$$("input:not([type=hidden], .picker__input, [data-loose]), select, textarea", editor).every(same);
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

export function inEditor(event, editor) {
  const area = event.target.matches("textarea, trix-editor");
  if (event.target.matches(".is-shown")) return;
  if (event.key === "Enter" && (!area || event.metaKey || event.ctrlKey) && !event.target.matches("button, .rich__link .input")) act(editor, event);
  else if (event.key === "Escape" || (event.key === "Tab" && !event.target.matches("button") && !within(event, editor))) act(editor, event);
}

function act(editor, event) {
  event.preventDefault();
  if (event.key === "Escape") { event.stopPropagation(); restore(editor); return; }
  const next = event.key === "Tab" && neighbour(editor, event.shiftKey ? -1 : 1);
  save(editor);
  if (next && next.isConnected) step(next);
}

/** The next value has the focus while its editor is on the way, so that nothing typed meanwhile is lost. */
function step(next) {
  if (next.matches(".is-editing")) inputOf(next)?.focus();
  else { next.focus(); edit(next, "", "walk"); }
}

// A value of several parts or choices: Tab goes through them first.
function within(event, editor) {
  const inputs = $$(":is(.parts, .checks) :is(.input, .check)", editor);
  return Boolean(inputs[inputs.indexOf(event.target) + (event.shiftKey ? -1 : 1)]) && inputs.includes(event.target);
}

document.addEventListener("focusout", (event) => {
  const editor = event.target.closest?.(".is-editing");
  if (!editor || event.target.matches("button")) return;
  setTimeout(() => {
    if (!editor.isConnected || editor.contains(document.activeElement) || $("dialog[open]")) return;
    if ($(".cell-conflict", editor) || editor.dataset.unsaved !== undefined) return;
    save(editor);
  }, 60);
});

// A choice is complete as soon as it is made.
document.addEventListener("change", (event) => {
  const editor = event.target.closest?.(".is-editing");
  if (editor && event.target.matches("select, .switch")) save(editor);
});

const nobody = () => !document.activeElement || document.activeElement === document.body;

document.addEventListener("htmx:after:swap", (event) => {
  const form = sent.get(event.detail.ctx);
  const rest = form && before.get(form);
  if (!rest) { if (nobody()) stopIn($(".is-saved")?.parentElement ?? document.createElement("i"))?.focus({ preventScroll: true }); return; }
  if (form.isConnected) return;
  const again = $$(".is-editing form").find((each) => each.getAttribute("action") === form.getAttribute("action") && !before.has(each));
  if (again) { before.set(again, rest); if (nobody()) refocus(again.closest(".is-editing")); return; }
  if (nobody()) stopIn($$(".is-saved").map((each) => each.closest("td, dd")).find((each) => each && address($(EDITABLE, each)) === form.getAttribute("action")))?.focus({ preventScroll: true });
  afterwards.get(form)?.();
});

function refocus(editor) {
  const input = $(".cell-conflict button", editor) ?? inputOf(editor);
  input?.focus();
  if (input?.matches("input:not([type=checkbox], [type=radio]), textarea")) input.setSelectionRange?.(input.value.length, input.value.length);
}

// A write that has begun goes on when the page is left.
document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement: form, request } = event.detail.ctx;
  if (!form?.matches?.(".is-editing form")) return;
  sent.set(event.detail.ctx, form);
  if (!$("textarea, [type=file]", form)) request.keepalive = true;
});

// What could not be sent stays as it was typed, says so, and is not left behind without a word.
document.addEventListener("htmx:finally:request", (event) => {
  const form = sent.get(event.detail.ctx);
  const { response } = event.detail.ctx;
  const editor = form?.isConnected && form.closest(".is-editing");
  if (!editor || !editor.classList.contains("is-saving") || (response && (response.status < 400 || ANSWERED.includes(response.status)))) return;
  editor.classList.remove("is-saving");
  editor.dataset.unsaved = "";
  form.hidden = false;
  $(".is-shown", editor)?.remove();
  const hint = $(".cell-hint", editor);
  if (hint) { hint.textContent = say("unsaved"); hint.classList.add("bad"); hint.setAttribute("role", "alert"); }
  if (nobody()) refocus(editor);
});

addEventListener("beforeunload", (event) => {
  if ($$(".is-editing:not(.is-saving)").some((editor) => editor.dataset.unsaved !== undefined || changed(editor) || $("[aria-invalid=true]", editor))) event.preventDefault();
});
