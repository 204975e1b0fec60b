// Free words as chips: typing offers those of other records, Enter or a comma adds one, Backspace takes the last away.
// The input of the page stays, hidden, and holds the text that is posted.
import { $$, icon } from "./dom.js";
import { Suggestions, fetched } from "./suggest.js";

const SEPARATOR = /[,，、;；\r\n]/;
const HUES = ["red", "orange", "amber", "lime", "green", "teal", "sky", "blue", "violet", "plum", "rose"];

export function wire(source) {
  const focused = document.activeElement === source;
  const typed = focused && source.value !== source.defaultValue ? source.value : "";
  const box = document.createElement("span");
  const input = document.createElement("input");
  box.className = "tagbox input";
  input.className = "tagbox__input picker__input";
  input.autocomplete = "off";
  for (const name of ["id", "aria-label", "aria-invalid", "aria-describedby"]) if (source.hasAttribute(name)) input.setAttribute(name, source.getAttribute(name));
  source.removeAttribute("id");
  source.hidden = true;
  source.replaceWith(box);
  box.append(source, input);
  new TagBox(box, source, input).start(typed ? source.defaultValue : source.value, typed);
  if (focused || source.autofocus) input.focus();
}

class TagBox {
  constructor(box, source, input) {
    Object.assign(this, { box, source, input });
    this.list = new Suggestions(input, { find: (text) => this.find(text), take: (item) => { this.add([item.dataset.word]); this.input.focus(); } });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("input", (event) => { if (!event.isComposing) this.split(); });
    input.addEventListener("compositionend", () => this.split());
    input.addEventListener("blur", () => this.add([input.value]));
    box.addEventListener("click", (event) => this.click(event));
  }

  start(text, typed) {
    text.split(SEPARATOR).forEach((word) => this.show(word));
    this.input.value = typed;
    this.hint();
  }

  get chips() { return $$(".tagbox__one", this.box); }
  get words() { return this.chips.map((chip) => chip.dataset.word); }

  async find(text) {
    const address = new URL(this.source.dataset.tags, location.href);
    address.searchParams.set("q", text);
    const taken = new Set(this.words.map(folded));
    return (await fetched(address)).filter((item) => !taken.has(folded(item.dataset.word)));
  }

  key(event) {
    if (event.isComposing || event.defaultPrevented) return;
    const text = this.input.value.trim();
    if ((event.key === "Enter" || event.key === "Tab") && text) {
      if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); }
      this.list.close();
      this.add([text]);
    } else if (event.key === "Backspace" && !this.input.value && this.chips.length) this.remove(this.chips.at(-1));
  }

  split() {
    const parts = this.input.value.split(SEPARATOR);
    if (parts.length < 2) return;
    const rest = parts.pop().trimStart();
    this.add(parts);
    this.input.value = rest;
  }

  click(event) {
    const chip = event.target.closest("button")?.closest(".tagbox__one");
    if (chip) { event.preventDefault(); this.remove(chip); }
    if (chip || event.target === this.box) this.input.focus();
  }

  add(words) {
    this.input.value = "";
    if (words.filter((word) => this.show(word)).length) this.store();
    this.hint();
  }

  /** A chip for a word; null when there is nothing to show, or one already. */
  show(written) {
    const word = written.trim().replace(/^[#＃]|["\\]/g, "").trim();
    const same = this.chips.find((chip) => folded(chip.dataset.word) === folded(word));
    if (!word || same) return null;
    const chip = document.createElement("span");
    const text = document.createElement("span");
    const button = document.createElement("button");
    Object.assign(chip, { className: "tag tagbox__one" });
    Object.assign(chip.dataset, { word, hue: hue(word) });
    Object.assign(button, { type: "button", tabIndex: -1 });
    text.textContent = word;
    button.setAttribute("aria-label", this.source.dataset.remove.replace("{}", word));
    button.append(icon("x", "sm"));
    chip.append(text, button);
    this.input.before(chip);
    return chip;
  }

  remove(chip) {
    chip.remove();
    this.store();
    this.hint();
  }

  store() {
    this.source.value = this.words.join(", ");
    this.source.dispatchEvent(new Event("input", { bubbles: true }));
    this.source.dispatchEvent(new Event("change", { bubbles: true }));
  }

  hint() { this.input.placeholder = this.chips.length ? "" : this.source.dataset.add; }
}

const folded = (word) => word.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");

/** The hue that the server gives the word: CRC-32 of its folded text. */
function hue(word) {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(folded(word))) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return HUES[(~crc >>> 0) % HUES.length];
}
