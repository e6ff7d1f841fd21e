// Shows what the city pushes. Its scope is its own folder: it serves no page and keeps nothing.
"use strict";
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", event => {
  const told = event.data.json();
  // A repeat has the same tag and takes the place of the first without another sound.
  event.waitUntil(self.registration.showNotification(told.title,
    { body: told.text, lang: told.lang, tag: told.tag, data: told.to }));
});

self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
