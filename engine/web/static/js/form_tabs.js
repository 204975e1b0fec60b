// The tabs of a form: one panel at a time; arrow keys move between tabs, a link to an error opens the tab it is on.
import { $, $$, whenAdded } from "./dom.js";

function open(tab, focus = false) {
  const strip = tab.parentElement;
  for (const each of $$("[data-form-tab]", strip)) {
    const mine = each === tab;
    each.setAttribute("aria-selected", String(mine));
    each.tabIndex = mine ? 0 : -1;
    document.getElementById(each.getAttribute("aria-controls")).hidden = !mine;
  }
  if (focus) tab.focus();
}

whenAdded(".form-tabs", (strip) => open($('[aria-selected="true"]', strip)));

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-form-tab]");
  if (tab) open(tab);
  const link = event.target.closest(".errsum a[href^='#'], .conflicts a[href^='#']");
  if (link) reveal(link.hash.slice(1));
}, true);

document.addEventListener("keydown", (event) => {
  const tab = event.target.closest?.("[data-form-tab]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !step) return;
  event.preventDefault();
  const tabs = $$("[data-form-tab]", tab.parentElement);
  open(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length], true);
});

/** Opens the tab that holds the control, so that it can be seen and focused. */
function reveal(id) {
  const panel = document.getElementById(id)?.closest("[data-form-panel]");
  if (panel) open($(`[data-form-tab="${panel.dataset.formPanel}"]`));
}

if (location.hash) reveal(location.hash.slice(1));
