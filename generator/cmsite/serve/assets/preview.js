// Loads the page anew when its edition has changed, where the reader stands.
(() => {
  const { cmsiteEdition: edition, cmsiteVersion: version } = document.currentScript.dataset;
  const kept = "cmsite-scroll";
  const stood = JSON.parse(sessionStorage.getItem(kept) || "null");
  sessionStorage.removeItem(kept);
  if (stood && stood.path === location.pathname) {
    const stand = () => scrollTo({ left: stood.x, top: stood.y, behavior: "instant" });
    stand();
    addEventListener("load", stand, { once: true });
  }

  const fault = document.getElementById("cmsite-fault");
  if (fault) {
    for (const other of document.body.children) {
      if (other !== fault && other.id !== "cmsite-preview") other.inert = true;
    }
    fault.shadowRoot?.querySelector("section").focus({ preventScroll: true });
  }

  const bar = document.getElementById("cmsite-preview")?.shadowRoot;
  bar?.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && bar.querySelector("details[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  const news = new EventSource(`/__cmsite__/events?edition=${encodeURIComponent(edition)}`);
  news.addEventListener("version", ({ data }) => {
    if (data === version) return;
    news.close();
    sessionStorage.setItem(kept, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
  });
  addEventListener("pagehide", () => news.close());
})();
