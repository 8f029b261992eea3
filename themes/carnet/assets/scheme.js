// Before the first paint: the reader's own choice of scheme, if there is one.
try {
  var scheme = localStorage.getItem("carnet-scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
} catch (refused) {}
