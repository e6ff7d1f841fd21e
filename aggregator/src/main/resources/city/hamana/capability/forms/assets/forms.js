// Questions that come and go as their conditions do, rows that are added and taken out, and what has to be right between
// several questions. Without this file all questions are on the page, the buttons of the rows send the form, and the server
// looks at everything; it does so in any case.
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const named = name => all(`[name="${CSS.escape(name)}"]`);
  const narrow = text => text.normalize("NFKC").trim();

  function answers(name) {
    return named(name)
      .filter(input => !input.disabled && ((input.type !== "radio" && input.type !== "checkbox") || input.checked))
      .map(input => input.value);
  }

  // --- Conditions ---

  // A condition on an answer of an earlier page was looked at by the server.
  const holds = (field, is) => named(field).length === 0 || answers(field).some(answer => is.includes(answer));

  function show(ask) {
    const wanted = holds(ask.dataset.when, ask.dataset.is.split(" "));
    ask.hidden = !wanted;
    for (const input of all("input, select, textarea", ask)) {
      input.disabled = !wanted;
      if (ask.dataset.must && input.type !== "checkbox" && input.type !== "file") input.required = wanted;
    }
  }

  // --- Rows ---

  let place = 1000;

  const rowsOf = group => all(":scope > [data-list] > .row", group);
  const number = text => narrow(text).replace(/[,、\s円¥]/g, "");

  function count(group) {
    const rows = rowsOf(group);
    rows.forEach((row, i) => all("[data-number]", row).forEach(mark => { mark.textContent = String(i + 1); }));
    group.querySelector("[data-add]").hidden = rows.length >= Number(group.dataset.most);
    const sum = group.querySelector("[data-sum]");
    if (!sum) return;
    const numbers = all(`[name^="${group.dataset.rows}."][name$=".${sum.dataset.sum}"]`, group).map(input => number(input.value));
    const total = numbers.filter(text => /^-?\d{1,15}$/.test(text)).reduce((a, b) => a + Number(b), 0);
    sum.textContent = total.toLocaleString(document.documentElement.lang || "ja");
  }

  function add(group) {
    const markup = group.querySelector(":scope > template").innerHTML
      .replaceAll("PLACE", String(place++)).replaceAll("NUMBER", "");
    group.querySelector("[data-list]").insertAdjacentHTML("beforeend", markup);
    const row = rowsOf(group).at(-1);
    changed();
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
  }

  function drop(group, row) {
    const next = row.nextElementSibling || row.previousElementSibling || group.querySelector("[data-add]");
    row.remove();
    changed();
    next.focus();
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("[data-add], [data-drop]");
    if (!button) return;
    event.preventDefault();
    const group = button.closest("[data-rows]");
    if (button.matches("[data-add]")) add(group);
    else drop(group, button.closest(".row"));
  });

  // --- Between questions: the same as CrossCheck says on the server ---

  const ERAS = { 明治: ["1868-01-25", "M"], 大正: ["1912-07-30", "T"], 昭和: ["1926-12-25", "S"], 平成: ["1989-01-08", "H"], 令和: ["2019-05-01", "R"] };
  const OF_ERA = /^(明治|大正|昭和|平成|令和|[MTSHRmtshr])\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$/;
  const WESTERN = /^(?:(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2}))$/;

  function iso(year, month, day) {
    const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    const date = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
  }

  const eraOf = day => Object.keys(ERAS).filter(era => day >= "1873-01-01" && day >= ERAS[era][0]).at(-1);

  // A day as people type it; null when it is none.
  function day(typed) {
    const text = narrow(typed);
    const era = text.match(OF_ERA);
    if (era) {
      const name = Object.keys(ERAS).find(e => e === era[1] || ERAS[e][1] === era[1].toUpperCase());
      const read = iso(Number(ERAS[name][0].slice(0, 4)) + (era[2] === "元" ? 1 : Number(era[2])) - 1, era[3], era[4]);
      return read && eraOf(read) === name ? read : null;
    }
    const western = text.match(WESTERN);
    return western ? iso(western[1] || western[4], western[2] || western[5], western[3] || western[6]) : null;
  }

  function value(check, field) {
    const typed = answers(field)[0] ?? "";
    if (check.days) return day(typed);
    return /^-?\d{1,15}$/.test(number(typed)) ? Number(number(typed)) : null;
  }

  const inputs = field => [...named(field), ...named(`${field}-town`), ...named(`${field}-rest`)];
  const asked = field => inputs(field).some(input => !input.disabled);

  function answered(field) {
    return inputs(field).some(input => !input.disabled && (Number(input.dataset.attached) > 0
      || (((input.type !== "radio" && input.type !== "checkbox") || input.checked) && input.value.trim() !== "")));
  }

  // The field that is wrong; null when all is right.
  function wrong(check) {
    const fields = check.fields.filter(asked);
    if (check.kind === "either") return fields.some(answered) ? null : fields[0] ?? null;
    if (check.kind === "required-if") {
      return !check.when || holds(check.when.field, check.when.is) ? fields.find(f => !answered(f)) ?? null : null;
    }
    let last = null;
    for (const field of fields) {
      const now = value(check, field);
      if (now !== null && last !== null && now < last) return field;
      last = now ?? last;
    }
    return null;
  }

  const form = document.querySelector("form[data-checks]");
  const checks = form ? JSON.parse(form.dataset.checks) : [];

  function say(field, text) {
    const about = document.getElementById(`${field}-about`);
    const said = document.createElement("p");
    said.className = "wrong";
    said.dataset.said = field;
    said.textContent = text;
    about?.append(said);
    inputs(field).forEach(input => input.setAttribute("aria-invalid", "true"));
  }

  function unsay() {
    for (const said of all("[data-said]")) {
      inputs(said.dataset.said).forEach(input => input.removeAttribute("aria-invalid"));
      said.remove();
    }
  }

  // The first field that is wrong; each says so where it stands.
  function look() {
    unsay();
    const found = checks.map(check => [wrong(check), check.text]).filter(([field]) => field);
    found.forEach(([field, text]) => say(field, text));
    return found.length ? found[0][0] : null;
  }

  form?.addEventListener("submit", event => {
    const button = event.submitter;
    if (button && button.name === "action" && button.value !== "next") return;
    const field = look();
    if (!field) return;
    event.preventDefault();
    inputs(field).find(input => !input.disabled)?.focus();
  });

  function changed() {
    all(".ask[data-when]").forEach(show);
    all("[data-rows]").forEach(count);
    if (document.querySelector("[data-said]")) look();
  }
  document.addEventListener("change", changed);
  changed();
})();
