// What is being written is kept in this browser until it is posted: <form data-draft="/e/deal/101/comments">.
import { $, whenAdded } from "./dom.js";

const name = (form) => `draft:${form.dataset.draft}`;

function kept(form) {
  try { return JSON.parse(localStorage.getItem(name(form))); } catch { return null; }
}

function keep(form) {
  const text = $("textarea", form).value;
  try {
    if (text.trim()) localStorage.setItem(name(form), JSON.stringify({ text, kind: $("[name=kind]:checked", form)?.value }));
    else localStorage.removeItem(name(form));
  } catch { /* A browser that keeps nothing still posts. */ }
}

whenAdded("form[data-draft]", (form) => {
  const text = $("textarea", form);
  const draft = kept(form);
  if (draft && !text.value.trim()) {
    text.value = draft.text;
    const kind = $(`[name=kind][value="${CSS.escape(draft.kind ?? "")}"]`, form);
    if (kind) kind.checked = true;
  }
  form.addEventListener("input", () => keep(form));
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement?.closest?.("form[data-draft]");
  if (form && ctx.response?.status < 300) try { localStorage.removeItem(name(form)); } catch { /* As above. */ }
});
