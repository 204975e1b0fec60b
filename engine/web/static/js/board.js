// The board: drag, the card menu and the keyboard all ask the server for the same move. A card that may not move goes
// back; one that must answer something first waits, dashed, until the dialog is closed.
import { $, $$, csrf, whenAdded } from "./dom.js";
import { dialog, openPopover } from "./layers.js";

let waiting = null;
let menuCard = null;
let grabbed = null;

const MOVED = /\/stage$/;
const titleOf = (card) => $(".kcard__t", card).textContent.trim();
const listsOf = (root = document) => $$("[data-board] .lane__list", root);
const boardOf = () => $("[data-board]");

whenAdded("[data-board] .lane__list", (list) => {
  if (!window.Sortable || list.dataset.wired) return;
  list.dataset.wired = "";
  const group = list.dataset.still === undefined ? "cards" : `row-${list.dataset.row}`;
  new Sortable(list, { group, draggable: ".kcard", filter: ".kcard--still, [data-card-menu]", preventOnFilter: false, animation: 150, delay: 120, delayOnTouchOnly: true, onEnd: dropped });
});

function tell(name, card, list) {
  const words = boardOf().dataset[`t${name}`].replace("{title}", titleOf(card)).replace("{lane}", list.dataset.label);
  $("#board-status").textContent = words;
}

function dropped({ item, from, to, oldDraggableIndex }) {
  if (from === to) return;
  move(item, to, { list: from, next: $$(".kcard", from)[oldDraggableIndex] ?? null });
}

async function move(card, list, origin) {
  waiting = { card, origin, id: card.id };
  card.classList.add("is-busy");
  const values = { stage: list.dataset.stage, version: card.dataset.version, place: "board", view: boardOf().dataset.view, _csrf: csrf() };
  if (list.dataset.row && list.dataset.row !== card.dataset.row) values.row = list.dataset.row;
  await htmx.ajax("POST", card.dataset.move, { source: card, target: card, swap: "outerHTML", values });
}

function back(card, origin) {
  card.classList.remove("is-busy", "kcard--pending", "kcard--grabbed");
  origin.list.insertBefore(card, origin.next?.isConnected && origin.next.parentElement === origin.list ? origin.next : null);
  $("a", card)?.focus();
}

function putBack() {
  if (!waiting) return;
  const { card, origin } = waiting;
  waiting = null;
  back(card, origin);
}

function moved(id) {
  const card = document.getElementById(id);
  waiting = null;
  if (!card) return;
  const list = card.closest(".lane__list");
  if (list) tell("Dropped", card, list);
  if (list?.dataset.end !== undefined) { card.remove(); }
  else $("a", card)?.focus({ preventScroll: true });
}

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (!waiting || !MOVED.test(ctx.request.action)) return;
  const { status } = ctx.response;
  if (status === 422) {
    ctx.target = "#dialog";
    ctx.swap = "innerHTML";
    waiting.card.classList.remove("is-busy");
    waiting.card.classList.add("kcard--pending");
  } else if (status >= 400) { putBack(); }
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (waiting && MOVED.test(ctx.request?.action ?? "") && ctx.response?.status < 300) moved(waiting.id);
  if (boardOf()) refold();
});
document.addEventListener("htmx:error", putBack);
dialog.addEventListener("close", putBack);

/** The list `columns` lanes and `rows` rows away, where cards of this one may go. */
function beside(list, columns, rows) {
  const cells = list.closest(".swim__cells");
  if (!cells) return rows ? undefined : listsOf()[listsOf().indexOf(list) + columns];
  const swims = $$(".swim", boardOf());
  const swim = swims[swims.indexOf(list.closest(".swim")) + rows];
  const found = swim && $$(".lane__list", swim)[$$(".lane__list", cells).indexOf(list) + columns];
  if (!found || (rows && (list.dataset.still !== undefined || found.dataset.still !== undefined))) return undefined;
  swim.open = true;
  return found;
}

function moveTo(card, list) {
  if (!list || list === card.closest(".lane__list") || card.classList.contains("kcard--still")) return;
  const origin = { list: card.parentElement, next: card.nextElementSibling };
  list.prepend(card);
  move(card, list, origin);
}

// ---- the menu

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-card-menu]");
  if (opener) { event.preventDefault(); openMenu(opener); return; }
  const to = event.target.closest("#card-menu [data-to], #card-menu [data-to-row]");
  if (!to || !menuCard) return;
  $("#card-menu").hidePopover();
  const now = menuCard.closest(".lane__list").dataset;
  const stage = to.dataset.to ?? now.stage;
  const row = to.dataset.toRow ?? now.row;
  moveTo(menuCard, listsOf().find((list) => list.dataset.stage === stage && list.dataset.row === row));
});

