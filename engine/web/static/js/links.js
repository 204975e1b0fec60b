// Several linked records: picking one adds it to the chips. A chip is a ticked box: unticking it takes the record away.
import { $, $$ } from "./dom.js";

export function wire(select) {
  const links = select.closest(".links");
  select.addEventListener("change", (event) => {
    event.stopPropagation();
    const option = select.selectedOptions[0];
    if (option?.value) add(links, option.value, option.text);
    select.replaceChildren(new Option("", ""));
    $(".picker__input", links).value = "";
  });
}

function add(links, value, title) {
  let box = $$(".links__one > input", links).find((each) => each.value === value);
  if (!box) {
    const chip = $("template", links).content.firstElementChild.cloneNode(true);
    box = $("input", chip);
    box.value = value;
    $("span", chip).textContent = title;
    $(".links__chosen", links).append(chip);
  }
  box.checked = true;
}
