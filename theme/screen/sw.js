// Keeps the last good board of this machine, so that a start without network shows it. What the
// server gives counts whenever it is whole; what it cannot give comes from here.
"use strict";
const STORE = "gongkai-screen", MOST = 300;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === self.location.origin && request.method === "GET";
  if (isOurs && !/manifest\.json|alive\.txt/.test(request.url)) event.respondWith(answer(request));
});

async function answer(request) {
  const store = await caches.open(STORE);
  const name = request.url.split(/[?#]/)[0];
  try {
    const reply = await fetch(request);
    if (reply.ok && await isWhole(reply.clone())) {
      await store.put(name, reply.clone()).catch(() => null); // a full store only costs the copy
      await trim(store);
      return reply;
    }
    return (await store.match(name)) || reply;
  } catch (error) {
    const kept = await store.match(name);
    if (kept) return kept;
    throw error;
  }
}

async function isWhole(reply) {
  const type = reply.headers.get("Content-Type") || "";
  return !type.includes("html") || (await reply.text()).trimEnd().endsWith("</html>");
}

async function trim(store) {
  const names = await store.keys();
  for (const old of names.slice(0, Math.max(0, names.length - MOST))) await store.delete(old);
}
