/* Updates of projects. On a phone: what is typed is kept on this phone until the server has it, and sent again at the
   person's tap. On a desk: the keyboard, pasting, and saving without leaving. Without this file all are plain forms. */
"use strict";
(function () {
  var phone = document.getElementById("one");
  var tasks = document.getElementById("tasks");
  var notice = document.getElementById("notice");
  document.documentElement.classList.add("scripted");
  if (!phone && !(tasks && tasks.querySelector("[name^=stage-]"))) return;
  var form = phone || tasks;
  var saved = document.getElementById("saved");
  var leaving = false;
  var waiting = null; // the button whose form did not reach the server

  function element(name, words, kind) {
    var made = document.createElement(name);
    if (words) made.textContent = words;
    if (kind) made.className = kind;
    return made;
  }
  function tell(sentences, kind) {
    var box = element("div", "", "notice " + (kind || "is-error"));
    sentences.forEach(function (sentence) { box.append(element("p", sentence)); });
    notice.replaceChildren(box);
    notice.focus();
    notice.scrollIntoView({ block: "center" });
    return box;
  }
  function isJson(answer) { return (answer.headers.get("Content-Type") || "").indexOf("json") > -1; }

  // --- sending ---------------------------------------------------------------------------------------------
  function post(url, fill) {
    return fetch(url, { method: "POST", body: fill(), credentials: "same-origin", headers: { Accept: "application/json" } });
  }
  /* Somebody who signed in again in another tab has a new token; ask for it once, then try again. */
  function persist(url, fill) {
    return post(url, fill).then(function (answer) {
      if (answer.status !== 403 || !isJson(answer)) return answer;
      return answer.clone().json().then(function (told) {
        if (!told.renew) return answer;
        return fetch(form.dataset.token, { credentials: "same-origin", headers: { Accept: "application/json" } })
          .then(function (fresh) { return fresh.ok ? fresh.json() : null; })
          .then(function (fresh) {
            if (!fresh) return answer;
            form.elements.csrfmiddlewaretoken.value = fresh.token;
            return post(url, fill);
          });
      });
    });
  }
  function send(button) {
    var act = button.value, place = form.getAttribute("action") || location.href;
    if (phone && act !== "unchanged" && !form.reportValidity()) return;
    if (phone && tooLarge()) return;
    hold(true);
    if (act !== "unchanged") keep(); // the tab may be closed before the answer comes
    saved.textContent = "正在发送…";
    persist(place, function () {
      lighten(true);
      var sent = new FormData(form);
      lighten(false);
      sent.set("do", act);
      return sent;
    }).then(function (answer) {
      if (!isJson(answer)) throw new Error(String(answer.status));
      return answer.json().then(function (told) { answered(told, button); });
    }).catch(function () { unreached(button); }).finally(function () { hold(false); });
  }
  function hold(busy) {
    form.querySelectorAll("button[name=do]").forEach(function (button) { button.disabled = busy; });
  }
  function answered(told) {
    waiting = null;
    if (told.next) {
      leaving = true;
      forget();
      location.assign(told.next);
      return;
    }
    saved.textContent = "没有保存";
    var box = tell(told.says);
    if (told.login) {
      var link = element("a", "在新标签页登录");
      link.href = told.login;
      link.target = "_blank";
      link.rel = "noopener";
      box.append(link);
    }
    if (phone) refusedOne(told); else refusedRows(told.rows || {});
  }
  /* No answer came: nothing is lost, and nothing is sent again but at the person's tap. */
  function unreached(button) {
    waiting = button;
    saved.textContent = "没有发出去";
    var words = phone && kept()
      ? ["没有连上服务器，还没有" + (button.value === "submit" ? "报送" : "保存") + "。填的内容都在，也存在这部手机上（只在这部手机上，别处看不到）；照片不存，请先不要关掉这一页。"]
      : ["没有连上服务器，还没有保存。填的都在这个页面上，请不要关闭。"];
    var box = tell(words, "is-offline");
    var again = element("button", "再发一次", "main-button");
    again.type = "button";
    again.id = "again";
    again.addEventListener("click", function () { send(button); });
    box.append(again);
  }
  window.addEventListener("online", function () {
    if (!waiting) return;
    var first = notice.querySelector("p");
    if (first) first.textContent = "网络恢复了，还没有发出去。点“再发一次”。";
  });
  form.addEventListener("submit", function (event) {
    if (leaving || !event.submitter) return;
    if (event.submitter.id === "see-paste") {
      event.preventDefault();
      foresee(document.getElementById("pasted").value, "");
      return;
    }
    event.preventDefault();
    send(event.submitter);
  });

  // --- one task on a phone: kept in this browser -------------------------------------------------------------
  var FORGET_AFTER = 14 * 24 * 3600 * 1000;
  function store() { try { return window.localStorage; } catch (refused) { return null; } }
  function typed() {
    var found = {};
    Array.from(form.elements).forEach(function (box) {
      if (!/^(stage|percent|invested|progress|difficulty|next_step|needs|reason|as_of)-/.test(box.name || "") && box.name !== "provider") return;
      if (box.type === "radio" && !box.checked) return;
      found[box.name] = box.value;
    });
    return found;
  }
  function kept() {
    if (!phone || !store()) return null;
    try { return JSON.parse(store().getItem(form.dataset.keep)); } catch (broken) { return null; }
  }
  function keep() {
    if (!phone || leaving || !store()) return;
    try {
      store().setItem(form.dataset.keep, JSON.stringify({ at: Date.now(), typed: typed() }));
      saved.textContent = "已暂存在这部手机上，还没有存草稿或报送";
    } catch (full) {
      saved.textContent = "还没有存草稿或报送";
    }
  }
  function forget() { if (phone && store()) { try { store().removeItem(form.dataset.keep); } catch (refused) { return; } } }
  function offer() {
    var old = kept(), now = JSON.stringify(typed());
    if (!old || !old.typed || Date.now() - old.at > FORGET_AFTER || JSON.stringify(old.typed) === now) {
      if (old) forget();
      return;
    }
    var place = document.getElementById("kept"), at = new Date(old.at);
    var day = (at.getMonth() + 1) + "月" + at.getDate() + "日 " + at.getHours() + ":" + ("0" + at.getMinutes()).slice(-2);
    place.replaceChildren(element("p", "这部手机上有 " + day + " 填了、没有存到系统里的内容（只存在这部手机上）。"));
    [["接着用", true], ["不要了", false]].forEach(function (way) {
      var button = element("button", way[0], way[1] ? "main-button" : "quiet-button");
      button.type = "button";
      button.addEventListener("click", function () {
        if (way[1]) fill(old.typed); else forget();
        place.hidden = true;
      });
      place.append(button);
    });
    place.hidden = false;
  }
  function fill(old) {
    Object.keys(old).forEach(function (name) {
      var box = form.elements[name];
      if (!box) return;
      box.value = old[name];
    });
    weigh();
    saved.textContent = "已填上，还没有存草稿或报送";
  }
  function tooLarge() {
    var most = Number(form.dataset.most);
    var large = Array.from(document.getElementById("photos").files).filter(function (file) { return file.size > most; });
    if (!large.length) return false;
    tell(large.map(function (file) {
      return "照片“" + file.name + "”太大（" + (file.size / 1048576).toFixed(1) + " MB），每张不超过 20 MB，没有发送。去掉或换一张再点；其余填的都在。";
    }));
    return true;
  }
  /* A step backwards asks why as soon as it is typed; the server asks again. */
  function weigh() {
    var place = document.getElementById("reason"), said = [];
    var order = ["preparatory", "started", "underway", "main_body_complete", "completed"];
    var chosen = form.querySelector("[name^=stage-]:checked"), marked = form.querySelector(".opt small");
    var last = marked && marked.closest("label").querySelector("input");
    if (chosen && last && order.indexOf(last.value) > -1) {
      var back = order.indexOf(chosen.value) < order.indexOf(last.value);
      if (back) said.push("阶段由“" + word(last) + "”退为“" + word(chosen) + "”");
    }
    form.querySelectorAll("[data-last]").forEach(function (box) {
      var now = parseFloat(box.value), before = parseFloat(box.dataset.last);
      if (now < before && /^[\d.]+%?$/.test(box.value.trim())) {
        said.push(form.querySelector('label[for="' + box.id + '"]').textContent + "由" + box.dataset.last + "降为" + box.value.trim());
      }
    });
    document.getElementById("reason-why").textContent = said.length ? said.join("；") + "。请写明为什么。" : "";
    place.classList.toggle("quiet-reason", !said.length && !place.querySelector("textarea").value);
  }
  function word(radio) { return radio.closest("label").querySelector("span").textContent; }
  function refusedOne(told) {
    if (told.seen) form.elements.seen.value = told.seen;
    keep();
    if (told.setbacks && told.setbacks.length) {
      document.getElementById("reason-why").textContent = told.setbacks.join("；") + "。";
      document.getElementById("reason").classList.remove("quiet-reason");
    }
  }
  if (phone) {
    var timer = null;
    form.addEventListener("input", function (event) {
      if (event.target.type === "file") return;
      weigh();
      clearTimeout(timer);
      timer = setTimeout(keep, 250);
    });
    window.addEventListener("pagehide", function () { if (timer && !leaving) keep(); });
    weigh();
    offer();
    return;
  }

  // --- the table on a desk -----------------------------------------------------------------------------------
  var table = tasks.querySelector("table.tasks"), preview = document.getElementById("preview");
  var begun = new Map();
  function rows() { return Array.from(table.querySelectorAll("tr[data-key]")).filter(function (row) { return boxes(row).length; }); }
  function rowOf(key) { return table.querySelector('tr[data-key="' + key + '"]'); }
  function boxes(row) { return Array.from(row.querySelectorAll("input, select, textarea")); }
  function said(row) { return boxes(row).map(function (box) { return box.value; }).join("\u0000"); }
  function changed() { return rows().filter(function (row) { return said(row) !== begun.get(row); }); }
  function mark(row) {
    row.classList.toggle("is-changed", said(row) !== begun.get(row));
    var count = changed().length;
    saved.textContent = count ? "改了 " + count + " 个项目，还没有保存" : "";
  }
  /* Rows that say what they said need not travel. */
  function lighten(travelling) {
    if (phone) return;
    var moved = changed();
    rows().forEach(function (row) {
      var drafted = row.querySelector(".step.is-draft");
      boxes(row).forEach(function (box) { box.disabled = travelling && moved.indexOf(row) < 0 && !drafted; });
    });
  }
  function refusedRows(told) {
    var seen = tasks.elements.seen.value.split(" ");
    Object.keys(told).forEach(function (key) {
      var row = rowOf(key);
      if (!row) return;
      row.classList.add("is-error");
      var place = row.querySelector(".remarks");
      place.replaceChildren.apply(place, told[key].says.map(function (words) { return element("p", words, "is-error"); }));
      if (told[key].says.join("").indexOf("缘由") > -1) askWhy(row, key);
      seen = seen.filter(function (one) { return one.indexOf(key + ":") !== 0; });
      seen.push(key + ":" + told[key].seen);
    });
    tasks.elements.seen.value = seen.join(" ");
    var first = table.querySelector("tr.is-error");
    if (first) first.scrollIntoView({ block: "center" });
  }
  function askWhy(row, key) {
    if (row.querySelector('[name="reason-' + key + '"]')) return;
    var label = element("label", "倒退缘由", "why-back"), box = element("textarea");
    box.name = "reason-" + key;
    box.rows = 1;
    box.maxLength = 2000;
    box.setAttribute("aria-label", row.dataset.name + " 倒退缘由");
    label.append(box);
    row.querySelector(".msg").append(label);
    box.focus();
  }
  function move(from, by) {
    var field = from.name.split("-")[0], open = rows();
    var next = open[open.indexOf(from.closest("tr")) + by];
    var to = next && next.querySelector('[name^="' + field + '-"]');
    if (!to) return;
    to.focus();
    if (to.select) to.select();
  }
  function atEdge(box, by) {
    if (box.tagName === "SELECT" || box.selectionStart !== box.selectionEnd) return false;
    return by < 0 ? box.selectionStart === 0 : box.selectionEnd === box.value.length;
  }
  table.addEventListener("keydown", function (event) {
    var box = event.target;
    if (event.isComposing || !box.name || !box.closest("td.in")) return;
    var steps = { ArrowUp: -1, ArrowDown: 1 };
    if (event.key === "Enter" && !event.altKey) move(box, event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && box.tagName === "TEXTAREA") box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
    else if (steps[event.key] && box.tagName !== "SELECT" && atEdge(box, steps[event.key])) move(box, steps[event.key]);
    else return;
    event.preventDefault();
  });
  table.addEventListener("paste", function (event) {
    var text = event.clipboardData.getData("text/plain");
    if (!event.target.name || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    foresee(text, event.target.name);
  });
  function foresee(text, start) {
    persist(form.dataset.paste, function () {
      lighten(true);
      var sent = new FormData(form);
      lighten(false);
      sent.set("pasted", text);
      sent.set("start", start);
      sent.set("part", "yes");
      return sent;
    }).then(function (answer) {
      if (answer.ok) return answer.text().then(ask);
      if (isJson(answer)) return answer.json().then(function (told) { tell(told.says); });
      throw new Error(String(answer.status));
    }).catch(function () { tell(["没有连上服务器，什么都没有填。"]); });
  }
  function ask(page) {
    preview.innerHTML = page; // written and escaped by our own server
    var end = element("p", "", "end"), fillIn = element("button", "填入", "main-button"), no = element("button", "不填", "quiet-button");
    fillIn.type = no.type = "button";
    no.addEventListener("click", function () { preview.close(); });
    fillIn.addEventListener("click", function () { take(); preview.close(); });
    if (preview.querySelector("[name=take]")) end.append(fillIn);
    end.append(no);
    preview.append(end);
    preview.showModal();
    (end.querySelector(".main-button") || no).focus();
  }
  function take() {
    preview.querySelectorAll("[name=take]:checked").forEach(function (box) {
      var row = rowOf(box.value);
      box.closest("tr").querySelectorAll("[data-field]").forEach(function (given) {
        var to = row.querySelector('[name="' + given.dataset.field + "-" + box.value + '"]');
        if (!to && given.value && given.dataset.field === "reason") {
          askWhy(row, box.value);
          to = row.querySelector('[name="reason-' + box.value + '"]');
        }
        if (!to) return;
        if (to.tagName === "SELECT" && given.value && !Array.from(to.options).some(function (one) { return one.value === given.value; })) {
          to.append(new Option(given.value, given.value)); // what was not understood stays to be seen and mended
        }
        to.value = given.value;
      });
      mark(row);
    });
  }
  rows().forEach(function (row) { begun.set(row, said(row)); });
  table.addEventListener("input", function (event) { mark(event.target.closest("tr")); });
  document.addEventListener("keydown", function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    var button = form.querySelector("button[name=do][value=save]");
    if (button && changed().length) send(button);
    else saved.textContent = "没有要保存的改动";
  });
  window.addEventListener("beforeunload", function (event) {
    if (changed().length && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) leaving = false; });
})();
