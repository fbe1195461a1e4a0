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

  // What a form would do, computed by the server while it is filled in; the button beside it does the same.
  each("form[data-look]", function (form) {
    var asked = 0;
    function look() {
      if (form.dataset.sent) return;
      var filled = new FormData(form);
      var ticket = ++asked;
      filled.set("step", "look");
      form.querySelectorAll('input[type="file"]').forEach(function (input) { filled.delete(input.name); });
      fetch(form.getAttribute("action") || window.location.href, { method: "POST", body: filled, credentials: "same-origin" })
        .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
        .then(function (text) {
          var found = text && new DOMParser().parseFromString(text, "text/html").getElementById("effects");
          var shown = document.getElementById("effects");
          if (found && shown && ticket === asked && found.querySelector(".effect")) shown.replaceWith(found);
        })
        .catch(function () {});
    }
    form.addEventListener("change", look);
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
