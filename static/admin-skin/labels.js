/* Django's searchable choices name themselves by their own empty content; screen readers need the field's label. */
"use strict";
window.addEventListener("load", function () {
  document.querySelectorAll("select.admin-autocomplete").forEach(function (select) {
    var label = document.querySelector('label[for="' + select.id + '"]');
    var box = select.nextElementSibling && select.nextElementSibling.querySelector(".select2-selection");
    if (!label || !box) return;
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", label.textContent.trim());
    var shown = box.querySelector(".select2-selection__rendered");
    if (shown) {
      shown.removeAttribute("role");
      shown.removeAttribute("aria-readonly");
      box.setAttribute("aria-describedby", shown.id);
    }
  });
});
