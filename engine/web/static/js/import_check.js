// Cells of refused rows are mended where they stand; the page shows what the check makes of each at once.
import { $, $$ } from "./dom.js";

let last = "";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-mend]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.dataset.mend);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest(".mend")) $(".mend [data-cancel]").click();
});

// A choice is one act.
document.addEventListener("change", (event) => {
  if (event.target.matches(".mend select")) event.target.form.requestSubmit();
});

function open(place) {
  last = place || last;
  htmx.ajax("GET", place ? `?mend=${place}` : "?", { target: "#check", swap: "outerHTML" });
}

// Where the person goes on: the open cell, the one that was open, else the next one that is wrong.
document.addEventListener("htmx:after:swap", () => {
  const input = $(".mend [autofocus]");
  if (input) {
    last = input.form.elements.place.value;
    input.focus();
    input.select?.();
    return;
  }
  if (last) (document.getElementById(`m-${last}`) ?? next() ?? $("#check h2"))?.focus();
});

function next() {
  const after = ([line, position]) => { const [a, b] = last.split(".").map(Number); return line > a || (line === a && position > b); };
  const cells = $$("a.fixcell[data-mend]");
  return cells.find((cell) => after(cell.dataset.mend.split(".").map(Number))) ?? cells[0];
}
