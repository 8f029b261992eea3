// Search: only its own page loads this. The index is fetched when the first words are typed.
(function () {
  "use strict";
  var form = document.querySelector("form.search");
  if (!form) return;
  var status = document.querySelector(".search-count");
  var list = document.querySelector(".search-results");
  var field = form.elements.q;
  var selects = Array.from(form.querySelectorAll("select"));
  var engine, turn = 0, shown = 10;

  var load = function () {
    engine = engine || import(form.dataset.bundle).then(function (pagefind) {
      return pagefind.options({ baseUrl: form.dataset.base, excerptLength: 24 }).then(function () { return pagefind; });
    });
    return engine;
  };

  var entry = function (found) {
    var item = document.createElement("li");
    var title = document.createElement("h2");
    var link = document.createElement("a");
    var words = document.createElement("p");
    title.className = "card-title";
    words.className = "card-summary";
    link.href = found.url;
    link.textContent = found.meta.title;
    title.append(link);
    words.innerHTML = found.excerpt;  // the index's own words, escaped by it, with <mark> around what was found
    item.append(title, words);
    return item;
  };

  var tell = function (count) {
    status.textContent = count === 0 ? form.dataset.none
      : (count === 1 ? form.dataset.one : form.dataset.other).replace("{n}", count);
  };

  var remember = function () {
    var asked = new URLSearchParams(new FormData(form));
    Array.from(asked.keys()).forEach(function (name) { if (!asked.get(name)) asked.delete(name); });
    var query = asked.toString();
    history.replaceState(null, "", query ? "?" + query : location.pathname);
  };

  var search = function () {
    var mine = ++turn;
    var words = field.value.trim();
    var filters = {};
    selects.forEach(function (select) { if (select.value) filters[select.name] = select.value; });
    remember();
    if (!words && !Object.keys(filters).length) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    load().then(function (pagefind) {
      return pagefind.search(words || null, { filters: filters });
    }).then(function (answer) {
      return Promise.all(answer.results.slice(0, shown).map(function (one) { return one.data(); }))
        .then(function (found) {
          if (mine !== turn) return;
          list.replaceChildren.apply(list, found.map(entry));
          tell(answer.results.length);
          if (answer.results.length > shown) list.append(more());
        });
    });
  };

  var more = function () {
    var item = document.createElement("li");
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = form.dataset.more;
    button.addEventListener("click", function () { shown += 10; search(); });
    item.append(button);
    return item;
  };

  var waiting;
  var soon = function () {
    shown = 10;
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  };
  var asked = new URLSearchParams(location.search);
  field.value = asked.get("q") || "";
  selects.forEach(function (select) { select.value = asked.get(select.name) || ""; });
  form.hidden = false;
  form.addEventListener("input", soon);
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  if (field.value || selects.some(function (select) { return select.value; })) search();
})();
