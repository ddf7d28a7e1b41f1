// What the site stores for this page: copied, deleted and put back from within the page. That reaches the store of the page's own
// window or container and no other. A copy goes to the worker's session memory, no further.
(() => {
  const { origin } = location;

  async function databases() {
    for (const { name } of await indexedDB.databases()) {
      // One that the page holds open is deleted when the page is gone: the reload follows.
      await new Promise((done) => {
        const asked = indexedDB.deleteDatabase(name);
        asked.onsuccess = asked.onerror = asked.onblocked = done;
      });
    }
  }

  async function workers() {
    for (const worker of (await navigator.serviceWorker?.getRegistrations?.()) ?? []) await worker.unregister();
  }

  async function files() {
    for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  }

  // What can be put back goes first, and must go; the rest comes back by itself, and a browser may keep it from a script where
  // storage is short.
  async function forget({ storage, cache }) {
    if (storage) localStorage.clear();
    const rest = [...(cache ? [workers, files] : []), ...(storage ? [databases] : [])];
    for (const { reason } of await Promise.allSettled(rest.map((one) => one()))) if (reason) console.warn("Mend:", reason);
    return origin;
  }

  // A copy of another origin's goes nowhere.
  function restore(kept) {
    if (kept.origin !== origin) return false;
    localStorage.clear();
    for (const [key, value] of kept.entries) localStorage.setItem(key, value);
    return true;
  }

  chrome.runtime.onMessage.addListener((message, _, reply) => {
    if (message?.keep) reply({ origin, entries: Object.entries(localStorage) });
    if (message?.restore) reply(restore(message.restore));
    if (!message?.forget) return;
    forget(message.forget).then(reply, () => reply(false));
    return true;
  });
})();
