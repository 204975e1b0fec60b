// Popovers whose content comes when they are first opened: <a href="…" data-load="id of the popover">.
import { $ } from "./dom.js";
import { openPopover } from "./layers.js";

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-load]");
  const popover = opener && document.getElementById(opener.dataset.load);
  if (!popover?.popover || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (popover.matches(":popover-open")) { popover.hidePopover(); return; }
  if (!popover.childElementCount) await htmx.ajax("GET", opener.getAttribute("href"), { source: popover, target: popover, swap: "innerHTML" });
  opener.closest("[popover]")?.hidePopover();
  openPopover(popover, opener);
  $("input:not([type=hidden]):not(:disabled), button", popover)?.focus();
}, true);

// A popover that buttons open by themselves waits for its content the first time: <div popover data-lazy="…">.
document.addEventListener("beforetoggle", async (event) => {
  const popover = event.target;
  if (event.newState !== "open" || !popover.dataset?.lazy) return;
  event.preventDefault();
  const answer = await fetch(popover.dataset.lazy, { headers: { "HX-Request": "true", "HX-Target": popover.id } }).catch(() => null);
  if (!answer?.ok || !popover.dataset.lazy) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  delete popover.dataset.lazy;
  popover.replaceChildren(...holder.content.getElementById(popover.id).childNodes);
  htmx.process(popover);
  openPopover(popover, $(`[popovertarget="${popover.id}"]`));
  $("summary, input:not([type=hidden]), select", popover)?.focus({ preventScroll: true });
}, true);
