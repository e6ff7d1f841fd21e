// Questions that come and go as their conditions do. Without this file all of them are on the page, and the server passes
// over the answers that do not apply.
"use strict";
(() => {
  const asks = [...document.querySelectorAll(".ask[data-when]")];
  if (asks.length === 0) return;

  function answers(name) {
    return [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
      .filter(input => !input.disabled && ((input.type !== "radio" && input.type !== "checkbox") || input.checked))
      .map(input => input.value);
  }

  function show(ask) {
    const wanted = ask.dataset.is.split(" ");
    const asked = document.querySelector(`[name="${CSS.escape(ask.dataset.when)}"]`);
    // A condition on an answer of an earlier page was looked at by the server.
    const holds = !asked || answers(ask.dataset.when).some(answer => wanted.includes(answer));
    ask.hidden = !holds;
    for (const input of ask.querySelectorAll("input, select, textarea")) {
      input.disabled = !holds;
      if (ask.dataset.must && input.type !== "checkbox" && input.type !== "file") input.required = holds;
    }
  }

  function all() {
    asks.forEach(show);
  }
  document.addEventListener("change", all);
  all();
})();
