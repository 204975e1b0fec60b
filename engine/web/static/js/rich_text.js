// The editor of a formatted text. The textarea stays and holds what is posted; it is only written when somebody types.
import Trix from "../vendor/trix/trix.esm.min.js";
import { $ } from "./dom.js";

const { blockAttributes, textAttributes } = Trix.config;
blockAttributes.default.tagName = "p";
blockAttributes.heading1.tagName = "h2";
blockAttributes.heading2 = { ...blockAttributes.heading1, tagName: "h3" };
blockAttributes.heading3 = { ...blockAttributes.heading1, tagName: "h4" };
textAttributes.strike.tagName = "s";
textAttributes.underline = { tagName: "u", inheritable: true };
textAttributes.subscript = { tagName: "sub", inheritable: true };
textAttributes.superscript = { tagName: "sup", inheritable: true };

const MARKUP = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|<!--/i;
let serial = 0;

export function wire(rich) {
  const textarea = $("textarea", rich);
  if (textarea.readOnly) return;
  const focused = document.activeElement === textarea;
  const bar = $("template", rich).content.firstElementChild.cloneNode(true);
  bar.id = `rich-${serial += 1}`;
  const editor = document.createElement("trix-editor");
  editor.setAttribute("toolbar", bar.id);
  editor.className = "prose-editor";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  for (const name of ["id", "aria-label", "aria-invalid", "aria-describedby"]) if (textarea.hasAttribute(name)) editor.setAttribute(name, textarea.getAttribute(name));
  textarea.removeAttribute("id");
  editor.addEventListener("trix-initialize", () => {
    editor.editor.loadHTML(asHtml(textarea.value));
    editor.addEventListener("trix-change", () => { textarea.value = editor.editor.getDocument().toString().trim() ? editor.value : ""; });
    if (focused) editor.focus();
  }, { once: true });
  // It writes what was typed with the next frame; who leaves or sends before that has typed it all the same.
  const written = () => editor.editorController?.render();
  editor.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) written(); }, true);
  editor.addEventListener("focusout", written);
  textarea.form?.addEventListener("submit", written, true);
  rich.append(bar, editor);
}

function asHtml(text) {
  if (MARKUP.test(text)) return text;
  const holder = document.createElement("div");
  for (const block of text.split(/\n{2,}/)) { const p = document.createElement("p"); p.innerText = block; holder.append(p); }
  return holder.innerHTML;
}

// Files have a field of their own; a picture that is pasted is not taken.
document.addEventListener("trix-file-accept", (event) => event.preventDefault());
document.addEventListener("trix-attachment-add", (event) => event.attachment.remove());
