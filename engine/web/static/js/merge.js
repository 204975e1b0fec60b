// Takes every value of one record at a press, and lays the column of the one that stays bare to see.

const form = document.querySelector("[data-merge]");

function take(id) {
  for (const radio of form.querySelectorAll(`tbody input[type="radio"][value="${CSS.escape(id)}"]`)) radio.checked = true;
  const stays = form.querySelector(`input[name="survivor"][value="${CSS.escape(id)}"]`);
  if (stays) stays.checked = true;
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (button) take(button.dataset.take);
});
