// The board: drag, the card menu and the keyboard all ask the server for the same move. A card that may not move goes
// back; one that must answer something first waits, dashed, until the dialog is closed.
import { $, $$, csrf, whenAdded } from "./dom.js";
import { dialog, openPopover } from "./layers.js";

let waiting = null;
let menuCard = null;

whenAdded("[data-board] .lane__list", (list) => {
  if (!window.Sortable || list.dataset.wired) return;
  list.dataset.wired = "";
  new Sortable(list, { group: "cards", draggable: ".kcard", filter: ".kcard--still, [data-card-menu]", preventOnFilter: false, animation: 150, delay: 120, delayOnTouchOnly: true, onEnd: dropped });
});

function dropped({ item, from, to, oldDraggableIndex }) {
  if (from === to) return;
  const origin = { list: from, next: $$(".kcard", from)[oldDraggableIndex] ?? null };
  move(item, to, origin);
}

async function move(card, list, origin) {
  waiting = { card, origin, id: card.id };
  card.classList.add("is-busy");
  const values = { stage: list.dataset.stage, version: card.dataset.version, place: "board", _csrf: csrf() };
  await htmx.ajax("POST", card.dataset.move, { source: card, target: card, swap: "outerHTML", values });
}

function putBack() {
  if (!waiting) return;
  const { card, origin } = waiting;
  waiting = null;
  card.classList.remove("is-busy", "kcard--pending");
  origin.list.insertBefore(card, origin.next?.isConnected ? origin.next : null);
  $("a", card)?.focus();
}

function moved(id) {
  const card = document.getElementById(id);
  waiting = null;
  if (!card) return;
  const list = card.closest(".lane__list");
  if (list?.dataset.end !== undefined) { card.remove(); }
  else $("a", card)?.focus({ preventScroll: true });
  if (list) $("#board-status").textContent = `${$(".kcard__t", card).textContent.trim()}: ${$("[data-board]").dataset.moved}, ${list.dataset.label}`;
}

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (!waiting || !/\/stage$/.test(ctx.request.action)) return;
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
  if (waiting && /\/stage$/.test(ctx.request?.action ?? "") && ctx.response?.status < 300) moved(waiting.id);
});
document.addEventListener("htmx:error", putBack);
dialog.addEventListener("close", putBack);

function beside(card, step) {
  const lists = $$("[data-board] .lane__list");
  return lists[lists.indexOf(card.closest(".lane__list")) + step];
}

function moveTo(card, list) {
  if (!list || list === card.closest(".lane__list") || card.classList.contains("kcard--still")) return;
  const origin = { list: card.parentElement, next: card.nextElementSibling };
  list.prepend(card);
  move(card, list, origin);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-card-menu]");
  if (opener) { event.preventDefault(); openMenu(opener); return; }
  const to = event.target.closest("#card-menu [data-to]");
  if (to && menuCard) { $("#card-menu").hidePopover(); moveTo(menuCard, $(`[data-board] [data-stage="${CSS.escape(to.dataset.to)}"]`)); }
});

function openMenu(opener) {
  const menu = $("#card-menu");
  menuCard = opener.closest(".kcard");
  const now = menuCard.closest(".lane__list").dataset.stage;
  $("[data-open]", menu).href = $("a", menuCard).href;
  $$("[data-to]", menu).forEach((item) => { item.hidden = item.dataset.to === now || menuCard.classList.contains("kcard--still"); });
  openPopover(menu, opener);
  $("[data-open]", menu).focus();
}

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("[data-board] .kcard");
  if (!card) return;
  const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.key.toLowerCase() === "m" && !event.metaKey && !event.ctrlKey) { event.preventDefault(); openMenu($("[data-card-menu]", card)); }
  else if (side && event.shiftKey) { event.preventDefault(); moveTo(card, beside(card, side)); }
  else if (side) { event.preventDefault(); const list = beside(card, side); const cards = list ? $$(".kcard", list) : []; $("a", cards[Math.min([...card.parentElement.children].indexOf(card), cards.length - 1)] ?? card)?.focus(); }
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") { const next = event.key === "ArrowDown" ? card.nextElementSibling : card.previousElementSibling; if (next) { event.preventDefault(); $("a", next)?.focus(); } }
});

const now = $(".rec__head .path__s--now");
if (now) now.parentElement.scrollLeft = now.offsetLeft - (innerWidth - now.offsetWidth) / 2;
