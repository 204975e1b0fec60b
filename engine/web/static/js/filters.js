// The filter panel: rows come from the page's own <template>s, and the address gets the short form `f=field:is:value`.
import { $, $$, whenAdded } from "./dom.js";

const shape = (row) => { row.dataset.values = $("[data-comparison]", row).selectedOptions[0]?.dataset.values ?? "one"; };
whenAdded(".filter-row", shape);

document.addEventListener("change", (event) => { if (event.target.matches("[data-comparison]")) shape(event.target.closest(".filter-row")); });

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add] [data-field]");
  if (add) { event.preventDefault(); addRow(add.closest("#filter"), add.dataset.field, add.closest("[data-add]").dataset.into); add.closest("details").open = false; }
  const grouping = event.target.closest("[data-add-group]");
  if (grouping) { event.preventDefault(); const panel = grouping.closest("#filter"); const menu = $("[data-add]", groupOf(panel, $("[data-rows]", panel), "new")); menu.open = true; $("a", menu).focus(); }
  const remove = event.target.closest(".filter-row [data-remove]");
  if (remove) { const form = remove.closest("form"); const group = remove.closest("[data-group]"); remove.closest(".filter-row").remove(); if (group && !$(".filter-row", group)) group.remove(); count(form); $("[data-none]", form).hidden = Boolean($(".filter-row", form)); }
  const chip = event.target.closest(".fchip [data-row]");
  if (chip) setTimeout(() => $$(`#filter-row-${CSS.escape(chip.dataset.row)} :is(input:not([type=hidden]), [data-comparison])`).find((each) => each.getClientRects().length)?.focus(), 0);
});

function addRow(panel, field, into = "") {
  const rows = $("[data-rows]", panel);
  const next = Math.max(-1, ...$$(".filter-row", rows).map((row) => Number(row.dataset.row))) + 1;
  const row = $(`template[data-field="${CSS.escape(field)}"]`, panel).content.firstElementChild.cloneNode(true);
  for (const each of [row, ...$$("*", row)]) {
    for (const { name, value } of each.attributes) if (value.includes("__n__")) each.setAttribute(name, value.replaceAll("__n__", next));
  }
  const group = into && groupOf(panel, rows, into);
  $("[name^=fg]", row).value = group ? group.dataset.group : "";
  (group ? $("[data-add]", group) : $("fieldset, [data-none]", rows)).before(row);
  $("[data-none]", rows).hidden = true;
  htmx.process(row);
  shape(row);
  $$("input:not([type=hidden]), [data-comparison]", row).find((each) => each.getClientRects().length)?.focus();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-filters]")) return;
  event.preventDefault();
  event.stopPropagation();
  const query = asked(event.target);
  const path = event.target.getAttribute("action").split("?")[0];
  const address = query.size ? `${path}?${query}` : event.target.dataset.blank || path;
  $("#filter:popover-open")?.hidePopover();
  if ($("[data-board]")) location.assign(address);
  else htmx.ajax("GET", address, { target: "#list", select: "#list", swap: "outerHTML show:none", push: address });
}, true);

function asked(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value && !/^f[fcvg]\d+$/.test(name)) query.append(name, value);
  for (const each of $$(".filter-row, [data-group]", form)) {
    if (each.matches("[data-group] *")) continue;
    const rows = each.matches(".filter-row") ? [each] : $$(".filter-row", each);
    const conditions = rows.map((row) => written(row, rows.length > 1)).filter(Boolean);
    if (conditions.length) query.append("f", conditions.length > 1 ? `any(${conditions.join(";")})` : conditions[0]);
  }
  return query;
}

function groupOf(panel, rows, into) {
  const found = $(`[data-group="${CSS.escape(into)}"]`, rows);
  if (found) return found;
  const group = $("template[data-group]", panel).content.firstElementChild.cloneNode(true);
  const number = String($$("[data-group]", rows).length + 1);
  for (const each of [group, ...$$("[data-into]", group)]) each.dataset[each === group ? "group" : "into"] = number;
  $(".filter-fields", group).innerHTML = $(".filter-pop__foot .filter-fields", panel).innerHTML;
  $("[data-none]", rows).before(group);
  return group;
}

let waiting = 0;
function count(form) {
  clearTimeout(waiting);
  if (!form?.dataset.count || !$("[data-found]", form)) return;
  waiting = setTimeout(async () => {
    const answer = await fetch(`${form.dataset.count}?${asked(form).toString() || "q="}`).catch(() => null);
    if (answer?.ok) $("[data-found]", form).textContent = await answer.text();
  }, 300);
}
for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => count(event.target.closest?.("#filter form")));

function written(row, grouped) {
  const field = $("[name^=ff]", row).value;
  const kind = row.dataset.values;
  const inputs = kind === "none" ? [] : $$("[name^=fv]", row).filter((input) => (input.type !== "checkbox" || input.checked) && (input.dataset.number !== undefined || kind !== "number") && (input.dataset.number === undefined || kind === "number") && !(kind === "one" && input.dataset.second !== undefined));
  const values = inputs.map((input) => input.value.trim()).filter(Boolean);
  if (kind !== "none" && !values.length) return "";
  return [field, $("[data-comparison]", row).value, values.map((value) => value.replace(grouped ? /[\\|;()]/g : /[\\|]/g, "\\$&")).join("|")].join(":");
}

