// Comforts: the page is whole without them.
(function () {
  "use strict";
  var words = document.currentScript ? document.currentScript.dataset : {};
  var root = document.documentElement;

  // Light, dark or as the system says.
  var button = document.querySelector(".scheme");
  if (button) {
    var order = matchMedia("(prefers-color-scheme: dark)").matches
      ? ["auto", "light", "dark"] : ["auto", "dark", "light"]; // the first press shows a change
    var show = function (scheme) {
      if (scheme === "auto") delete root.dataset.scheme;
      else root.dataset.scheme = scheme;
      button.dataset.state = scheme;
      button.title = button.dataset[scheme];
      button.querySelector(".scheme-name").textContent = button.dataset[scheme];
    };
    show(root.dataset.scheme || "auto");
    button.addEventListener("click", function () {
      var next = order[(order.indexOf(button.dataset.state) + 1) % order.length];
      show(next);
      try {
        if (next === "auto") localStorage.removeItem("carnet-scheme");
        else localStorage.setItem("carnet-scheme", next);
      } catch (refused) {}
    });
    button.hidden = false;
  }

  // Wide tables and code scroll in a box of their own, which the keyboard can reach while it does overflow.
  var reach = function (box) {
    var wide = box.scrollWidth > box.clientWidth;
    if (wide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    if (!box.dataset.name) return;
    if (wide) {
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", box.dataset.name);
    } else {
      box.removeAttribute("role");
      box.removeAttribute("aria-label");
    }
  };
  var sizes = new ResizeObserver(function (seen) {
    seen.forEach(function (one) { reach(one.target); });
  });
  var reachable = function (box, name) {
    if (name) box.dataset.name = name;
    reach(box);
    sizes.observe(box);
  };
  document.querySelectorAll(".prose table").forEach(function (table, index) {
    var box = document.createElement("div");
    box.className = "table-scroll";
    table.before(box);
    box.append(table);
    reachable(box, (words.table || "") + " " + (index + 1));
  });

  // The discussion comes from another site: only when it is asked for.
  document.querySelectorAll("button[data-giscus]").forEach(function (ask) {
    ask.hidden = false;
    ask.addEventListener("click", function () {
      var script = document.createElement("script");
      script.src = "https://giscus.app/client.js";
      script.async = true;
      script.crossOrigin = "anonymous";
      ["repo", "repoId", "category", "categoryId", "term", "lang"].forEach(function (name) {
        script.dataset[name] = ask.dataset[name];
      });
      script.dataset.mapping = "specific";
      script.dataset.strict = "1";
      script.dataset.reactionsEnabled = "0";
      script.dataset.theme = "preferred_color_scheme";
      ask.parentElement.replaceWith(script);
    });
  });

  // Code, an address and a citation can be copied.
  var offer = function (button, source) {
    var label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(source.textContent).then(function () {
        button.textContent = words.copied;
        setTimeout(function () { button.textContent = label; }, 2000);
      });
    });
  };
  if (navigator.clipboard) {
    document.querySelectorAll("[data-from]").forEach(function (button) {
      offer(button, document.getElementById(button.dataset.from));
    });
  }
  document.querySelectorAll(".prose pre").forEach(function (pre) {
    reachable(pre);
    if (!navigator.clipboard) return;
    var box = pre.closest(".highlight") || pre.parentElement;
    if (box.querySelector(".copy")) return;
    var copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = words.copy;
    offer(copy, pre.querySelector("code") || pre);
    if (box.classList.contains("highlight")) box.append(copy);
  });
})();
