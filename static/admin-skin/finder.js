// The search box of a choice shows its value in a text box that nobody named: it takes the field's label.
// Waits as autocomplete.js does, and so runs right after it.
django.jQuery(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const shown = document.getElementById(`select2-${select.id}-container`);
    const label = document.querySelector(`label[for="${select.id}"]`);
    if (shown && label) shown.setAttribute("aria-label", label.textContent.replace(/[:：]\s*$/, "").trim());
  }
});
