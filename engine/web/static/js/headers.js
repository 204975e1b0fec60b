// The heads of a list: their edges are dragged, or moved by arrow keys, to make columns wider; the heads themselves are
// dragged to another place. The title stays first.
import { $, $$, whenAdded } from "./dom.js";
import { keep } from "./layout.js";

const style = new URL("../css/columns.css", import.meta.url).pathname;
if (!$(`link[href="${style}"]`)) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));

const [NARROWEST, WIDEST, STEP, SELECT] = [60, 800, 16, 38];
const phone = matchMedia("(max-width: 760px)");
const tableOf = (element) => element.closest("table[data-layout]");
const headsOf = (table) => $$("thead th[data-column]", table);
const widthOf = (head) => parseInt(head.style.getPropertyValue("--w"), 10);
const forward = (element) => (getComputedStyle(element).direction === "rtl" ? -1 : 1);

whenAdded("#list table[data-layout]", (table) => {
  if (phone.matches) return;
  for (const head of headsOf(table)) if (!$(".col-edge", head)) head.append(edgeOf(head, table));
});

function edgeOf(head, table) {
  const edge = document.createElement("span");
  edge.className = "col-edge";
  edge.tabIndex = $("a", head) ? -1 : 0;
  const name = $(".clip", head).textContent;
  const said = { role: "separator", "aria-orientation": "vertical", "aria-valuemin": NARROWEST, "aria-valuemax": WIDEST, "aria-valuenow": widthOf(head), "aria-label": table.tHead.dataset.width.replace("@", name) };
  for (const [key, value] of Object.entries(said)) edge.setAttribute(key, value);
  return edge;
}

// Until the first change columns share what room there is; from then on each keeps its width.
function settle(table) {
  if ("sized" in table.dataset) return;
  const widths = headsOf(table).map((head) => Math.round(head.getBoundingClientRect().width));
  table.dataset.sized = "";
  headsOf(table).forEach((head, index) => resize(head, widths[index]));
}

function resize(head, pixels) {
  const width = Math.min(Math.max(Math.round(pixels), NARROWEST), WIDEST);
  const table = tableOf(head);
  head.style.setProperty("--w", `${width}px`);
  $(".col-edge", head).setAttribute("aria-valuenow", width);
  const widths = headsOf(table).map(widthOf);
  let at = SELECT;
  for (let pin = 1; pin <= Number(table.dataset.pins ?? 0); pin += 1) table.style.setProperty(`--p${pin}`, `${at += widths[pin - 1]}px`);
  table.style.setProperty("--table-w", `${SELECT + widths.reduce((sum, each) => sum + each, 0)}px`);
}

function keepWidths(table, without = null) {
  const widths = headsOf(table).filter((head) => head !== without).map((head) => `${head.dataset.column}:${widthOf(head)}`);
  keep(table.dataset.layout, { widths: widths.join() }, { draw: Boolean(without) });
}

// What stays in sight throws a shadow on what went below it.
document.addEventListener("scroll", ({ target }) => {
  if (target.matches?.(".dtable-wrap")) target.toggleAttribute("data-scrolled", target.scrollLeft !== 0);
}, { capture: true, passive: true });

let sizing = null;

document.addEventListener("pointerdown", (event) => {
  const edge = event.target.closest?.(".col-edge");
  if (!edge || event.button) return;
  event.preventDefault();
  const head = edge.closest("th");
  settle(tableOf(head));
  edge.setPointerCapture(event.pointerId);
  edge.dataset.drag = "";
  sizing = { edge, head, from: event.clientX, width: widthOf(head), moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!sizing) return;
  const by = (event.clientX - sizing.from) * forward(sizing.head);
  sizing.moved ||= Math.abs(by) > 2;
  if (sizing.moved) resize(sizing.head, sizing.width + by);
});

for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (!sizing) return;
    delete sizing.edge.dataset.drag;
    if (sizing.moved) keepWidths(tableOf(sizing.head));
    sizing = null;
  });
}

document.addEventListener("dblclick", (event) => {
  const head = event.target.closest?.(".col-edge")?.closest("th");
  if (head) keepWidths(tableOf(head), head);
});

document.addEventListener("keydown", (event) => {
  const edge = event.target.closest?.(".col-edge");
  const by = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -WIDEST, End: WIDEST }[event.key];
  if (!edge || !by || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const head = edge.closest("th");
  settle(tableOf(head));
  resize(head, widthOf(head) + by * (event.key.startsWith("Arrow") ? forward(head) : 1));
  keepWidths(tableOf(head));
});

// An edge is a stop for Tab only beside the head one is at: forty columns are not eighty stops.
for (const [sign, index] of [["focusin", 0], ["focusout", -1]]) {
  document.addEventListener(sign, (event) => {
    const head = event.target.closest?.("th[data-column]");
    const edge = head && $("a", head) && $(".col-edge", head);
    if (edge) edge.tabIndex = head.contains(event.relatedTarget) ? 0 : index;
  });
}

let moving = null;

document.addEventListener("dragstart", (event) => { if (event.target.closest?.("#list thead th")) event.preventDefault(); });

document.addEventListener("pointerdown", (event) => {
  const head = event.target.closest?.("#list thead th[data-column]");
  if (!head || event.button || event.pointerType === "touch" || event.target.closest(".col-edge") || head === headsOf(tableOf(head))[0]) return;
  moving = { head, from: event.clientX, over: null };
});

document.addEventListener("pointermove", (event) => {
  if (!moving) return;
  const { head } = moving;
  if (!("drag" in head.dataset) && Math.abs(event.clientX - moving.from) < 6) return;
  head.dataset.drag = "";
  const heads = headsOf(tableOf(head)).slice(1);
  const over = heads.find((each) => { const at = each.getBoundingClientRect(); return event.clientX >= at.left && event.clientX < at.right; });
  moving.over?.removeAttribute("data-drop");
  moving.over = over && over !== head ? over : null;
  if (moving.over) moving.over.dataset.drop = heads.indexOf(over) > heads.indexOf(head) ? "after" : "before";
});

for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (!moving) return;
    const { head, over } = moving;
    moving = null;
    if (!("drag" in head.dataset)) return;
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, true));
    delete head.dataset.drag;
    if (!over) return;
    const after = over.dataset.drop === "after";
    delete over.dataset.drop;
    if (end === "pointerup") place(head, over, after);
  });
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function place(head, over, after) {
  const table = tableOf(head);
  const names = headsOf(table).map((each) => each.dataset.column);
  const pinned = names.slice(1, 1 + Number(table.dataset.pins ?? 0));
  names.splice(names.indexOf(head.dataset.column), 1);
  names.splice(names.indexOf(over.dataset.column) + (after ? 1 : 0), 0, head.dataset.column);
  keep(table.dataset.layout, { cols: names.join(), pins: names.filter((name) => pinned.includes(name)).join() }, { draw: true, wait: 0 });
}
