// The calendar: events are dragged to another day, carried there by keys, or sent there from their menu. The server
// judges every move; the calendar is read again afterwards, so what is refused stands where it was.
import { $, $$, csrf } from "./dom.js";
import { openPopover } from "./layers.js";

const calendar = () => $("[data-calendar]");
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
let dragged = null;
let grabbed = null;

const dayOf = (event) => event.closest("[data-day]") ?? $(`[data-day="${event.dataset.start}"]`);
const titleOf = (event) => $(".ev__t", event).textContent;

function tell(name, event, cell) {
  const words = calendar().dataset[`t${name}`].replace("{title}", titleOf(event)).replace("{day}", cell?.dataset.label ?? "");
  $("#calendar-status").textContent = words;
}

async function send(url, values) {
  await htmx.ajax("POST", url, { source: calendar(), target: calendar(), swap: "none", values: { ...values, view: calendar().dataset.view, _csrf: csrf() } });
  await htmx.ajax("GET", location.pathname + location.search, { source: calendar(), target: "#calendar", select: "#calendar", swap: "outerHTML" });
}

async function move(event, cell) {
  const { move: url, version, event: id } = event.dataset;
  event.classList.add("is-saving");
  const list = $(".cal__slots, .cal__times", cell);
  if (list && !event.closest(".cal__timed") && !event.closest(".is-wide")) list.append(event.closest("li"));
  await send(url, { day: cell.dataset.day, version });
  $(`[data-event="${id}"] .ev__a`)?.focus();
}

const over = (cell) => $$("[data-day].is-over").forEach((other) => { if (other !== cell) other.classList.remove("is-over"); });

// ---- the pointer

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".ev[data-move]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", titleOf(dragged));
  dragged.classList.add("is-dragged");
});
document.addEventListener("dragover", (event) => {
  const cell = dragged && event.target.closest?.("[data-calendar] [data-day]");
  if (!cell) return;
  event.preventDefault();
  cell.classList.add("is-over");
  over(cell);
});
document.addEventListener("drop", (event) => {
  const cell = dragged && event.target.closest?.("[data-calendar] [data-day]");
  if (!cell) return;
  event.preventDefault();
  if (cell.dataset.day !== dragged.dataset.start) move(dragged, cell);
});
document.addEventListener("dragend", () => { dragged?.classList.remove("is-dragged"); dragged = null; over(null); });

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-event-menu]");
  if (opener) { openMenu(opener); return; }
  const cell = event.target.closest("[data-calendar] .cal__day");
  if (cell && !event.target.closest("a, button, .ev")) $("[data-new]", cell)?.click();
});

function openMenu(opener) {
  const event = opener.closest(".ev");
  const menu = $("#event-menu");
  $("[data-open]", menu).href = $(".ev__a", event).href;
  const form = $("[data-move-form]", menu);
  form.action = event.dataset.move;
  form.elements.version.value = event.dataset.version;
  form.elements.day.value = event.dataset.start;
  openPopover(menu, opener);
  $("[data-open]", menu).focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("#event-menu [data-move-form]");
  if (!form) return;
  event.preventDefault();
  $("#event-menu").hidePopover();
  send(form.action, { day: form.elements.day.value, version: form.elements.version.value });
});

// ---- the keyboard: Space picks an event up, arrows choose the day, Enter drops it, Escape puts it back

function letGo() {
  const { event, from } = grabbed;
  grabbed = null;
  event.classList.remove("is-grabbed");
  over(null);
  tell("PutBack", event, from);
}

function carry(days) {
  const cells = $$(".cal__day[data-day]", calendar());
  const next = cells[cells.indexOf(grabbed.cell) + days];
  if (!next) return;
  grabbed.cell = next;
  next.classList.add("is-over");
  over(next);
  tell("Hovering", grabbed.event, next);
}

function drop() {
  const { event, cell, from } = grabbed;
  if (cell === from) { letGo(); return; }
  grabbed = null;
  event.classList.remove("is-grabbed");
  over(null);
  move(event, cell);
}

document.addEventListener("keydown", (key) => {
  const event = key.target.closest?.(".ev[data-move]");
  if (!event || key.metaKey || key.ctrlKey || key.altKey || !key.target.matches(".ev__a")) return;
  if (grabbed) {
    if (key.key in STEPS) carry(STEPS[key.key]);
    else if (key.key === "Enter" || key.key === " ") drop();
    else if (key.key === "Escape" || key.key === "Tab") { letGo(); if (key.key === "Tab") return; }
    else return;
  } else if (key.key === " " && event.closest(".cal__grid")) {
    const from = $(`.cal__day[data-day="${dayOf(event).dataset.day}"]`);
    grabbed = { event, cell: from, from };
    event.classList.add("is-grabbed");
    tell("Grabbed", event, from);
  } else if (key.key.toLowerCase() === "m") openMenu($("[data-event-menu]", event));
  else return;
  key.preventDefault();
  key.stopPropagation();
}, true);
