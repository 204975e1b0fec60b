// A strip of tabs that scrolls shows the current one.
import { whenAdded } from "./dom.js";

whenAdded(".tabs > [aria-current]", (tab) => {
  const strip = tab.parentElement;
  const [inner, outer] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()];
  if (inner.left < outer.left || inner.right > outer.right) strip.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
});
