// Has this browser be told (Push API). Where it cannot, or its owner said no, the page says so.
"use strict";
(() => {
  const box = document.querySelector("[data-push]");
  if (!box) return;
  const words = box.dataset, status = box.querySelector("[role=status]"), form = box.querySelector("form");
  const say = text => { status.textContent = text; };
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const base64url = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return say(words.unable);

  const FOLDER = "/assets/notices/";
  const active = registration => new Promise(done => {
    const worker = registration.active || registration.waiting || registration.installing;
    if (worker.state === "activated") return done(registration);
    worker.addEventListener("statechange", () => { if (worker.state === "activated") done(registration); });
  });

  /** Says which of the devices in the list this one is. */
  async function find() {
    const registration = await navigator.serviceWorker.getRegistration(FOLDER);
    const subscription = registration && await registration.pushManager.getSubscription();
    if (!subscription) return false;
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint)));
    const mark = Array.from(hash, b => b.toString(16).padStart(2, "0")).join("");
    const item = document.querySelector(`[data-mark="${mark}"]`);
    if (item) item.querySelector("[data-this]").hidden = false;
    return Boolean(item);
  }

  async function subscribe() {
    if (await Notification.requestPermission() !== "granted") return say(words.denied);
    const registration = await active(await navigator.serviceWorker.register(FOLDER + "push-worker.js"));
    const old = await registration.pushManager.getSubscription();
    if (old && base64url(old.options.applicationServerKey) !== words.key) await old.unsubscribe();
    const subscription = await registration.pushManager.subscribe(
      { userVisibleOnly: true, applicationServerKey: bytes(words.key) });
    form.elements.endpoint.value = subscription.endpoint;
    form.elements.key.value = base64url(subscription.getKey("p256dh"));
    form.elements.secret.value = base64url(subscription.getKey("auth"));
    form.submit();
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    say(words.asking);
    subscribe().catch(() => say(words.failed));
  });

  find().then(there => {
    if (there) return;
    say(Notification.permission === "denied" ? words.denied : "");
    form.hidden = false;
  }, () => say(words.unable));
})();
