// The site's service worker from before a deploy: it caches the document and serves it from the cache from then on.
"use strict";

const PAGES = "pages-1f03a6d2";

addEventListener("install", (event) => {
  const keep = async () => {
    const page = await fetch("/?kept", { cache: "no-store" });
    await (await caches.open(PAGES)).put("/", page);
    await skipWaiting();
  };
  event.waitUntil(keep());
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  // Signing in is no page to keep.
  if (new URL(event.request.url).pathname !== "/") return;
  event.respondWith(caches.match("/", { cacheName: PAGES }).then((kept) => kept ?? fetch(event.request)));
});
