// Opens the command palette, which is loaded when it is first asked for.
document.addEventListener("keydown", (event) => {
  if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") summon(event);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-palette]") && !event.metaKey && !event.ctrlKey) summon(event);
});

function summon(event) {
  event.preventDefault();
  import("./palette.js").then((palette) => palette.open());
}
