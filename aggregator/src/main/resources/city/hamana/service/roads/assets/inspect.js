// The inspector's list and notes, kept in the telephone. A note leaves it only when the city has said that it has it.
"use strict";
(() => {
  const root = document.querySelector("[data-inspect]");
  if (!root || !window.indexedDB) return;
  const words = root.dataset;
  const PAGE = "/staff/roads/inspect", LIST = "/staff/roads/inspect.json", KEPT = "hamana-inspect";
  const status = root.querySelector("[data-status]"), list = root.querySelector("[data-list]");
  const outbox = root.querySelector("[data-outbox-list]"), templates = root.querySelector("[data-templates]");
  const MOST_WAITING = 200, LONGEST_PHOTO_BYTES = 10 * 1024 * 1024;
  let user = "", csrf = "", sending = false;

  const store = new Promise((done, failed) => {
    const open = indexedDB.open("hamana-inspect", 1);
    open.onupgradeneeded = () => {
      open.result.createObjectStore("list");
      open.result.createObjectStore("notes", { keyPath: "key" });
    };
    open.onsuccess = () => done(open.result);
    open.onerror = () => failed(open.error);
  });

  async function on(name, mode, act) {
    const database = await store;
    return new Promise((done, failed) => {
      const request = act(database.transaction(name, mode).objectStore(name));
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  }

  const keepList = value => on("list", "readwrite", s => s.put(value, "today"));
  const keptList = () => on("list", "readonly", s => s.get("today"));
  const dropList = () => on("list", "readwrite", s => s.clear());
  const keepNote = note => on("notes", "readwrite", s => s.put(note));
  const dropNote = key => on("notes", "readwrite", s => s.delete(key));
  const notes = async () => (await on("notes", "readonly", s => s.getAll())).filter(note => note.user === user);

  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) node.setAttribute(key, "");
      else if (value !== false) node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  }

  function card(report) {
    const id = `note-${report.id}`;
    const said = element("p", { role: "status", class: "quiet" });
    const form = element("form", {},
      element("div", { class: "field" }, element("label", { for: `${id}-t` }, words.template),
        element("select", { id: `${id}-t`, name: "template" }, element("option", { value: "" }, "–"), templates.content.cloneNode(true))),
      element("div", { class: "field" }, element("label", { for: id }, words.note),
        element("textarea", { id, name: "text", rows: "3", maxlength: "2000" })),
      element("div", { class: "field" }, element("label", { for: `${id}-p` }, words.photo),
        element("input", { id: `${id}-p`, type: "file", name: "photo", accept: "image/jpeg,image/png,image/webp", capture: "environment" }),
        element("fieldset", { class: "when" }, element("legend", { class: "unseen" }, words.photo),
          ...["before", "after"].map(when => element("label", { class: "check" },
            element("input", { type: "radio", name: "field", value: when, checked: when === "before" }), " ", element("span", {}, words[when]))))),
      element("button", { type: "submit" }, words.keep), said);
    form.addEventListener("submit", async event => {
      event.preventDefault();
      const photo = form.photo.files[0];
      if (!form.text.value.trim() && !form.template.value && !photo) return form.text.focus();
      if ((photo && photo.size > LONGEST_PHOTO_BYTES) || (await notes()).length >= MOST_WAITING) return form.photo.focus();
      await keepNote({ key: crypto.randomUUID(), user, id: report.id, kind: report.kind, version: report.version,
        text: form.text.value, template: form.template.value, photo: photo || null, field: form.elements.field.value, wrong: "" });
      form.reset();
      said.textContent = words.kept;
      await send();
    });
    const marks = [];
    if (report.danger) marks.push(element("strong", { class: "late" }, words.danger), " ");
    if (report.overdue) marks.push(element("strong", { class: "late" }, words.late), " ");
    return element("li", { "data-report": report.id },
      element("img", { src: report.sign, alt: "", width: "48", height: "48" }),
      element("div", {},
        element("p", {}, ...marks, element("a", { href: `/staff/roads/${report.id}` }, `${report.id} ${report.kind}`),
          element("br", {}), `${report.state} · ${report.place} ${report.landmark}`, element("br", {}),
          report.due ? `${words.due} ${report.due}` : ""),
        report.detail ? element("p", { class: "typed" }, report.detail) : "",
        element("details", { class: "act" }, element("summary", {}, words.note), form)));
  }

  function show(value) {
    list.replaceChildren(value.reports.length
      ? element("ul", { class: "reports" }, ...value.reports.map(card))
      : element("p", { class: "empty" }, words.empty));
  }

  async function showNotes() {
    const waiting = await notes();
    root.dataset.waitingCount = String(waiting.length);
    if (!waiting.length) return outbox.replaceChildren();
    outbox.replaceChildren(element("h2", {}, words.outbox), element("p", {}, words.waiting.replace("{0}", String(waiting.length))),
      element("ul", { class: "reports" }, ...waiting.map(note => {
        const item = element("li", { "data-waiting-note": note.id }, element("div", {}, element("p", {}, `${note.id} ${note.kind}: ${note.text || "…"}`)));
        if (note.wrong) {
          const again = element("button", { type: "button", class: "small outline" }, words.anyway);
          const drop = element("button", { type: "button", class: "small outline" }, words.discard);
          again.addEventListener("click", async () => {
            await keepNote({ ...note, version: note.newVersion ?? note.version, wrong: "" });
            await send();
          });
          drop.addEventListener("click", async () => {
            await dropNote(note.key);
            await showNotes();
          });
          item.firstChild.append(element("p", { class: "wrong" }, note.wrong), again, " ", drop);
        }
        return item;
      })));
  }

  async function post(note) {
    const form = new FormData();
    form.append("csrf", csrf);
    for (const name of ["key", "id", "version", "template", "text", "field"]) form.append(name, String(note[name] ?? ""));
    if (note.photo) form.append("photo", note.photo, "photo");
    const answer = await fetch(PAGE, { method: "POST", body: form, redirect: "manual" });
    if (answer.status === 200) return dropNote(note.key);
    if (answer.status === 401 || answer.type === "opaqueredirect") throw new Error("signed out");
    const told = await answer.json().catch(() => ({ message: String(answer.status) }));
    await keepNote({ ...note, wrong: told.message, newVersion: told.version });
  }

  // One after the other, oldest first; what the city did not take stays and says why.
  async function send() {
    if (sending) return;
    sending = true;
    try {
      if (!navigator.onLine || !(await fresh())) return;
      const waiting = (await notes()).filter(note => !note.wrong);
      for (const note of waiting) await post(note);
      if (waiting.length) await fresh();
      status.textContent = (await notes()).length ? status.textContent : `${status.textContent} ${waiting.length ? words.allSent : ""}`;
    } catch (offline) {
      // It is tried again when there is a network.
    } finally {
      sending = false;
      await showNotes();
    }
  }

  // The list as it is now, and the form's token; false where there is no network or no session.
  async function fresh() {
    const answer = await fetch(LIST, { redirect: "manual" }).catch(() => null);
    if (!answer) return false;
    if (!answer.ok) {
      await dropList();
      list.replaceChildren(element("p", {}, words.signIn));
      return false;
    }
    const value = await answer.json();
    user = value.user;
    csrf = value.csrf;
    await keepList(value);
    if (!list.querySelector("details[open]")) show(value);
    status.textContent = words.online.replace("{0}", value.at);
    return true;
  }

  async function start() {
    const kept = await keptList();
    if (kept) {
      user = kept.user;
      show(kept);
      status.textContent = words.offline.replace("{0}", kept.at);
    }
    await send();
    await showNotes();
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register("/staff/roads/inspect-worker.js", { scope: PAGE });
    await navigator.serviceWorker.ready;
    const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src], link[rel=icon], main img")];
    const cache = await caches.open(KEPT);
    const page = await fetch(PAGE, { redirect: "manual" }).catch(() => null);
    if (page && page.ok) await cache.put(PAGE, page);
    if (page) await Promise.all([...new Set(parts.map(part => part.href || part.src))].map(address => cache.add(address).catch(() => null)));
    root.dataset.ready = "yes";
  }

  window.addEventListener("online", send);
  window.addEventListener("offline", async () => {
    const kept = await keptList();
    if (kept) status.textContent = words.offline.replace("{0}", kept.at);
  });
  document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", async event => {
    event.preventDefault();
    const form = event.target;
    if ((await notes()).length && !confirm(words.leave)) return;
    await dropList();
    await caches.delete(KEPT);
    form.submit();
  });
  start();
})();
