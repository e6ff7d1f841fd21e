// Serves the inspector's page where there is no network. What it keeps is gone when the session is.
"use strict";
const KEPT = "hamana-inspect";
const PAGE = "/staff/roads/inspect";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

async function page(request) {
  try {
    const answer = await fetch(request);
    // To the sign-in page: whoever holds this telephone now may not see what was kept.
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) await caches.delete(KEPT);
    else if (answer.ok) await (await caches.open(KEPT)).put(PAGE, answer.clone());
    return answer;
  } catch (offline) {
    return (await caches.match(PAGE)) || Response.error();
  }
}

async function asset(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(KEPT)).put(request, answer.clone());
    return answer;
  } catch (offline) {
    return (await caches.match(request)) || Response.error();
  }
}

self.addEventListener("fetch", event => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname === PAGE && event.request.mode === "navigate") event.respondWith(page(event.request));
  else if (address.pathname.startsWith("/assets/")) event.respondWith(asset(event.request));
});
