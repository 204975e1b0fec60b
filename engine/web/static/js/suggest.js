// A list of suggestions under a text input. What is typed stays free; a suggestion is taken with a click or Enter.
import { $$ } from "./dom.js";
import { openPopover } from "./layers.js";

const WAIT = 100;
let serial = 0;

export class Suggestions {
  /** `find(typed)` answers with the items to show, `take(item)` is called with the chosen one. */
  constructor(input, { find, take }) {
    Object.assign(this, { input, find, take });
    this.list = document.createElement("div");
    Object.assign(this.list, { className: "pop picker__list", id: `suggestions-${serial += 1}`, popover: "manual" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.getAttribute("aria-label") ?? input.labels?.[0]?.textContent ?? "");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.after(this.list);
    this.listen();
    if (document.activeElement === input && input.value) this.open(input.value.trim());
  }

  listen() {
    this.input.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.open(this.input.value.trim()), WAIT); });
    this.input.addEventListener("click", () => { if (!this.shown) this.open(""); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => { clearTimeout(this.timer); this.close(); });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => { event.preventDefault(); const item = event.target.closest("[role=option]"); if (item) this.choose(item); });
  }

  get shown() { return this.list.matches(":popover-open"); }
  get options() { return $$("[role=option]", this.list); }

  async open(typed) {
    const asked = (this.asked ?? 0) + 1;
    this.asked = asked;
    const items = await this.find(typed);
    if (asked !== this.asked || document.activeElement !== this.input) return;
    this.list.replaceChildren(...items);
    this.options.forEach((item, number) => { item.id = `${this.list.id}-${number}`; });
    this.mark(typed ? this.options[0] : null);
    if (!items.length) { this.close(); return; }
    if (!this.shown) openPopover(this.list, this.input);
    this.input.setAttribute("aria-expanded", "true");
  }

  mark(item) {
    this.active?.classList.remove("is-active");
    this.active?.removeAttribute("aria-selected");
    this.active = item;
    item?.classList.add("is-active");
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.input.setAttribute("aria-activedescendant", item.id); else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!this.shown) { this.open(""); return; }
      const at = this.options.indexOf(this.active);
      const count = this.options.length;
      this.mark(this.options[key === "ArrowDown" ? (at + 1) % count : (at <= 0 ? count : at) - 1]);
    } else if (key === "Enter" && this.shown && this.active) {
      event.preventDefault();
      event.stopPropagation();
      this.choose(this.active);
    } else if (key === "Escape" && this.shown) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  choose(item) {
    clearTimeout(this.timer);
    this.close();
    this.take(item);
  }

  close() {
    this.asked = (this.asked ?? 0) + 1;
    this.mark(null);
    if (this.shown) this.list.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
  }
}

/** The options of a fragment, as elements. */
export async function fetched(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  const holder = document.createElement("template");
  if (answer?.ok) holder.innerHTML = await answer.text();
  return [...holder.content.children];
}
