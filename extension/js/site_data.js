// What the site stores for this page: copied, deleted and put back from within the page. That reaches the store of the page's
// own window or container and no other. A copy goes to the worker's session storage, no further.
/** @import { StorageBackup, ToContent } from "./messages.js" */
(() => {
  const { origin } = location;

  const report = (/** @type {unknown} */ error) =>
    console.warn(`Mend: clear site data: ${error instanceof Error ? error.message : error}`);

  async function deleteDatabases() {
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      // One that the page holds open is deleted when the page is gone: the reload follows.
      await new Promise((done) => {
        const asked = indexedDB.deleteDatabase(name);
        asked.onsuccess = asked.onerror = asked.onblocked = done;
      });
    }
  }

  async function unregisterWorkers() {
    for (const worker of (await navigator.serviceWorker?.getRegistrations?.()) ?? []) await worker.unregister();
  }

  async function deleteCaches() {
    for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  }

  // What can be put back goes first, and must go; the rest comes back by itself, and a browser may keep it from a script where
  // storage is short.
  /** @param {{ storage: boolean, cache: boolean }} scope */
  async function clear({ storage, cache }) {
    if (storage) localStorage.clear();
    const rest = [...(cache ? [unregisterWorkers, deleteCaches] : []), ...(storage ? [deleteDatabases] : [])];
    for (const result of await Promise.allSettled(rest.map((one) => one()))) {
      if (result.status === "rejected") report(result.reason);
    }
    return origin;
  }

  // A copy of another origin's goes nowhere.
  /** @param {StorageBackup} backup */
  function restore(backup) {
    if (backup.origin !== origin) return false;
    localStorage.clear();
    for (const [key, value] of backup.entries) localStorage.setItem(key, value);
    return true;
  }

  chrome.runtime.onMessage.addListener((/** @type {ToContent} */ message, _, reply) => {
    if (message?.kind === "back-up-storage") reply({ origin, entries: Object.entries(localStorage) });
    if (message?.kind === "restore-storage") reply(restore(message.backup));
    if (message?.kind !== "clear-site-data") return;
    clear(message).then(reply, (error) => {
      report(error);
      reply(false);
    });
    return true;
  });
})();
