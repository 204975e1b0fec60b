// A signature is drawn with a finger, a pen or the mouse; it is sent as a picture when its form is.
import { $, $$ } from "./dom.js";

const WIDTH = 2.4;
const MARGIN = 12;
const SHARP = 2;
const pads = new WeakMap();

export function wire(pad, send) {
  if (pads.has(pad)) return;
  const canvas = $("canvas", pad);
  const strokes = [];
  const changed = () => {
    pad.classList.toggle("is-signed", strokes.length > 0);
    $$("[data-pad-undo], [data-pad-clear]", pad).forEach((button) => { button.disabled = !strokes.length; });
    paint(canvas, strokes);
  };
  pads.set(pad, { strokes, send: () => { send(asFile(strokes, pad.dataset.pad)); strokes.length = 0; changed(); } });
  draws(canvas, strokes, changed);
  $("[data-pad-undo]", pad).addEventListener("click", () => { strokes.pop(); changed(); });
  $("[data-pad-clear]", pad).addEventListener("click", () => { strokes.length = 0; changed(); });
  new ResizeObserver(changed).observe(canvas);
}

// Before the form asks whether anything is still on its way.
window.addEventListener("submit", (event) => {
  for (const pad of $$("[data-pad]", event.target)) {
    if (!pads.get(pad)?.strokes.length) continue;
    if (pad.closest("[data-fileblock]")) event.preventDefault();
    pads.get(pad).send();
  }
}, true);

function draws(canvas, strokes, changed) {
  let stroke = null;
  const point = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button || stroke) return;
    canvas.setPointerCapture(event.pointerId);
    stroke = [point(event)];
    strokes.push(stroke);
    changed();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    stroke.push(...(moves.length ? moves : [event]).map(point));
    paint(canvas, strokes);
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) canvas.addEventListener(name, () => { stroke = null; });
}

function paint(canvas, strokes) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  ink(context, strokes, getComputedStyle(canvas).color);
}

function ink(context, strokes, colour) {
  Object.assign(context, { strokeStyle: colour, lineWidth: WIDTH, lineCap: "round", lineJoin: "round" });
  for (const [first, ...rest] of strokes) {
    context.beginPath();
    context.moveTo(...first);
    let last = first;
    for (const next of rest) {
      context.quadraticCurveTo(...last, (last[0] + next[0]) / 2, (last[1] + next[1]) / 2);
      last = next;
    }
    context.lineTo(...last);
    context.stroke();
  }
}

// Dark on white paper and no larger than what is drawn, whatever the theme of the page is.
function asFile(strokes, name) {
  const xs = strokes.flat().map(([x]) => x), ys = strokes.flat().map(([, y]) => y);
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const sheet = document.createElement("canvas");
  sheet.width = Math.ceil((Math.max(...xs) + MARGIN - left) * SHARP);
  sheet.height = Math.ceil((Math.max(...ys) + MARGIN - top) * SHARP);
  const context = sheet.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.setTransform(SHARP, 0, 0, SHARP, -left * SHARP, -top * SHARP);
  ink(context, strokes, "black");
  const bytes = atob(sheet.toDataURL("image/png").split(",")[1]);
  return new File([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], name, { type: "image/png" });
}
