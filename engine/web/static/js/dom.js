// Small names for what every module does.
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** The page's own sentences, written by the server on <body data-t-*>. */
export const say = (name) => document.body.dataset[`t${name[0].toUpperCase()}${name.slice(1)}`] ?? "";

export const csrf = () => $('meta[name="csrf-token"]').content;

/** Calls `wire` for each match of `selector` now and after every swap. */
export function whenAdded(selector, wire) {
  const run = (root) => {
    if (root.matches?.(selector)) wire(root);
    $$(selector, root).forEach(wire);
  };
  run(document);
  document.addEventListener("htmx:after:process", (event) => run(event.target));
}

export function icon(name, size = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", size ? `icon icon--${size}` : "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${new URL("../icons.svg", import.meta.url).pathname}#i-${name}`);
  svg.append(use);
  return svg;
}

export const typing = (target) => target.matches?.("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");

/** Whether a key may act by itself: the profile can turn off those that write a character (WCAG 2.1.4). */
export const acts = (event) => document.documentElement.dataset.keys !== "off" || !/^\S$/.test(event.key);
