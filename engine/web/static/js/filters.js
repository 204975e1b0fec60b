// The filter panel: rows come from the page's own <template>s, and the address gets the short form `f=field:is:value`.
import { $, $$, whenAdded } from "./dom.js";

const shape = (row) => { row.dataset.values = $("[data-comparison]", row).selectedOptions[0]?.dataset.values ?? "one"; };
whenAdded(".filter-row", shape);

document.addEventListener("change", (event) => { if (event.target.matches("[data-comparison]")) shape(event.target.closest(".filter-row")); });

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add] [data-field]");
  if (add) { event.preventDefault(); addRow(add.closest("#filter"), add.dataset.field); add.closest("details").open = false; }
  const remove = event.target.closest(".filter-row [data-remove]");
  if (remove) { const form = remove.closest("form"); remove.closest(".filter-row").remove(); $("[data-none]", form).hidden = Boolean($(".filter-row", form)); }
  const chip = event.target.closest(".fchip [data-row]");
  if (chip) setTimeout(() => $(`#filter-row-${CSS.escape(chip.dataset.row)} :is(input:not([type=hidden]), [data-comparison])`)?.focus(), 0);
});

function addRow(panel, field) {
  const rows = $("[data-rows]", panel);
  const next = Math.max(-1, ...$$(".filter-row", rows).map((row) => Number(row.dataset.row))) + 1;
  const row = $(`template[data-field="${CSS.escape(field)}"]`, panel).content.firstElementChild.cloneNode(true);
  for (const each of [row, ...$$("*", row)]) {
    for (const { name, value } of each.attributes) if (value.includes("__n__")) each.setAttribute(name, value.replaceAll("__n__", next));
  }
  $("[data-none]", rows).before(row);
  $("[data-none]", rows).hidden = true;
  htmx.process(row);
  shape(row);
  $("input:not([type=hidden]), [data-comparison]", row).focus();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-filters]")) return;
  event.preventDefault();
  event.stopPropagation();
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(event.target)) if (value && !/^f[fcv]\d+$/.test(name)) query.append(name, value);
  for (const row of $$(".filter-row", event.target)) {
    const condition = written(row);
    if (condition) query.append("f", condition);
  }
  const path = event.target.getAttribute("action").split("?")[0];
  const address = query.size ? `${path}?${query}` : event.target.dataset.blank || path;
  $("#filter:popover-open")?.hidePopover();
  if ($("[data-board]")) location.assign(address);
  else htmx.ajax("GET", address, { target: "#list", select: "#list", swap: "outerHTML show:none", push: address });
}, true);

function written(row) {
  const field = $("[name^=ff]", row).value;
  const kind = row.dataset.values;
  const inputs = kind === "none" ? [] : $$("[name^=fv]", row).filter((input) => (input.type !== "checkbox" || input.checked) && !(kind === "one" && input.dataset.second !== undefined));
  const values = inputs.map((input) => input.value.trim()).filter(Boolean);
  if (kind !== "none" && !values.length) return "";
  return [field, $("[data-comparison]", row).value, values.map(escaped).join("|")].join(":");
}

const escaped = (value) => value.replace(/[\\|]/g, "\\$&");
