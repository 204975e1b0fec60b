// Line items. On a form: add and remove rows without a round trip. On a record: show the row that adds one.
import { $ } from "./dom.js";

document.addEventListener("click", (event) => {
  const show = event.target.closest("[data-show]");
  if (show) showRow(document.getElementById(show.dataset.show));
  const add = event.target.closest("[data-add-line]");
  if (add) { event.preventDefault(); addLine(add.closest("[data-lines]")); }
  const remove = event.target.closest("[data-remove-line]");
  if (remove) { event.preventDefault(); removeLine(remove.closest("tr")); }
});

function showRow(row) {
  row.classList.add("is-shown");
  $(".picker__input, input:not([type=hidden]), select", row)?.focus();
}

function addLine(lines) {
  $(".picker__input, input:not([type=hidden]), select", insertLine(lines))?.focus();
}

/** A new row at the end of the table. */
export function insertLine(lines) {
  const body = $("tbody", lines);
  const next = Math.max(-1, ...[...body.children].map((row) => Number(row.dataset.line))) + 1;
  const row = $("template", lines).content.firstElementChild.cloneNode(true);
  for (const each of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of each.attributes) if (value.includes("__n__")) each.setAttribute(name, value.replaceAll("__n__", next));
  }
  body.append(row);
  htmx.process(row);
  return row;
}

function removeLine(row) {
  const lines = row.closest("[data-lines]");
  const id = $('input[name$=".id"]', row);
  if (id) { id.insertAdjacentElement("afterend", deletion(id)); row.hidden = true; } else row.remove();
  $("[data-add-line]", lines).focus();
}

// A stored line is deleted by the server, and only because the form says so.
function deletion(id) {
  const mark = document.createElement("input");
  Object.assign(mark, { type: "hidden", name: id.name.replace(/\.id$/, "._delete"), value: "1" });
  return mark;
}

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (typeof ctx.request?.action === "string" && /\/lines\/[^/]+$/.test(ctx.request.action)) {
    const row = document.getElementById(`add-${ctx.request.action.split("/").at(-1)}`);
    if (row) showRow(row);
  }
});
