/* Small comforts of the workbench; every page works without them. */
"use strict";
(function () {
  function each(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  // Copying a reminder: the text box alone can be selected and copied by hand.
  each("[data-copy]", function (button) {
    var text = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", function () {
      text.select();
      var done = function () { button.textContent = "已复制"; };
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(text.value).then(done, function () {});
      } else if (document.execCommand("copy")) {
        done();
      }
    });
  });

  // Ticking a whole department.
  each("[data-all]", function (all) {
    var boxes = all.closest("section").querySelectorAll('input[name="' + (all.dataset.all || "entry") + '"]');
    all.closest("label").hidden = false;
    all.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = all.checked; });
    });
  });

  // A second click does nothing; the server would refuse it as well.
  each("form[data-once]", function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  });
  window.addEventListener("pageshow", function () {
    each("form[data-once]", function (form) { delete form.dataset.sent; });
  });
})();
