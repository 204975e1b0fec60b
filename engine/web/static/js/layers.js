// Dialogs and popovers: native elements, opened by attributes, closed by Esc or a click outside; focus goes back.
import { $, $$ } from "./dom.js";
import { toast } from "./toasts.js";

const anchored = CSS.supports("position-area: block-end span-inline-end");
const PHONE = 760;

/** Puts a popover under `source` where the engine cannot do it by itself. */
export function place(popover, source) {
  if (anchored || !source || innerWidth <= PHONE) return;
  const at = source.getBoundingClientRect();
  const above = at.bottom + popover.offsetHeight > innerHeight && at.top > popover.offsetHeight;
  const left = popover.classList.contains("pop--end") ? at.right - popover.offsetWidth : at.left;
  popover.style.left = `${Math.max(8, Math.min(left, innerWidth - popover.offsetWidth - 8))}px`;
  popover.style.top = `${above ? at.top - popover.offsetHeight - 12 : at.bottom}px`;
}

export function openPopover(popover, source) {
  try { popover.showPopover({ source }); } catch { popover.showPopover(); }
  place(popover, source);
}

document.addEventListener("toggle", (event) => {
  if (event.newState !== "open" || !event.target.matches?.("[popover]:not(.toasts)")) return;
  place(event.target, $(`[popovertarget="${event.target.id}"]`));
}, true);

export const dialog = $("#dialog");

export function openDialog() {
  if (!dialog.open) dialog.showModal();
  $("[aria-invalid=true], .picker__input, input:not([type=hidden]), select, textarea, [data-focus]", dialog)?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) { const target = $(opener.dataset.dialog); if (!target.open) target.showModal(); return; }
  const closer = event.target.closest("[data-close]");
  if (closer?.closest("dialog")) { event.preventDefault(); closer.closest("dialog").close(); return; }
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.target === "#dialog" || ctx.target === dialog) openDialog();
  else if (dialog.open && ctx.response?.status < 300) dialog.close();
});

// Arrow keys move inside menus.
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".pop.menu");
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const items = $$("a.mi, button.mi", menu).filter((item) => item.getClientRects().length);
  const step = event.key === "ArrowDown" ? 1 : items.length - 1;
  items[(items.indexOf(document.activeElement) + step) % items.length]?.focus();
  event.preventDefault();
});

// A form whose answer is a file leaves the page as it is.
document.addEventListener("submit", (event) => {
  const { download } = event.target.dataset;
  if (!download) return;
  event.target.closest("dialog")?.close();
  toast(download);
});
