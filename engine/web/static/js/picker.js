// Turns <select data-picker="/pick/account?field=deal.account"> into a searching combobox; without an address it
// searches the select's own options. The select stays, hidden, and holds the value that is posted.
import { $, $$, icon, say, whenAdded } from "./dom.js";
import { dialog, place } from "./layers.js";

const WAIT = 120;
let serial = 0;

class Picker {
  constructor(select) {
    this.select = select;
    this.address = select.dataset.picker;
    this.build();
    this.listen();
    if (select.autofocus) this.input.focus();
  }

  build() {
    const { select } = this;
    const id = `picker-${serial += 1}`;
    this.box = document.createElement("span");
    this.box.className = "picker";
    this.input = document.createElement("input");
    this.input.className = `${select.className} picker__input`;
    this.input.autocomplete = "off";
    for (const name of ["aria-label", "aria-invalid", "aria-describedby"]) if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", id);
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.placeholder = select.dataset.placeholder ?? say("search");
    this.list = document.createElement("div");
    this.list.className = "pop picker__list";
    this.list.id = id;
    this.list.popover = "manual";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", select.getAttribute("aria-label") ?? "");
    select.replaceWith(this.box);
    this.box.append(select, this.input, icon("chevrons-up-down", "sm"), this.list);
    $(".icon", this.box).classList.add("picker__chevron");
    if (select.id) { this.input.id = `${select.id}-input`; $(`label[for="${CSS.escape(select.id)}"]`)?.setAttribute("for", this.input.id); }
    this.restore();
  }

  listen() {
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.open(), WAIT); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.leave(), 0));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => { const item = event.target.closest("[role=option]"); if (item) this.choose(item); });
    this.select.addEventListener("picked", (event) => this.set(event.detail.id, event.detail.title));
  }

  get shown() { return this.list.matches(":popover-open"); }
  get options() { return $$("[role=option]", this.list); }
  get active() { return $(".is-active", this.list); }

  async open() {
    const typed = this.input.value === this.label() ? "" : this.input.value.trim();
    const asked = this.asked = Symbol("asked");
    const found = this.address ? await this.fetched(typed) : this.own(typed);
    if (this.asked !== asked || !this.input.isConnected || document.activeElement !== this.input) return;
    this.list.replaceChildren(...found, ...this.extras(typed, found));
    this.options.forEach((item, index) => { item.id = `${this.list.id}-${index}`; item.setAttribute("aria-selected", String(item.dataset.value === this.select.value)); });
    if (!this.shown) { try { this.list.showPopover({ source: this.input }); } catch { this.list.showPopover(); } place(this.list, this.input); }
    this.input.setAttribute("aria-expanded", "true");
    this.mark(this.options.find((item) => item.dataset.value === this.select.value) ?? this.options[0]);
  }

  async fetched(typed) {
    const address = new URL(this.address, location.href);
    address.searchParams.set("q", typed);
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    const holder = document.createElement("template");
    if (answer?.ok) holder.innerHTML = await answer.text();
    return [...holder.content.children];
  }

  own(typed) {
    const word = typed.toLocaleLowerCase();
    return $$("option", this.select).filter((option) => option.value && option.text.toLocaleLowerCase().includes(word)).map((option) => this.item(option.value, option.text, option.dataset.hue));
  }

  item(value, text, hue) {
    const item = document.createElement("div");
    item.className = "mi";
    item.setAttribute("role", "option");
    Object.assign(item.dataset, { value, title: text });
    if (hue) { const dot = document.createElement("span"); dot.className = "dot"; dot.dataset.hue = hue; item.append(dot); }
    item.append(text);
    return item;
  }

  extras(typed, found) {
    const extras = [];
    if (!found.length) { const none = document.createElement("div"); none.className = "picker__none sm"; none.textContent = say("nothing"); extras.push(none); }
    if (!this.select.required && this.select.value && !typed) { const clear = this.item("", "–"); extras.push(clear); }
    if (this.select.dataset.create) {
      const create = this.item("", typed ? `${this.select.dataset.createLabel}: ${typed}` : this.select.dataset.createLabel);
      create.dataset.create = typed;
      create.prepend(icon("plus"));
      extras.push(create);
    }
    return extras;
  }

  mark(item) {
    this.active?.classList.remove("is-active");
    item?.classList.add("is-active");
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.input.setAttribute("aria-activedescendant", item.id); else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      if (!this.shown) { this.open(); return; }
      const step = event.key === "ArrowDown" ? 1 : this.options.length - 1;
      this.mark(this.options[(this.options.indexOf(this.active) + step) % this.options.length]);
    } else if (event.key === "Enter" && this.shown && this.active) {
      event.preventDefault();
      event.stopPropagation();
      this.choose(this.active);
    } else if (event.key === "Escape" && this.shown) {
      event.preventDefault();
      event.stopPropagation();
      this.restore();
      this.close();
    }
  }

  choose(item) {
    this.close();
    if (item.dataset.create !== undefined) { this.create(item.dataset.create); return; }
    this.set(item.dataset.value, item.dataset.value ? item.dataset.title : "");
    this.input.focus();
  }

  create(typed) {
    this.restore();
    this.select.id ||= `${this.list.id}-select`;
    const address = new URL(this.select.dataset.create, location.href);
    address.searchParams.set("for", this.select.id);
    if (typed) address.searchParams.set("title", typed);
    htmx.ajax("GET", address.pathname + address.search, { target: dialog, swap: "innerHTML" });
  }

  set(value, title) {
    let option = $$("option", this.select).find((each) => each.value === value);
    if (!option) { option = new Option(title, value); this.select.append(option); }
    option.selected = true;
    this.restore();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  label() { return this.select.value ? this.select.selectedOptions[0]?.text ?? "" : ""; }
  restore() { this.input.value = this.label(); }
  close() { if (this.shown) this.list.hidePopover(); this.input.setAttribute("aria-expanded", "false"); }
  leave() { if (document.activeElement === this.input) return; if (!this.input.value.trim() && !this.select.required && this.select.value) this.set("", ""); this.restore(); this.close(); }
}

whenAdded("select[data-picker]", (select) => { if (!select.closest(".picker")) new Picker(select); });

// A record made in a dialog goes to the picker that asked: `HX-Trigger: {"picked": {"for", "id", "title"}}`.
document.addEventListener("picked", (event) => {
  if (!event.detail.for) return;
  dialog.close();
  document.getElementById(event.detail.for)?.dispatchEvent(new CustomEvent("picked", { detail: event.detail }));
});
