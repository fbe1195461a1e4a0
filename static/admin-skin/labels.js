/* Django's searchable choices name themselves by their own empty content; screen readers need the field's label. */
"use strict";
(function () {
  function label(select) {
    var field = document.querySelector('label[for="' + select.id + '"]');
    var box = select.nextElementSibling && select.nextElementSibling.querySelector(".select2-selection");
    var shown = box && box.querySelector(".select2-selection__rendered");
    if (!field || !shown) return;
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", field.textContent.trim());
    box.setAttribute("aria-describedby", shown.id);
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
  }
  // Queued behind Django's own preparation of the choices, which this mends.
  if (window.django && window.django.jQuery) {
    window.django.jQuery(function () {
      document.querySelectorAll("select.admin-autocomplete").forEach(label);
    });
  }
})();
