// The rows of the list on the page: which one is meant, and the one a step further.
import { $, $$ } from "./dom.js";

export const rows = () => $$("#list .dtable tbody:not([data-folded]) tr[data-id]");
export const rowOf = (target) => target?.closest?.("#list .dtable tbody tr[data-id]") ?? null;
export const rowWith = (id) => $(`#list .dtable tbody tr[data-id="${CSS.escape(id)}"]`);

/** Puts the focus on the row's record, where single keys act on it. */
export function focusRow(row) {
  ($(".rowlink", row) ?? $("a, input", row))?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** Whether a single key is meant for the list: nobody types, no layer is open. */
export const listening = (event) => !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey && !$("dialog[open]") && !event.target.closest?.("[popover], .is-editing");
