// On every page: moves the focus to what went wrong, and updates a page that names a stream in data-live or seconds in data-refresh.
// Without it every page works.
"use strict";
document.querySelector("[data-focus]")?.focus();
(() => {
  const live = document.querySelector("[data-live]");
  if (!live || !window.EventSource) return;
  const lost = document.querySelector("[data-lost]");
  const LOST_AFTER_MS = 12000;
  let heard = Date.now();

  // Changes what changed and nothing else: no row moves under the finger, the focus stays where it is.
  function replace(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    if (old.matches("tr") && fresh.matches("tr")) {
      const oldState = old.querySelector(".state"), state = fresh.querySelector(".state");
      if (oldState && state && oldState.className !== state.className) fresh.classList.add("changed");
    }
    const focused = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
    old.replaceWith(fresh);
    if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  function rows(table) {
    return [...table.querySelectorAll("tbody tr[id]")];
  }

  function updateTable(old, fresh) {
    const ids = list => rows(list).map(row => row.id).join(" ");
    if (ids(old) !== ids(fresh) || !ids(old)) return replace(old, fresh);
    const news = new Map(rows(fresh).map(row => [row.id, row]));
    rows(old).forEach(row => replace(row, news.get(row.id)));
  }

  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const part of live.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!fresh) continue;
      if (part.dataset.part === "table") updateTable(part, fresh);
      else replace(part, fresh);
    }
  }

  function mark(gone) {
    live.classList.toggle("stale", gone);
    if (lost) lost.hidden = !gone;
  }

  const source = new EventSource(live.dataset.live);
  source.addEventListener("rows", event => {
    heard = Date.now();
    mark(false);
    show(event.data);
  });
  source.onerror = () => {
    // A line that closes in the ordinary way is back within its two seconds.
    if (Date.now() - heard > 3000) mark(true);
  };
  setInterval(() => {
    if (Date.now() - heard > LOST_AFTER_MS) mark(true);
  }, 1000);
})();
(() => {
  const main = document.querySelector("main[data-refresh]");
  if (!main || document.querySelector("[data-live]")) return;
  const lost = document.querySelector("[data-lost]");
  const EVERY_MS = main.dataset.refresh * 1000;
  let typed = false, asking = false, asked = Date.now();
  main.addEventListener("input", () => typed = true);

  // Where parts are named only they change: a map, or a form, beside them stays as it is.
  const parts = () => [...main.querySelectorAll("[data-part]")];
  const busy = () => !parts().length && (typed || document.activeElement.matches("main :is(input, select, textarea)"));

  function replace(old, fresh) {
    fresh.querySelectorAll("details").forEach((one, i) => one.open ||= old.querySelectorAll("details")[i]?.open ?? false);
    if (old.isEqualNode(fresh)) return;
    const at = old.contains(document.activeElement) ? document.activeElement : null;
    const same = at?.id ? `#${CSS.escape(at.id)}` : at?.getAttribute("href") ? `a[href="${CSS.escape(at.getAttribute("href"))}"]` : null;
    const news = !old.querySelector("[data-focus]") && fresh.querySelector("[data-focus]");
    old.replaceChildren(...fresh.childNodes);
    if (news) news.focus();
    else if (same && at !== old) old.querySelector(same)?.focus({ preventScroll: true });
  }

  function show(page) {
    const fresh = page.querySelector("main");
    document.title = page.title;
    if (parts().length) {
      for (const part of parts()) {
        const news = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
        if (news) replace(part, news);
      }
    } else {
      replace(main, fresh);
    }
    if (!fresh.dataset.refresh) clearInterval(timer);
  }

  async function ask() {
    if (document.hidden || asking || busy()) return;
    asking = true;
    asked = Date.now();
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      // Signed out meanwhile: the whole page says so.
      if (answer.redirected) return location.reload();
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!busy()) show(page);
      if (lost) lost.hidden = true;
    } catch {
      if (lost) lost.hidden = false;
    } finally {
      asking = false;
    }
  }

  const timer = setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", () => {
    if (Date.now() - asked > 2000) ask();
  });
})();
