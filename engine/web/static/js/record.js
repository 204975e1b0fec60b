// The page of one record: the path shows where it is, sections stay as they were left, "Fill it in" goes to the field.
import { $, whenAdded } from "./dom.js";
import { edit } from "./edit.js";
import { toast } from "./toasts.js";
import "./line_order.js";
import "./lines.js";

whenAdded(".path", (path) => {
  const now = $("[aria-current]", path)?.parentElement;
  if (now) path.scrollLeft = now.offsetLeft - (path.clientWidth - now.offsetWidth) / 2;
});

const key = (section) => `fold:${section.closest("#record").dataset.entity}:${section.id}`;

whenAdded("details.section[id]", (section) => {
  const left = localStorage.getItem(key(section));
  if (left) section.open = left === "open";
});

document.addEventListener("toggle", (event) => {
  const section = event.target;
  if (section.matches?.("#record details.section[id]")) localStorage.setItem(key(section), section.open ? "open" : "shut");
}, true);

document.addEventListener("click", (event) => {
  const fill = event.target.closest("[data-fill]");
  const value = fill && $(`#p-${fill.dataset.fill} .val[data-edit]`);
  if (!value) return;
  event.preventDefault();
  const section = value.closest("details");
  if (section) section.open = true;
  value.scrollIntoView({ block: "center" });
  edit(value);
});

// A star turns round at once; the server's answer is the same button.
document.addEventListener("click", (event) => {
  const star = event.target.closest("[data-star]");
  if (star) star.setAttribute("aria-pressed", String(star.getAttribute("aria-pressed") !== "true"));
});

// The address names the open tab, so that Back leads to it.
whenAdded(".rec__tabs", (tabs) => {
  if (!new URLSearchParams(location.search).has("tab")) history.replaceState(history.state, "", $("[aria-current]", tabs).href + location.hash);
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy-link]");
  if (!copy) return;
  copy.closest("[popover]")?.hidePopover();
  await navigator.clipboard.writeText(new URL(copy.dataset.copyLink, location.href).href);
  toast(copy.dataset.copied);
});
