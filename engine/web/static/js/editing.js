// Editing in place: its modules come when a value that can be edited, or a table of them, is first pointed at or focused.
const EDITABLE = "a.cell[data-f], .val[data-edit]";
const phone = matchMedia("(max-width: 760px)");
let cells = null;
let loading = null;

const load = () => (loading ??= import("./cells.js").then((module) => (cells = module)));

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => { if (!loading && event.target.closest?.(`${EDITABLE}, #list .dtable tbody`)) load(); });
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || (phone.matches && event.target.closest(".dtable tbody tr > [data-slot]"))) return;
  const target = event.target.closest(EDITABLE);
  if (!target || (event.target.closest("a") && !event.target.closest(".cell, .val__edit"))) return;
  event.preventDefault();
  load().then(({ edit }) => edit(target));
});

// Before the single keys of the page: on a cell they are what somebody writes into it.
document.addEventListener("keydown", (event) => {
  if (cells) { cells.key(event); return; }
  if (!event.target.closest?.(EDITABLE) || event.ctrlKey || event.metaKey || event.altKey || (event.key.length > 1 && !["Enter", "F2", "Delete"].includes(event.key)) || event.key === " ") return;
  event.preventDefault();
  load().then(({ key }) => key(event));
});
