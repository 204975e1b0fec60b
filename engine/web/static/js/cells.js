// Cells of a table, as in a spreadsheet: arrows move between them, one of them is a stop for Tab, and what is in one is
// copied, pasted and cleared.
import { $, $$, say, typing } from "./dom.js";
import { EDITABLE, edit, inEditor, keep, save } from "./edit.js";
import { toast } from "./toasts.js";

export { edit };

const LIST = "#list .dtable";
const ROWS = ".dtable tbody";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -Infinity], End: [0, Infinity] };

export function key(event) {
  const editor = event.target.closest?.(".is-editing");
  if (editor) { inEditor(event, editor); if (!event.target.matches(".is-shown")) return; }
  const target = event.target.closest?.(EDITABLE);
  if (keep(event, target)) return;
  const cell = target?.matches("a.cell") ?? false;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (target && (event.key === "F2" || (event.key === "Enter" && plain))) { event.preventDefault(); edit(target, "", event.key === "F2" ? "walk" : ""); }
  else if (cell && plain && ["Delete", "Backspace"].includes(event.key)) { event.preventDefault(); clear(target); }
  else if (cell && plain && event.key.length === 1 && event.key !== " ") { event.preventDefault(); edit(target, event.key); }
  else if (STEPS[event.key] && plain && !event.shiftKey) arrows(event);
}

// ---- moving

/** What of a cell has the focus: the value, the link, the box to tick, or the cell itself. */
function stopOf(cell) {
  const stop = $("a.cell, a.rowlink, a:not(.row-peek), input:not([type=hidden]), button", cell);
  if (!stop) cell.tabIndex = -1;
  return stop ?? cell;
}

function arrows(event) {
  const cell = event.target.closest?.(`${ROWS} :is(td, th)`);
  if (!cell || typing(event.target)) return;
  const [down, across] = STEPS[event.key];
  const rows = $$("tr", cell.closest("tbody"));
  const row = rows[rows.indexOf(cell.parentElement) + down];
  const at = [...cell.parentElement.children].indexOf(cell);
  const to = row?.children[Math.max(0, Math.min(row.children.length - 1, at + across))];
  if (!to) return;
  event.preventDefault();
  stopOf(to).focus();
  to.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function rove(table, stop = null) {
  const items = $$("tbody :is(a, button, input):not([tabindex], .is-editing *)", table);
  for (const each of items) each.tabIndex = -1;
  const now = $('tbody [tabindex="0"]', table);
  const next = stop ?? now ?? $("tbody :is(a, input)", table);
  if (now && now !== next) now.tabIndex = -1;
  if (next) next.tabIndex = 0;
}

document.addEventListener("focusin", (event) => {
  const table = event.target.closest?.(LIST);
  if (table && event.target.closest("tbody") && !event.target.closest(".is-editing")) rove(table, event.target);
});
document.addEventListener("htmx:after:swap", () => $$(LIST).forEach((table) => rove(table)));
$$(LIST).forEach((table) => rove(table, document.activeElement.closest(`${LIST} tbody`) ? document.activeElement : null));

// ---- writing without opening

/** Opens the editor, lets `change` fill it, and saves; without a change that can be made it stays open. */
async function fill(target, change, then = null) {
  const editor = await edit(target, "", "quiet");
  if (editor && change(editor)) save(editor, then);
}

const APART = ".rich, .links, .chips, [type=file]";
const inputs = (editor) => $$("form :is(input:not([type=hidden], .picker__input, .affix__native, [data-loose]), select, textarea)", editor);

const state = (editor) => inputs(editor).map((each) => (each.matches("select") ? [...each.selectedOptions].map(({ value, text }) => [value, text]) : each.matches("[type=checkbox], [type=radio]") ? each.checked : each.value));

function put(editor, values) {
  inputs(editor).forEach((each, index) => {
    const value = values[index];
    if (each.matches("[type=checkbox], [type=radio]")) each.checked = Boolean(value);
    else if (!each.matches("select")) each.value = value ?? "";
    else for (const [key, text] of value?.length ? value : [["", ""]]) { if (![...each.options].some((option) => option.value === key)) each.append(new Option(text, key)); each.value = key; }
  });
  return true;
}

function clear(target) {
  const [row, index] = [target.closest("tr"), [...target.closest("tr").children].indexOf(target.closest("td"))];
  const again = () => $("a.cell[data-f]", row.children[index]);
  let was = [];
  fill(target, (editor) => {
    was = state(editor);
    return !$(APART, editor) && put(editor, []);
  }, () => toast(say("cleared"), { undo: () => fill(again(), (editor) => put(editor, was)) }));
}

// ---- copy and paste, unless some text is selected

function focused() {
  const cell = getSelection().isCollapsed && !typing(document.activeElement) && document.activeElement.closest(`${ROWS} td`);
  return cell && !cell.matches(".is-editing") ? cell : null;
}

document.addEventListener("copy", (event) => {
  const cell = focused();
  if (!cell) return;
  event.preventDefault();
  const text = $(".vh", cell) ? "" : cell.innerText.trim().replace(/\s*\n\s*/g, ", ");
  event.clipboardData.setData("text/plain", text);
});

document.addEventListener("paste", (event) => {
  const target = $("a.cell[data-f]", focused() ?? document.createElement("i"));
  const text = event.clipboardData.getData("text/plain").trim();
  if (!target || !text) return;
  event.preventDefault();
  fill(target, (editor) => paste(editor, text));
});

/** Puts a text into the editor; false where somebody has to choose. */
function paste(editor, text) {
  const boxes = $$(".checks label", editor);
  const option = $$("option", editor).find((each) => each.value && each.text.trim() === text);
  const picker = $(".picker__input", editor);
  const input = inputs(editor).find((each) => each.matches("textarea, input:not([type=checkbox], [type=radio])"));
  if (boxes.length) { const words = text.split(/[,,、;\n]/).map((word) => word.trim()); boxes.forEach((label) => { $("input", label).checked = words.includes(label.innerText.trim()); }); }
  else if (option) option.selected = true;
  else if (picker) { picker.value = text; picker.dispatchEvent(new Event("input", { bubbles: true })); return false; }
  else if (input && !$(APART, editor)) input.value = text;
  else return false;
  return true;
}
