// Behaviour that is loaded when a hand comes near. What came too early is done again once it is there.
const SIGNS = ["pointerover", "pointerdown", "focusin", "keydown"];

/** Calls `load` at the first sign of a hand; a click on `clicked`, and one of `keys` on `keyed`, wait for it. */
export function whenNear(load, clicked, keyed, keys = " ") {
  let loading, ready = false;
  const begin = () => { loading ??= load().then(() => { ready = true; }); return loading; };
  const again = (event, wanted) => {
    if (ready || !event.isTrusted || !event.target.closest?.(wanted) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target } = event;
    begin().then(() => target.isConnected && target.dispatchEvent(new event.constructor(event.type, event)));
  };
  for (const sign of SIGNS) addEventListener(sign, begin, { once: true, capture: true, passive: true });
  addEventListener("click", (event) => again(event, clicked), true);
  addEventListener("keydown", (event) => { if (keys.includes(event.key.toLowerCase())) again(event, keyed); }, true);
}