function openMenu(opener) {
  const menu = $("#card-menu");
  menuCard = opener.closest(".kcard");
  const now = menuCard.closest(".lane__list").dataset;
  const still = menuCard.classList.contains("kcard--still");
  $("[data-open]", menu).href = $("a", menuCard).href;
  $$("[data-to]", menu).forEach((item) => { item.hidden = item.dataset.to === now.stage || still; });
  $$("[data-to-row]", menu).forEach((item) => { item.hidden = item.dataset.toRow === now.row || still || now.still !== undefined; });
  openPopover(menu, opener);
  $("[data-open]", menu).focus();
}

// ---- the keyboard: Space picks a card up, arrows carry it, Enter drops it, Escape puts it back

function grab(card) {
  const list = card.closest(".lane__list");
  grabbed = { card, origin: { list, next: card.nextElementSibling } };
  card.classList.add("kcard--grabbed");
  tell("Grabbed", card, list);
}

function carry(columns, rows) {
  const list = beside(grabbed.card.closest(".lane__list"), columns, rows);
  if (!list) return;
  const { card } = grabbed;
  list.closest(".lane")?.removeAttribute("data-folded");
  list.prepend(card);
  $("a", card).focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  tell("Hovering", card, list);
}

function drop() {
  const { card, origin } = grabbed;
  const list = card.closest(".lane__list");
  grabbed = null;
  card.classList.remove("kcard--grabbed");
  if (list === origin.list) { tell("PutBack", card, list); back(card, origin); } else move(card, list, origin);
}

function letGo() {
  if (!grabbed) return;
  const { card, origin } = grabbed;
  grabbed = null;
  back(card, origin);
  tell("PutBack", card, origin.list);
}

const SIDES = { ArrowLeft: -1, ArrowRight: 1 };
const STEPS = { ArrowUp: -1, ArrowDown: 1 };

function whileGrabbed(event) {
  if (event.key in SIDES) carry(SIDES[event.key], 0);
  else if (event.key in STEPS) carry(0, STEPS[event.key]);
  else if (event.key === "Enter" || event.key === " ") drop();
  else if (event.key === "Escape") letGo();
  else if (event.key === "Tab") { letGo(); return; }
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function step(card, by) {
  const cards = $$(".kcard", card.parentElement);
  return cards[cards.indexOf(card) + by];
}

function across(card, side) {
  const list = beside(card.closest(".lane__list"), side, 0);
  const cards = list ? $$(".kcard", list) : [];
  return cards[Math.min($$(".kcard", card.parentElement).indexOf(card), cards.length - 1)];
}

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("[data-board] .kcard");
  if (!card || event.metaKey || event.ctrlKey || event.altKey) return;
  if (grabbed) { whileGrabbed(event); return; }
  const side = SIDES[event.key];
  const onCard = event.target.matches(".kcard__t a");
  if (event.key === " " && onCard && !card.classList.contains("kcard--still")) { event.preventDefault(); grab(card); }
  else if (event.key.toLowerCase() === "m") { event.preventDefault(); openMenu($("[data-card-menu]", card)); }
  else if (side && event.shiftKey) { event.preventDefault(); moveTo(card, beside(card.closest(".lane__list"), side, 0)); }
  else if (side) { event.preventDefault(); $("a", across(card, side) ?? card)?.focus(); }
  else if (event.key in STEPS) { const next = step(card, STEPS[event.key]); if (next) { event.preventDefault(); $("a", next)?.focus(); } }
}, true);
document.addEventListener("focusout", (event) => { if (grabbed && event.relatedTarget && !grabbed.card.contains(event.relatedTarget)) letGo(); });

// ---- folded lanes are kept in this browser

const place = () => `folded:${location.pathname}`;
function folded() { try { return new Set(JSON.parse(localStorage.getItem(place()) ?? "[]")); } catch { return new Set(); } }

function refold() {
  const names = folded();
  $$(".lane[id]", boardOf()).forEach((lane) => {
    const button = $("[data-fold]", lane);
    if (!button) return;
    const closed = names.has(lane.id);
    lane.toggleAttribute("data-folded", closed);
    button.setAttribute("aria-expanded", String(!closed));
  });
}

document.addEventListener("click", (event) => {
  const lane = event.target.closest("[data-board] [data-fold]")?.closest(".lane");
  if (!lane) return;
  const names = folded();
  if (!names.delete(lane.id)) names.add(lane.id);
  localStorage.setItem(place(), JSON.stringify([...names]));
  refold();
});
if (boardOf()) refold();
