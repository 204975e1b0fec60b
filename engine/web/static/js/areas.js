// The groups of the menu stay as each person left them; the server draws them so.
import { $$ } from "./dom.js";

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("summary.side__head")?.parentElement;
  if (!pressed) return;
  const shut = $$(".side__group").filter((group) => group.open === (group === pressed)).map((group) => group.dataset.group);
  document.cookie = `crm_folded=${shut.join(".")};path=/;max-age=31536000;samesite=lax`;
});
