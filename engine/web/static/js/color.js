// A colour: typed, chosen from the swatches, or picked with what the browser has for it.
import { $, $$ } from "./dom.js";
import { openPopover } from "./layers.js";

const HEX = /^\s*[#＃]?([0-9a-f]{6}|[0-9a-f]{3})\s*$/i;
const ROW = 6;

export function wire(input) {
  const affix = input.closest(".affix");
  const [button, pop, native] = [$(".affix__button", affix), $(".colors", affix), $(".colors__native", affix)];
  const swatches = $$(".colors__one", pop);
  const take = (value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  input.addEventListener("input", () => show(input, button, native, swatches));
  button.addEventListener("pointerdown", () => { button.dataset.open = pop.matches(":popover-open") ? "1" : ""; });
  button.addEventListener("click", () => {
    if (button.dataset.open) { button.dataset.open = ""; return; }
    openPopover(pop, button);
    (swatches.find((each) => each.ariaPressed === "true") ?? swatches[0]).focus();
  });
  pop.addEventListener("click", (event) => {
    const one = event.target.closest(".colors__one");
    if (one) { take(one.value); pop.hidePopover(); input.focus(); }
  });
  pop.addEventListener("keydown", (event) => move(event, swatches, pop, button));
  native.addEventListener("input", (event) => { event.stopPropagation(); take(native.value); });
  native.addEventListener("change", (event) => { event.stopPropagation(); pop.hidePopover(); input.focus(); });
}

/** The swatch beside the input follows what is typed. */
function show(input, button, native, swatches) {
  const digits = input.value.normalize("NFKC").match(HEX)?.[1].toLowerCase();
  const value = digits ? `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}` : "";
  $("i", button).style.setProperty("--swatch", value || "transparent");
  if (value) native.value = value;
  for (const each of swatches) each.ariaPressed = String(each.value === value);
}

function move(event, swatches, pop, button) {
  if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); pop.hidePopover(); button.focus(); return; }
  const at = swatches.indexOf(event.target);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ROW, ArrowUp: -ROW }[event.key];
  if (at >= 0 && event.key === "Enter") event.stopPropagation();
  if (at < 0 || !step) return;
  event.preventDefault();
  const next = swatches[(at + step + swatches.length) % swatches.length];
  swatches.forEach((each) => { each.tabIndex = each === next ? 0 : -1; });
  next.focus();
}
