// The theme switch acts at once and tells the server; the server writes it on <html> from then on.
import { $$ } from "./dom.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]")) return;
  event.preventDefault();
  const now = document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  const values = new URLSearchParams(new FormData(form));
  values.set("theme", next);
  await fetch(form.action, { method: "POST", body: values, redirect: "manual" });
  $$("button", form).forEach((button) => { button.value = now; });
});
