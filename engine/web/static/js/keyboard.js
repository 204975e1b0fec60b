// Single-key shortcuts, off while somebody types or a layer is open. A link or button says its key: data-key="c".
import { $, $$, typing } from "./dom.js";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if ($("dialog[open]") || event.target.closest("[popover]")) return;
  const key = event.key.toLowerCase();
  if (key === "?") { event.preventDefault(); $("#help")?.showModal(); return; }
  if (key === "z") { const undo = $$("[data-undo]").at(-1); if (undo) { event.preventDefault(); undo.click(); } return; }
  const target = $$(`[data-key="${CSS.escape(key)}"]`).find((each) => each.offsetParent);
  if (target) { event.preventDefault(); if (target.matches("input, textarea")) target.focus(); else target.click(); }
});
