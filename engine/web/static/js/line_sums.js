// The sums under line items follow what is typed. Figures are added up as whole numbers: nothing is lost to rounding.
import { $, $$ } from "./dom.js";

const FIGURE = /^(-?)(\d*)(?:\.(\d*))?$/;
const MONEY_PLACES = 2;

export function wire(foot) {
  const lines = foot.closest("[data-lines]");
  const body = $("tbody", lines);
  const update = () => $$("[data-sum]", foot).forEach((shown) => show(shown, body));
  lines.addEventListener("input", update);
  lines.addEventListener("worked-out", update);
  new MutationObserver(update).observe(body, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
  update();
}

function show(shown, body) {
  const rows = [...body.rows].filter((row) => !row.hidden);
  const found = rows.map((row) => figure($("input.input", row.cells[shown.dataset.sum]))).filter(Boolean);
  const most = Math.max(0, ...found.map(([, places]) => places));
  const places = most && shown.dataset.prefix ? Math.max(most, MONEY_PLACES) : most;
  const sum = found.reduce((total, [whole, own]) => total + whole * 10n ** BigInt(places - own), 0n);
  shown.textContent = shown.dataset.prefix + written(sum, places);
}

// What is worked out is written for reading: with its currency.
const figure = (input) => read(input && "computed" in input.dataset ? input.value.replace(/[^\d.-]/g, "") : input?.value ?? "");

/** [digits as a whole number, decimal places]; null for what is no figure. */
function read(text) {
  const plain = text.normalize("NFKC").replace(/[\s,_'’]|^[^\d.+-]+/g, "").replace(/^\+/, "");
  const [, sign, whole, part = ""] = plain.match(FIGURE) ?? [];
  return whole || part ? [BigInt(`${sign}${whole}${part}`), part.length] : null;
}

function written(sum, places) {
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, "0");
  const whole = BigInt(digits.slice(0, digits.length - places)).toLocaleString(document.documentElement.lang);
  return `${sum < 0n ? "-" : ""}${whole}${places ? `.${digits.slice(-places)}` : ""}`;
}
