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
  openPopover(popover, opener);
  $("input:not([type=hidden]):not(:disabled), button", popover)?.focus();
}, true);
