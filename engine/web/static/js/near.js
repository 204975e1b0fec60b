// Behaviour that is loaded when a hand comes near: a first visit reads without it. What the hand did meanwhile is done
// again once the behaviour is there.
const SIGNS = ["pointerover", "pointerdown", "focusin", "keydown"];

/** Calls `load` at the first sign of a hand; `wanted` says which clicks cannot do without it. */
export function whenNear(load, wanted) {
  let loading, ready = false;
  const begin = () => { loading ??= load().then(() => { ready = true; }); return loading; };
  const again = (event) => {
    if (ready || !event.isTrusted || !event.target.closest?.(wanted) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target } = event;
    begin().then(() => target.isConnected && target.dispatchEvent(new event.constructor(event.type, event)));
  };
  for (const sign of SIGNS) addEventListener(sign, begin, { once: true, capture: true, passive: true });
  addEventListener("click", again, true);
  addEventListener("keydown", (event) => { if (event.key === " " || event.key.length === 1) again(event); }, true);
}
