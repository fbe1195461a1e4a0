/* The entry grid by keyboard, saving itself on the server as one goes. What is typed is kept in this page only, never
   in the browser's storage: the computers are shared. Without this file the page is a plain form. */
"use strict";
(function () {
  var form = document.getElementById("entry");
  if (!form || !form.dataset.save) return;
  var table = form.querySelector("table.grid");
  var saved = document.getElementById("saved");
  var notice = document.getElementById("notice");
  var preview = document.getElementById("preview");
  var WAIT = 700;
  var dirty = new Set();
  var clashing = new Set();
  var timer = null;
  var sending = null;
  var leaving = false;

  // --- rows ------------------------------------------------------------------------------------------------
  function rows() { return table ? Array.from(table.querySelectorAll("tr[data-key]")) : []; }
  function rowOf(key) { return table && table.querySelector('tr[data-key="' + key + '"]'); }
  function field(row, name) { return row.querySelector('[name="' + name + "-" + row.dataset.key + '"]'); }
  /* The explanation under a row: its own line of the table, opened where the row asks for it. */
  var WHY = ["why", "next", "forecast"];
  function lineOf(row) { return table.querySelector('tr[data-why="' + row.dataset.key + '"]'); }
  function inWhy(row, name) { return lineOf(row).querySelector('[name="' + name + "-" + row.dataset.key + '"]'); }
  function asksWhy(row) {
    var fields = lineOf(row).querySelector("fieldset");
    return Boolean(fields) && !fields.disabled;
  }
  function rowAt(place) {
    var line = place.closest("tr");
    return line.dataset.why ? rowOf(line.dataset.why) : line;
  }
  function askWhy(row, sentence) {
    var fields = lineOf(row).querySelector("fieldset");
    if (!fields) return;
    var written = WHY.some(function (name) { return inWhy(row, name).value.trim(); });
    fields.querySelector(".asked").textContent = sentence;
    fields.disabled = lineOf(row).hidden = !sentence && !written;
  }
  function isSilent(row) { return field(row, "state").value !== "reported"; }
  function said(row) {
    var words = ["cell", "state", "note"].map(function (name) { return field(row, name).value; });
    if (asksWhy(row)) WHY.forEach(function (name) { words.push(inWhy(row, name).value); });
    return words.join("\u0000");
  }
  function element(name, words, kind) {
    var made = document.createElement(name);
    if (words) made.textContent = words;
    if (kind) made.className = kind;
    return made;
  }

  /* A reason picked instead of a figure leaves the number empty; taking it back brings the number back. */
  function settle(row) {
    var cell = field(row, "cell");
    if (isSilent(row)) {
      if (cell.value) { cell.dataset.kept = cell.value; cell.value = ""; }
    } else if (!cell.value && cell.dataset.kept) {
      cell.value = cell.dataset.kept;
      delete cell.dataset.kept;
    }
    cell.readOnly = isSilent(row);
    cell.placeholder = isSilent(row) ? "—" : "";
  }

  function count() {
    var all = rows(), figures = 0, dealt = 0, errors = [], warnings = 0;
    all.forEach(function (row) {
      var cell = field(row, "cell");
      var text = cell ? cell.value.trim() : row.querySelector(".own").textContent.trim().replace("—", "");
      var silent = cell ? isSilent(row) : row.querySelector(".word").textContent.trim() && !text;
      if (text) figures += 1;
      if (text || silent) dealt += 1;
      if (row.classList.contains("is-error")) errors.push(row);
      if (row.classList.contains("is-warning")) warnings += 1;
    });
    document.getElementById("dealt").value = dealt;
    document.getElementById("dealt-words").textContent = dealt + " / " + all.length;
    document.getElementById("dealt-kinds").textContent = "填数 " + figures + " · 选原因 " + (dealt - figures);
    tell("errors", errors.length);
    tell("warnings", warnings);
    tell("faults", errors.length);
    var list = document.querySelector("#faults ul");
    list.replaceChildren.apply(list, errors.map(function (row) {
      var line = element("li"), why = row.querySelector(".choice legend") || row.querySelector(".remarks p");
      var link = element("a", row.dataset.name + (why ? "：" + why.firstChild.textContent : ""));
      link.href = "#c-" + row.dataset.key;
      line.append(link);
      return line;
    }));
  }
  function tell(id, number) {
    var place = document.getElementById(id);
    place.hidden = number === 0;
    place.querySelector("b").textContent = number;
  }

  function weigh(row, remarks) {
    var note = field(row, "note").value.trim();
    var worst = remarks.some(function (one) { return one.severity === "error"; }) ? "error"
      : remarks.some(function (one) { return one.severity === "warning"; }) && !note ? "warning" : "";
    row.classList.toggle("is-error", worst === "error");
    row.classList.toggle("is-warning", worst === "warning");
    field(row, "cell").setAttribute("aria-invalid", worst === "error" ? "true" : "false");
  }
  function showRemarks(row, remarks) {
    var place = row.querySelector(".remarks");
    place.replaceChildren.apply(place, remarks.map(function (one) {
      var line = element("p", one.says, "is-" + one.severity);
      if (one.offer) {
        var take = element("button", "改为" + one.offer, "take");
        take.type = "button";
        take.dataset.offer = one.offer;
        line.append(" ", take);
      }
      return line;
    }));
    weigh(row, remarks);
  }

  // --- saving ----------------------------------------------------------------------------------------------
  function touch(row) {
    dirty.add(row.dataset.key);
    row.classList.add("is-changed");
    saved.textContent = "正在填写…";
    saved.className = "";
    clearTimeout(timer);
    timer = setTimeout(flush, WAIT);
  }
  function sheet(keys) {
    var sent = new FormData();
    ["csrfmiddlewaretoken", "reader", "provider", "channel", "provided_at"].forEach(function (name) {
      if (form.elements[name]) sent.append(name, form.elements[name].value);
    });
    var seen = [];
    keys.forEach(function (key) {
      var row = rowOf(key);
      ["cell", "state", "note"].forEach(function (name) { sent.append(name + "-" + key, field(row, name).value); });
      if (asksWhy(row)) {
        WHY.concat("whyseen").forEach(function (name) { sent.append(name + "-" + key, inWhy(row, name).value); });
      }
      seen.push(key + ":" + row.dataset.seen);
    });
    sent.append("seen", seen.join(" "));
    return sent;
  }
  function stamps() {
    form.elements.seen.value = rows().filter(function (row) { return field(row, "cell"); })
      .map(function (row) { return row.dataset.key + ":" + row.dataset.seen; }).join(" ");
  }
  function post(url, sent) {
    return fetch(url, { method: "POST", body: sent, credentials: "same-origin", headers: { Accept: "application/json" } });
  }
  /* Somebody who signed in again in another tab has a new token; ask for it once, then try again. */
  function persist(url, fill) {
    return post(url, fill()).then(function (answer) {
      if (answer.status !== 403 || !isJson(answer)) return answer;
      return answer.clone().json().then(function (told) {
        if (!told.renew) return answer;
        return renew().then(function (renewed) { return renewed.ok ? post(url, fill()) : renewed; });
      });
    });
  }
  function renew() {
    return fetch(form.dataset.token, { credentials: "same-origin", headers: { Accept: "application/json" } }).then(function (answer) {
      if (!answer.ok) return answer;
      return answer.clone().json().then(function (fresh) {
        form.elements.csrfmiddlewaretoken.value = fresh.token;
        return answer;
      });
    });
  }
  function isJson(answer) { return (answer.headers.get("Content-Type") || "").indexOf("json") > -1; }

  function flush() {
    clearTimeout(timer);
    if (sending) return sending.then(flush);
    var keys = Array.from(dirty).filter(function (key) { return !clashing.has(key); });
    if (!keys.length) return Promise.resolve(!dirty.size);
    var sentAs = {};
    keys.forEach(function (key) { sentAs[key] = said(rowOf(key)); });
    saved.textContent = "正在保存…";
    sending = persist(form.dataset.save, function () { return sheet(keys); })
      .then(function (answer) {
        if (!isJson(answer)) throw new Error(String(answer.status));
        return answer.json().then(function (told) { return answered(answer.status, told, sentAs); });
      })
      .catch(function () {
        complain("没有连上服务器，还没有保存。您填的数都在这个页面上，请不要关闭；网络恢复后会再保存。");
        timer = setTimeout(flush, 5000);
        return false;
      })
      .finally(function () { sending = null; });
    return sending.then(function (whole) {
      var more = Array.from(dirty).some(function (key) { return !clashing.has(key) && !sentAs[key]; });
      return whole && more ? flush() : whole;
    });
  }
  function answered(status, told, sentAs) {
    if (status === 200) return kept(told, sentAs);
    if (told.clashes) {
      Object.keys(told.clashes).forEach(function (key) { clash(rowOf(key), told.clashes[key]); });
      complain(told.says);
      count();
      var rest = Object.keys(sentAs).some(function (key) { return !told.clashes[key]; });
      if (rest) timer = setTimeout(flush, 0);
      return false;
    }
    if (told.cells) {
      Object.keys(told.cells).forEach(function (key) {
        var row = rowOf(key);
        if (row) showRemarks(row, [{ severity: "error", says: told.cells[key], offer: "" }]);
        if (row && asksWhy(row) && told.whyseen) inWhy(row, "whyseen").value = told.whyseen[key] || "";
        dirty.delete(key);
      });
      complain(told.says);
      count();
      if (dirty.size) timer = setTimeout(flush, 0);
      return false;
    }
    complain(told.says, told.login);
    return false;
  }
  function kept(told, sentAs) {
    Object.keys(told.rows).forEach(function (key) {
      var row = rowOf(key), now = told.rows[key];
      if (!row || !field(row, "cell")) return;
      if (now.saved) {
        row.dataset.seen = now.seen;
        if (asksWhy(row)) inWhy(row, "whyseen").value = now.whyseen;
        if (said(row) === sentAs[key]) {
          dirty.delete(key);
          row.classList.remove("is-changed");
          stored(row, now);
        }
      }
      askWhy(row, now.asked);
      if (!dirty.has(key)) showRemarks(row, now.remarks);
    });
    stamps();
    notice.replaceChildren();
    saved.className = "";
    saved.textContent = dirty.size ? "正在填写…" : "草稿已保存 " + told.at;
    count();
    return true;
  }
  /* Words typed into the cell became the state: show it so, once the person has left the cell. */
  function stored(row, now) {
    var cell = field(row, "cell");
    if (document.activeElement === cell || field(row, "state").value === now.state) return;
    if (now.state === "reported") return;
    field(row, "state").value = now.state;
    field(row, "note").value = now.note;
    cell.value = "";
    settle(row);
  }
  function complain(says, login) {
    saved.textContent = "没有保存";
    saved.className = "is-error";
    var line = element("p", says, "notice is-error");
    if (login) {
      var link = element("a", "在新标签页登录");
      link.href = login;
      link.target = "_blank";
      link.rel = "noopener";
      line.append(" ", link);
    }
    notice.replaceChildren(line);
  }
  /* Two people in one cell: both values are shown, and nothing is written until this person decides. */
  function clash(row, theirs) {
    if (!row) return;
    clashing.add(row.dataset.key);
    var old = row.querySelector(".choice");
    if (old) old.remove();
    var box = element("fieldset", "", "choice");
    box.append(element("legend", (theirs.by || "别人") + "刚改为：" + theirs.shown));
    box.append(element("p", "您填的：" + (field(row, "cell").value || field(row, "state").selectedOptions[0].text)));
    [["用对方的", true], ["用我填的", false]].forEach(function (way) {
      var button = element("button", way[0]);
      button.type = "button";
      button.addEventListener("click", function () { decide(row, box, theirs, way[1]); });
      box.append(button, " ");
    });
    row.querySelector(".msg").append(box);
    row.classList.add("is-error");
  }
  function decide(row, box, theirs, yielding) {
    if (yielding) {
      delete field(row, "cell").dataset.kept;
      field(row, "cell").value = theirs.text;
      field(row, "state").value = theirs.state;
      field(row, "note").value = theirs.note;
      settle(row);
    }
    row.dataset.seen = theirs.seen;
    clashing.delete(row.dataset.key);
    box.remove();
    field(row, "cell").focus();
    touch(row);
    flush();
  }

  // --- the keyboard ----------------------------------------------------------------------------------------
  function move(from, by) {
    var column = from.name.split("-")[0], open = rows().filter(function (row) { return field(row, "cell"); });
    var next = open[open.indexOf(from.closest("tr")) + by];
    if (!next) return;
    var to = field(next, column);
    to.focus();
    if (to.select) to.select();
  }
  function aside(from, by) {
    var order = ["cell", "state", "note"], row = from.closest("tr");
    var to = order[order.indexOf(from.name.split("-")[0]) + by];
    if (to) field(row, to).focus();
    return Boolean(to);
  }
  function atEdge(box, by) {
    if (box.tagName === "SELECT" || box.selectionStart !== box.selectionEnd) return false;
    return by < 0 ? box.selectionStart === 0 : box.selectionEnd === box.value.length;
  }
  function onKey(event) {
    var box = event.target;
    if (event.isComposing || !box.closest("td.in")) return;
    var steps = { ArrowUp: -1, ArrowDown: 1 }, sides = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.key === "Enter" && event.altKey) {
      var take = box.closest("tr").querySelector(".take");
      if (take) take.click();
    } else if (event.key === "Enter") {
      move(box, event.shiftKey ? -1 : 1);
    } else if (steps[event.key] && box.tagName !== "SELECT" && !event.altKey) {
      move(box, steps[event.key]);
    } else if (!(sides[event.key] && !event.shiftKey && atEdge(box, sides[event.key]) && aside(box, sides[event.key]))) {
      return;
    }
    event.preventDefault();
  }

  // --- a paste ---------------------------------------------------------------------------------------------
  function onPaste(event) {
    var box = event.target, text = event.clipboardData.getData("text/plain");
    if (!box.name || box.name.indexOf("cell-") !== 0) return;
    var single = !/[\t\n]/.test(text.trim()) && !/[，,；;].*[0-9]/.test(text);
    if (single) return;
    event.preventDefault();
    foresee(text, box.closest("tr").dataset.key);
  }
  function foresee(text, start) {
    var open = rows().filter(function (row) { return field(row, "cell"); })
      .map(function (row) { return row.dataset.key; });
    persist(form.dataset.paste + location.search, function () {
      var sent = sheet(open);
      sent.append("pasted", text);
      sent.append("start", start || "");
      sent.append("part", "yes");
      return sent;
    }).then(function (answer) {
      if (answer.ok) return answer.text().then(ask);
      if (isJson(answer)) return answer.json().then(function (told) { complain(told.says, told.login); });
      complain("没有能够预览，什么都没有填。");
    }).catch(function () { complain("没有连上服务器，什么都没有填。"); });
  }
  function ask(page) {
    preview.innerHTML = page; // written and escaped by our own server
    var end = element("p", "", "end"), fill = element("button", "填入", "main-button");
    var no = element("button", "不填", "quiet-button");
    fill.type = no.type = "button";
    no.addEventListener("click", function () { preview.close(); });
    fill.addEventListener("click", function () { take(); preview.close(); });
    if (preview.querySelector("[name=take]")) end.append(fill);
    end.append(no);
    preview.append(end);
    preview.showModal();
    (end.querySelector(".main-button") || no).focus();
  }
  function take() {
    var first = null;
    preview.querySelectorAll("[name=take]:checked").forEach(function (box) {
      var row = rowOf(box.value), coming = box.closest("tr").dataset;
      delete field(row, "cell").dataset.kept;
      field(row, "state").value = "reported";
      settle(row);
      field(row, "cell").value = coming.text;
      if (coming.note) field(row, "note").value = coming.note;
      first = first || row;
      touch(row);
    });
    if (first) field(first, "cell").focus();
    flush();
  }

  /* What says nothing need not travel: the server takes so many fields at once and no more. */
  function lighten(travelling) {
    rows().forEach(function (row) {
      if (!field(row, "cell")) return;
      field(row, "state").disabled = travelling && !isSilent(row);
      field(row, "note").disabled = travelling && !field(row, "note").value;
    });
  }

  // --- listening -------------------------------------------------------------------------------------------
  if (table) {
    rows().forEach(function (row) { if (field(row, "cell")) settle(row); });
    table.addEventListener("input", function (event) {
      var row = rowAt(event.target);
      if (event.target.name.indexOf("state-") === 0) settle(row);
      touch(row);
    });
    table.addEventListener("change", function () { if (dirty.size) flush(); });
    table.addEventListener("keydown", onKey);
    table.addEventListener("paste", onPaste);
    table.addEventListener("click", function (event) {
      if (!event.target.classList.contains("take")) return;
      var row = event.target.closest("tr");
      field(row, "cell").value = event.target.dataset.offer;
      field(row, "cell").focus();
      touch(row);
      flush();
    });
  }
  document.addEventListener("keydown", function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    flush().then(function (whole) {
      if (whole && !saved.textContent) saved.textContent = "没有要保存的改动";
    });
  });
  form.addEventListener("submit", function (event) {
    if (leaving || !event.submitter) return;
    event.preventDefault();
    if (event.submitter.id === "see-paste") {
      foresee(document.getElementById("pasted").value, "");
      return;
    }
    var submitter = event.submitter;
    submitter.disabled = true;
    flush().then(function (whole) {
      if (!whole) return null;
      return renew().then(function (answer) {
        if (answer.ok) {
          leaving = true;
          stamps();
          lighten(true);
          submitter.disabled = false;
          form.requestSubmit(submitter);
          return null;
        }
        return answer.json().then(function (told) { complain(told.says, told.login); });
      });
    }).catch(function () { complain("没有连上服务器，还没有报送。"); })
      .finally(function () { submitter.disabled = false; });
  });
  window.addEventListener("beforeunload", function (event) {
    if (dirty.size && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", function () { leaving = false; lighten(false); });
})();
