// The tree as a treegrid: arrows move and open, Space picks a row up, Enter drops it below the row it is over. Rows are
// fetched when they are opened; a move is judged by the server and the tree is read again.
import { $, $$, csrf } from "./dom.js";
import { openPopover } from "./layers.js";

const tree = () => $("[data-tree]");
const rows = () => $$(".tree__row", tree());
const level = (row) => Number(row.getAttribute("aria-level"));
const titleOf = (row) => $(".tree__t", row).textContent;
let grabbed = null;
let dragged = null;
let menuRow = null;

function tell(name, row, above = "") {
  $("#tree-status").textContent = tree().dataset[`t${name}`].replace("{title}", titleOf(row)).replace("{above}", above);
}

function reachable() {
  const all = rows();
  if (all.length && !all.some((row) => row.tabIndex === 0)) all[0].tabIndex = 0;
  $$(".tree__row a, .tree__row button", tree()).forEach((item) => { item.tabIndex = -1; });
}

function focus(row) {
  if (!row) return;
  rows().forEach((other) => { other.tabIndex = other === row ? 0 : -1; });
  row.focus();
}

function below(row) {
  const found = [];
  for (let next = row.nextElementSibling; next && level(next) > level(row); next = next.nextElementSibling) found.push(next);
  return found;
}

function remember() {
  const open = $$('.tree__row[aria-expanded="true"]', tree()).map((row) => row.dataset.id);
  const url = new URL(location.href);
  if (open.length) url.searchParams.set("open", open.join(",")); else url.searchParams.delete("open");
  history.replaceState(history.state, "", url);
}

function marked(row, open) {
  const toggle = $("a.tree__toggle", row);
  row.setAttribute("aria-expanded", String(open));
  toggle.setAttribute("aria-label", open ? toggle.dataset.closeLabel : toggle.dataset.open);
}

async function toggle(row, open = row.getAttribute("aria-expanded") !== "true") {
  if (!row.hasAttribute("aria-expanded") || (row.getAttribute("aria-expanded") === "true") === open) return;
  marked(row, open);
  if (open) await htmx.ajax("GET", $("a.tree__toggle", row).dataset.below, { source: row, target: row, swap: "afterend" });
  else below(row).forEach((other) => other.remove());
  reachable();
  remember();
}

async function move(row, parent) {
  const { move: url, version, id } = row.dataset;
  await htmx.ajax("POST", url, { source: tree(), target: tree(), swap: "none", values: { parent, version, view: tree().dataset.view, _csrf: csrf() } });
  await htmx.ajax("GET", location.pathname + location.search, { source: tree(), target: "#tree", select: "#tree", swap: "outerHTML" });
  reachable();
  focus(document.getElementById(`tree-${id}`));
}

const over = (row) => $$(".is-over", tree()).forEach((other) => { if (other !== row) other.classList.remove("is-over"); });

document.addEventListener("click", (event) => {
  const arrow = event.target.closest("[data-tree] a.tree__toggle");
  if (arrow) { event.preventDefault(); toggle(arrow.closest(".tree__row")); return; }
  const opener = event.target.closest("[data-tree-menu]");
  if (opener) { openMenu(opener); return; }
  if (event.target.closest("#tree-menu [data-top]")) { $("#tree-menu").hidePopover(); move(menuRow, ""); }
});

function openMenu(opener) {
  const menu = $("#tree-menu");
  menuRow = opener.closest(".tree__row");
  $("[data-open]", menu).href = $(".tree__t", menuRow).href;
  const edit = $("[data-edit]", menu);
  if (edit) { edit.href = opener.dataset.edit; $("[data-top]", menu).hidden = !menuRow.dataset.parent; }
  openPopover(menu, opener);
  $("[data-open]", menu).focus();
}

// ---- the pointer

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".tree__row[data-move]");
  if (dragged) event.dataTransfer.setData("text/plain", titleOf(dragged));
});
document.addEventListener("dragover", (event) => {
  const row = dragged && event.target.closest?.(".tree__row");
  if (!row || row === dragged) return;
  event.preventDefault();
  row.classList.add("is-over");
  over(row);
});
document.addEventListener("drop", (event) => {
  const row = dragged && event.target.closest?.(".tree__row");
  if (!row || row === dragged) return;
  event.preventDefault();
  move(dragged, row.dataset.id);
});
document.addEventListener("dragend", () => { dragged = null; if (tree()) over(null); });

// ---- the keyboard

function letGo() {
  const row = grabbed;
  grabbed = null;
  row.classList.remove("is-grabbed");
  over(null);
  tell("PutBack", row);
  focus(row);
}

function drop(row) {
  const moved = grabbed;
  if (row === moved) { letGo(); return; }
  grabbed = null;
  moved.classList.remove("is-grabbed");
  over(null);
  move(moved, row.dataset.id);
}

function step(row, by) {
  const all = rows();
  const next = all[all.indexOf(row) + by];
  if (!next) return;
  focus(next);
  if (grabbed) { next.classList.toggle("is-over", next !== grabbed); over(next); tell("Hovering", grabbed, titleOf(next)); }
}

function inward(row) {
  if (row.getAttribute("aria-expanded") === "false") toggle(row, true);
  else if (below(row).length) step(row, 1);
  else $(".tree__t", row).focus();
}

function outward(row) {
  if (row.getAttribute("aria-expanded") === "true") toggle(row, false);
  else focus(rows().slice(0, rows().indexOf(row)).findLast((other) => level(other) < level(row)));
}

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-tree] .tree__row");
  if (!row || event.metaKey || event.ctrlKey || event.altKey) return;
  const inside = event.target !== row;
  if (inside && event.key === "ArrowLeft") focus(row);
  else if (inside && event.key === "ArrowRight") $(".tree__menu", row)?.focus();
  else if (inside) return;
  else if (event.key === "ArrowDown") step(row, 1);
  else if (event.key === "ArrowUp") step(row, -1);
  else if (event.key === "ArrowRight") inward(row);
  else if (event.key === "ArrowLeft") outward(row);
  else if (event.key === "Home") focus(rows()[0]);
  else if (event.key === "End") focus(rows().at(-1));
  else if (event.key === "Enter") { if (grabbed) drop(row); else $(".tree__t", row).click(); }
  else if (event.key === "Escape" && grabbed) letGo();
  else if (event.key === " " && grabbed) drop(row);
  else if (event.key === " " && row.dataset.move) { grabbed = row; row.classList.add("is-grabbed"); tell("Grabbed", row); }
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
if (tree()) reachable();
document.addEventListener("htmx:after:swap", () => { if (tree()) reachable(); });
