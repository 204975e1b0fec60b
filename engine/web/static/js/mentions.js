// @ in a text offers people: arrows and Enter choose, or a tap. The text gets the name, the form the id.
import { $, $$ } from "./dom.js";

const WAIT = 100;
const TYPED = /(?:^|[\s(（，。])@([^\s@]{0,30}(?: [^\s@]{0,30})?)$/u;
const FARTHEST = 12;
const MOST = 6;
const list = document.createElement("div");
let text = null;
let timer = 0;
let asked = null;

list.className = "pop people";
list.id = "people";
list.popover = "manual";
list.setAttribute("role", "listbox");
$("main").append(list);

const shown = () => list.matches(":popover-open");
const options = () => $$("[role=option]", list);
const active = () => $(".is-active", list);

function word() {
  const before = text.value.slice(0, text.selectionStart);
  return TYPED.exec(before)?.[1] ?? null;
}

async function offer() {
  const typed = word();
  if (typed === null) { close(); return; }
  const mine = asked = Symbol("asked");
  const answer = await fetch(`/pick/user?q=${encodeURIComponent(typed)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (mine !== asked || !answer?.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const found = $$("[role=option]", holder.content).slice(0, MOST);
  if (!found.length || word() === null) { close(); return; }
  list.replaceChildren(...found);
  options().forEach((item, index) => { item.id = `people-${index}`; });
  list.setAttribute("aria-label", text.getAttribute("aria-label"));
  if (!shown()) list.showPopover();
  put();
  mark(options()[0]);
  text.setAttribute("aria-controls", list.id);
}

// Under the text, or above it where the room ends; the caret itself has no place a script could ask for.
function put() {
  const at = text.getBoundingClientRect();
  const below = at.bottom + list.offsetHeight + 8 < (visualViewport?.height ?? innerHeight);
  list.style.left = `${Math.max(8, Math.min(at.left + FARTHEST, innerWidth - list.offsetWidth - 8))}px`;
  list.style.top = `${below ? at.bottom : Math.max(8, at.top - list.offsetHeight - 4)}px`;
}

function mark(item) {
  active()?.classList.remove("is-active");
  item?.classList.add("is-active");
  item?.scrollIntoView({ block: "nearest" });
  if (item) text.setAttribute("aria-activedescendant", item.id);
  options().forEach((each) => each.setAttribute("aria-selected", String(each === item)));
}

function close() {
  asked = null;
  if (shown()) list.hidePopover();
  text?.removeAttribute("aria-activedescendant");
}

function choose(item) {
  const start = text.selectionStart - word().length;
  text.setRangeText(`${item.dataset.title} `, start, text.selectionStart, "end");
  const picked = document.createElement("input");
  Object.assign(picked, { type: "hidden", name: "picked", value: item.dataset.value });
  text.form.append(picked);
  close();
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("form[data-mentions] textarea")) return;
  text = event.target;
  clearTimeout(timer);
  if (word() === null) close(); else timer = setTimeout(offer, WAIT);
});

document.addEventListener("keydown", (event) => {
  if (!shown() || event.target !== text) return;
  const step = { ArrowDown: 1, ArrowUp: options().length - 1 }[event.key];
  if (step) mark(options()[(options().indexOf(active()) + step) % options().length]);
  else if (["Enter", "Tab"].includes(event.key) && active() && !event.metaKey && !event.ctrlKey) choose(active());
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => { const item = event.target.closest("[role=option]"); if (item) choose(item); });
document.addEventListener("focusout", (event) => { if (event.target === text) setTimeout(() => { if (document.activeElement !== text) close(); }); });

document.addEventListener("click", (event) => {
  const at = event.target.closest("[data-at]");
  if (!at) return;
  text = $("textarea", at.closest("form"));
  const space = /\S$/.test(text.value.slice(0, text.selectionStart)) ? " @" : "@";
  text.setRangeText(space, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
