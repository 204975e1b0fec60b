// A table pasted from a spreadsheet into line items: from the cell it is pasted into, a column for each column. What a
// cell cannot take is told beside it; the rest is judged when the form is saved.
import { $, $$ } from "./dom.js";
import { insertLine } from "./lines.js";

const MOST = 500;
const YES = /^(yes|true|y|1|x|✓|是|对)$/i;

export function wire(lines) {
  lines.addEventListener("paste", (event) => {
    const cell = event.target.closest("tbody td");
    const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "") ?? "";
    if (!cell || !/[\t\n]/.test(text) || event.target.matches("textarea") && !text.includes("\t")) return;
    event.preventDefault();
    fill(lines, cell, table(text));
  });
}

/** Rows of texts; a text in quotes may hold tabs, line breaks and doubled quotes. */
function table(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/g)) {
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end === "\n") rows.push([]);
    if (!end) break;
  }
  return rows;
}

async function fill(lines, cell, pasted) {
  const body = $("tbody", lines);
  const first = [...cell.parentElement.children].indexOf(cell);
  const heads = $$("thead th", lines).map((head) => head.textContent.replace("*", "").trim().toLowerCase());
  const rows = pasted[0].every((text, number) => text && text.toLowerCase() === heads[first + number]) ? pasted.slice(1) : pasted;
  const shown = () => [...body.children].filter((row) => !row.hidden);
  const start = shown().indexOf(cell.parentElement);
  const room = Math.max(0, MOST - start);
  const targets = shown().slice(start, start + Math.min(rows.length, room));
  while (targets.length < Math.min(rows.length, room)) targets.push(insertLine(lines));
  const found = new Map();
  for (const [number, row] of targets.entries()) {
    const cells = [...row.children].slice(first, -1);
    for (const [column, text] of rows[number].slice(0, cells.length).entries()) await put(lines, cells[column], text, found);
  }
  const left = rows.length - targets.length;
  if (left > 0) $(".lines__note", lines).textContent = lines.dataset.tCut.replace("{}", left.toLocaleString(document.documentElement.lang));
  targets.at(-1)?.dispatchEvent(new Event("input", { bubbles: true }));
}

async function put(lines, cell, text, found) {
  $(".field__error[data-paste]", cell)?.remove();
  const control = $("select, textarea, input[type=checkbox], input[type=radio], input:not([type=hidden], .picker__input, .affix__native)", cell);
  if (!control) return;
  if (control.matches("select")) { if (!(await choose(control, text, found))) refuse(lines, cell, text); }
  else if (control.type === "radio") { const star = $$("input[type=radio]", cell).find((each) => each.value === text); if (star) star.checked = true; else refuse(lines, cell, text); }
  else if (control.type === "checkbox" && $$("input[type=checkbox]", cell).length > 1) tick(lines, cell, text);
  else if (control.type === "checkbox") control.checked = YES.test(text);
  else { control.value = text; control.dispatchEvent(new Event("input", { bubbles: true })); }
}

function tick(lines, cell, text) {
  const words = text.toLowerCase().split(/[,;，；、]/).map((word) => word.trim()).filter(Boolean);
  for (const box of $$("input[type=checkbox]", cell)) box.checked = words.includes(box.closest("label")?.textContent.trim().toLowerCase());
  if ($$("input[type=checkbox]:checked", cell).length < words.length) refuse(lines, cell, text);
}

/** Chooses the option of this name, of a searching picker the record of this title. */
async function choose(select, text, found) {
  const word = text.toLowerCase();
  const option = [...select.options].find((each) => each.text.trim().toLowerCase() === word);
  const match = option ? { id: option.value, title: option.text } : select.dataset.picker && word ? await record(select.dataset.picker, text, found) : null;
  if (!match) return false;
  if (select.dataset.picker === undefined) { option.selected = true; select.dispatchEvent(new Event("change", { bubbles: true })); }
  else select.dispatchEvent(new CustomEvent("picked", { detail: match }));
  return true;
}

function record(picker, text, found) {
  const address = new URL(picker, location.href);
  address.searchParams.set("q", text);
  if (!found.has(address.href)) found.set(address.href, titled(address, text));
  return found.get(address.href);
}

async function titled(address, text) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  const holder = document.createElement("template");
  if (answer?.ok) holder.innerHTML = await answer.text();
  const item = $$("[role=option]", holder.content).find((each) => each.dataset.title?.toLowerCase() === text.toLowerCase());
  return item ? { id: item.dataset.value, title: item.dataset.title } : null;
}

function refuse(lines, cell, text) {
  const note = document.createElement("span");
  Object.assign(note, { className: "field__error", textContent: lines.dataset.tMissing.replace("{}", text.slice(0, 60)) });
  note.dataset.paste = "";
  cell.append(note);
}
