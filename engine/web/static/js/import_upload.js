// The file of an import: dropped, pasted or chosen, it is sent at once, with its progress.
import { $, csrf } from "./dom.js";

const TOO_LARGE = 413;
const form = $("#import-upload");
const drop = $(".import__drop", form);
const input = $("#file");
const bar = $("#sending .progress");

input.addEventListener("change", () => { if (input.files[0]) send(input.files[0]); });

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) document.addEventListener(name, (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  const over = name !== "drop" && name !== "dragleave" && !input.disabled;
  drop.classList.toggle("is-over", over);
  if (name === "drop" && !input.disabled && event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
});

document.addEventListener("paste", (event) => {
  const file = event.clipboardData?.files[0];
  if (file && !input.disabled) { event.preventDefault(); send(file); }
});

function send(file) {
  $("#sent-e").hidden = true;
  if (file.size > Number(form.dataset.limit)) { refuse(form.dataset.large); return; }
  const body = new FormData();
  body.append("file", file, file.name);
  input.disabled = true;
  $("#sending").hidden = false;
  $("#sending [data-name]").textContent = file.name;
  progress(0);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRF-Token", csrf());
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => progress(event.loaded / event.total));
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => refuse(form.dataset.failed));
  request.send(body);
}

function answered(request) {
  const onward = request.getResponseHeader("HX-Redirect");
  if (onward) location.assign(onward);
  else refuse(request.status === TOO_LARGE ? form.dataset.large : request.status === 422 ? request.responseText : form.dataset.failed);
}

function progress(part) {
  const percent = Math.round(part * 100);
  $("i", bar).style.setProperty("--v", String(percent));
  bar.setAttribute("aria-valuenow", String(percent));
  $("#sending [data-said]").textContent = percent < 100 ? form.dataset.sending : form.dataset.reading;
}

function refuse(reason) {
  input.disabled = false;
  input.value = "";
  $("#sending").hidden = true;
  $("#sent-e").hidden = false;
  $("#sent-e span").textContent = reason;
  input.focus();
}

addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
// What was chosen before this module was there.
if (input.files.length) send(input.files[0]);
