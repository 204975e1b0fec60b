// The groups of the menu stay as each person left them; the server draws them so.
import { $$ } from "./dom.js";

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("summary.side__head")?.parentElement;
  if (!pressed) return;
  const shut = $$(".side__group").filter((group) => group.open === (group === pressed)).map((group) => group.dataset.group);
  document.cookie = `crm_folded=${shut.join(".")};path=/;max-age=31536000;samesite=lax`;
});

// Where the menu shows icons alone, an entry says its name under the pointer.
document.addEventListener("pointerover", (event) => {
  const link = event.target.closest(".side__group :is(.nav, summary):not([title])");
  if (link) link.title = link.textContent.trim();
});
