// Passkeys. A form that names where its options come from in data-passkey asks the browser and sends what it answers.
"use strict";
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = text => {
    const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  };
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  function opened(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of [options.excludeCredentials, options.allowCredentials]) {
      for (const key of list ?? []) key.id = bytes(key.id);
    }
    return options;
  }

  function packed(key) {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    return JSON.stringify({
      id: key.id,
      type: key.type,
      response,
      clientExtensionResults: key.getClientExtensionResults(),
    });
  }

  async function answer(form) {
    const csrf = form.elements.csrf.value;
    const asked = await fetch(form.dataset.passkey, { method: "POST", body: new URLSearchParams({ csrf }) });
    if (!asked.ok) throw new Error(asked.statusText);
    const publicKey = opened((await asked.json()).publicKey);
    return packed(await navigator.credentials[form.dataset.passkeyKind]({ publicKey }));
  }

  for (const form of document.querySelectorAll("[data-passkey]")) {
    const button = form.querySelector("[data-passkey-ask]");
    const failed = form.querySelector("[data-passkey-failed]");
    button.addEventListener("click", async () => {
      failed.hidden = true;
      button.disabled = true;
      try {
        form.elements.credential.value = await answer(form);
        form.submit();
      } catch {
        // Cancelled, or no passkey here: one says so and stays on the page.
        failed.hidden = false;
      }
      button.disabled = false;
    });
    // Enter in a field of the form is the button, too.
    form.addEventListener("submit", event => {
      event.preventDefault();
      button.click();
    });
  }
  for (const hidden of document.querySelectorAll("[data-passkeys]")) hidden.hidden = false;
})();
