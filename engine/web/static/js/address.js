// A Chinese address: province, city and district offer what belongs together. Typing a district finds its city.
import { $ } from "./dom.js";
import { Suggestions, fetched } from "./suggest.js";

const LEVELS = ["province", "city", "district"];
const CHINA = /^(cn|china|prc|中国|中国大陆|中华人民共和国|p\.?r\.? ?china|mainland china)$/i;

export function wire(address) {
  const part = (name) => $(`[data-part="${name}"]`, address);
  if (part("province").readOnly) return;
  const lists = {};
  for (const level of LEVELS) {
    lists[level] = new Suggestions(part(level), {
      find: (typed) => (isChinese(address, part("country").value.trim()) ? offered(part, level, typed) : []),
      take: (item) => take(part, lists, level, item),
    });
  }
}

function isChinese(address, country) {
  return country ? CHINA.test(country) : address.dataset.address === "CN" || document.documentElement.lang.startsWith("zh");
}

function offered(part, level, typed) {
  const query = new URLSearchParams({ level, q: typed });
  for (const above of LEVELS.slice(0, LEVELS.indexOf(level))) query.set(above, part(above).value.trim());
  return fetched(`/regions?${query}`);
}

/** Fills what the choice says, empties what lay below another region, and goes on to the next level. */
function take(part, lists, level, item) {
  const changed = LEVELS.some((name) => item.dataset[name] && item.dataset[name] !== part(name).value);
  for (const name of LEVELS) {
    if (item.dataset[name] || changed) { part(name).value = item.dataset[name]; part(name).dispatchEvent(new Event("change", { bubbles: true })); }
  }
  const below = LEVELS[LEVELS.indexOf(level) + 1];
  const next = below && !part(below).value ? part(below) : part("street");
  next.focus();
  if (below && next === part(below)) lists[below].open("");
}
