// Forms: the first wrong field gets the focus, ⌘ Enter saves, a sent form cannot be sent twice.
import { $, whenAdded } from "./dom.js";

whenAdded(".errsum, .conflicts", (summary) => { if (!summary.closest("dialog")) summary.focus(); });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  event.target.closest?.("form")?.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.matches("[data-form]") || !button || button.name) return;
  setTimeout(() => { button.disabled = true; });
  const busy = $("[data-busy]", event.target);
  if (busy) busy.textContent = busy.dataset.busy;
  addEventListener("pageshow", () => { button.disabled = false; }, { once: true });
});

document.addEventListener("click", (event) => {
  const reveal = event.target.closest("[data-reveal]");
  if (reveal) {
    const input = document.getElementById(reveal.dataset.reveal);
    input.type = input.type === "password" ? "text" : "password";
    reveal.setAttribute("aria-pressed", String(input.type === "text"));
  }
  const calendar = event.target.closest("[data-calendar]");
  if (calendar) openCalendar(calendar.parentElement);
  const link = event.target.closest(".errsum a[href^='#']");
  if (link) focusControl(event, link.hash.slice(1));
});

function openCalendar(affix) {
  const native = $("[data-native]", affix);
  const input = $("input.input", affix);
  if (/^\d{4}-\d\d-\d\d/.test(input.value)) native.value = input.value.replace(" ", "T");
  native.showPicker();
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-native]")) return;
  const input = $("input.input", event.target.parentElement);
  input.value = event.target.value.replace("T", " ");
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
});

function focusControl(event, id) {
  const control = document.getElementById(id);
  const shown = control?.closest(".picker")?.querySelector(".picker__input") ?? control;
  if (!shown) return;
  event.preventDefault();
  shown.scrollIntoView({ block: "center" });
  shown.focus();
}

// Only pages with files need what sends them.
whenAdded("[data-drop], [data-fileblock]", () => import("./files.js"));
