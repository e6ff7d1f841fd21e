// j and k walk through the rows, Enter opens one, as the browser does by itself. Without this file Tab does the same.
"use strict";
(() => {
  const links = [...document.querySelectorAll("[data-keys] tbody th a")];
  if (links.length === 0) return;
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
    links[next].focus();
    event.preventDefault();
  });
})();
