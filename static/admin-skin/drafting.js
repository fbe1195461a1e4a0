/* The sheet of a plan in the making: what is understood as one types, Enter down the column, Ctrl+S, nothing lost. */
"use strict";
(function () {
  var form = document.querySelector("form[data-draft]");
  if (!form) return;
  var wordings = Array.from(form.querySelectorAll('.draft-line [data-field="wording"]'));

  // What the machine understands, a moment after the last key; an answer that was overtaken is not shown.
  wordings.forEach(function (box) {
    var line = box.closest(".draft-line");
    var echo = line.querySelector("[data-echo]");
    var unit = line.querySelector('[data-field="unit"]');
    var timer, asked = 0;
    function ask() {
      var mine = ++asked;
      var query = new URLSearchParams({
        year: form.dataset.year, indicator: line.dataset.indicator, unit: unit.value, wording: box.value
      });
      fetch(form.dataset.reading + "?" + query, { headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok && !answer.redirected ? answer.json() : null; })
        .then(function (said) {
          if (!said || mine !== asked) return;
          echo.textContent = "系统理解为：" + said.says + (said.doubt ? "（" + said.doubt + "）" : "");
          echo.classList.toggle("doubt", Boolean(said.doubt));
        })
        .catch(function () { /* the sheet says it after saving */ });
    }
    [box, unit].forEach(function (field) {
      field.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 250); });
    });
  });

  form.addEventListener("keydown", function (event) {
    var place = wordings.indexOf(event.target);
    var step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" || event.key === "Enter" ? 1 : 0;
    if (event.isComposing || !step) return;
    if (place < 0) {
      // Enter in any other box would send the whole sheet by accident.
      if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
      return;
    }
    event.preventDefault();
    var next = wordings[place + step];
    if (next) { next.focus(); next.select(); }
  });

  var changed = false;
  form.addEventListener("input", function () { changed = true; });
  form.addEventListener("submit", function () { changed = false; });
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value="save"]'));
    }
  });
  window.addEventListener("beforeunload", function (event) {
    if (changed) event.preventDefault();
  });
})();
