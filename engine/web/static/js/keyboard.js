// Shortcuts of one letter, off while somebody types, a layer is open or the profile says so. A link or button says its
// key: data-key="c". G and a letter goes to a page of the menu: H home, I inbox, T tasks, else by the entity's name.
import { $, $$, acts, typing } from "./dom.js";

const OWN = { h: "/", i: "/inbox", t: "/tasks" };
const owner = (row) => $("#p-owner .val__edit, #p-owner a.val") ?? (row && $("a.cell[data-f=owner]", row));
const KEYS = { "?": () => $("#help")?.showModal(), z: () => $$("[data-undo]").at(-1)?.click(), a: ({ target }) => owner(target.closest(".dtable tr"))?.click() };
const WAIT = 1500;
let going = 0;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !acts(event)) return;
  if ($("dialog[open]") || event.target.closest("[popover]")) return;
  const key = event.key.toLowerCase();
  const target = Date.now() - going < WAIT ? page(key) : $$(`[data-key="${CSS.escape(key)}"]`).find((each) => each.offsetParent);
  going = key === "g" ? Date.now() : 0;
  if (!target && !KEYS[key]) return;
  event.preventDefault();
  if (!target) KEYS[key](event);
  else if (target.matches("input, textarea")) target.focus();
  else target.click();
});

function page(key) {
  const links = $$(".side a.nav[href]");
  return links.find((link) => link.getAttribute("href") === OWN[key]) ?? links.find((link) => link.getAttribute("href").startsWith(`/e/${CSS.escape(key)}`));
}
