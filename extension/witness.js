// The witness in ChatGPT's page: sees errors by structure, failed requests by the page's own timing, Stop, and answers.
// Tells facts, never chat text: of an error its own words, cut short, and nothing that anybody wrote. It changes nothing
// on the page. Each fact is told again until the worker says that it is saved.
(() => {
  const SETTLE = 250; // an error that is gone by then was a flicker, or the page is being left
  const QUIET = 1200; // an answer counts when no error followed it for so long
  const PATIENCE = [250, 500, 1000, 2000, 5000, 15000, 30000];
  const UNSAVED = 1000; // so many facts wait at most for a worker that cannot be reached
  const KEPT = 8; // the last good answer of so many endpoints
  const { error, toast, turn, written, stop, watched, noise, chat, rescue, affords } = globalThis.MEND;

  const visit = crypto.randomUUID();
  const unsaved = [];
  const fine = new Map(); // what answered well, the latest last: told when asked
  let told = 0, telling = false, watching = false, answers = 0, noisy = false, leaving = false;
  let stoppedAt = -Infinity, erredAt = -Infinity;

  const wall = (at) => Math.round(performance.timeOrigin + at);

  function tell(saw, at = performance.now()) {
    if (!affords(saw, () => tell("flood"))) return;
    unsaved.push({ key: `${visit}:${told++}`, at: wall(at), saw });
    if (unsaved.length > UNSAVED) unsaved.shift();
    if (!telling) void tellAll();
  }

  async function tellAll() {
    telling = true;
    for (let tries = 0; unsaved.length > 0;) {
      let answer;
      try {
        answer = await chrome.runtime.sendMessage({ fact: unsaved[0] });
      } catch {
        // No worker, or this script outlived its extension: in that case nobody will ever listen.
        if (!chrome.runtime?.id) return;
      }
      if (answer?.ok) {
        watching = answer.watch;
        unsaved.shift();
        tries = 0;
      } else {
        await new Promise((resume) => setTimeout(resume, PATIENCE[Math.min(tries++, PATIENCE.length - 1)]));
      }
    }
    telling = false;
  }

  // Errors: a place (a turn, or the toast) tells once, and again only after it was seen without an error.
  let standing = new Set();

  function errors() {
    const found = new Map();
    for (const element of document.querySelectorAll(toast)) found.set("toast", element);
    for (const element of document.querySelectorAll(error)) {
      const place = element.closest(turn);
      if (!place || element.closest(written)) continue;
      const name = place.dataset.testid ?? place.dataset.turnId;
      const said = found.get(name)?.textContent ?? "";
      if (!found.has(name) || element.textContent.length > said.length) found.set(name, element);
    }
    return found;
  }

  function look() {
    looking = false;
    const now = errors();
    const fresh = [...now].filter(([place]) => !standing.has(place));
    standing = new Set([...now.keys()].filter((place) => standing.has(place)));
    if (fresh.length > 0) setTimeout(confirm, SETTLE, fresh, performance.now());
  }

  function confirm(fresh, at) {
    const now = errors();
    for (const [place] of fresh) {
      const element = now.get(place);
      if (leaving || !element || standing.has(place)) continue;
      standing.add(place);
      erredAt = at;
      tell({ banner: { text: element.textContent.trim().slice(0, 300) } }, at);
      rescue.failed();
      void room();
    }
  }

  // A page that cannot keep what it wants to keep breaks. Only sizes are looked at.
  async function room() {
    let local = 0;
    try {
      for (let at = 0; at < localStorage.length; at++) {
        const key = localStorage.key(at);
        local += key.length + localStorage.getItem(key).length;
      }
    } catch {
      // Storage is switched off; that is known to the page, too.
    }
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.().catch(() => {})) ?? {};
    tell({ room: { local, used: quota > 0 ? Math.round((100 * usage) / quota) : 0 } });
  }

  // The whole page is searched only when an error came or went: an answer changes it a hundred times a second.
  let looking = false;
  const either = `${error},${toast}`;
  const holds = (node) => node.nodeType === 1 && (node.matches(either) || (node.firstElementChild && node.querySelector(either)));
  const changed = (records) => {
    if (looking) return;
    for (const { addedNodes, removedNodes } of records) {
      for (const nodes of [addedNodes, removedNodes]) {
        for (const node of nodes) {
          if (!holds(node)) continue;
          looking = true;
          setTimeout(look, 100);
          return;
        }
      }
    }
  };
  new MutationObserver(changed).observe(document, { childList: true, subtree: true });

  // Requests, from the page's own timing: a second witness should the worker have slept through the first.
  function timed(entry) {
    const url = entry.name.split(/[?#]/, 1)[0];
    const status = entry.responseStatus ?? 0;
    if (noise.test(url)) noisy ||= status === 0 || status >= 400;
    if (!watched.test(url)) return;
    const failed = status >= 400 || (status === 0 && !entry.nextHopProtocol && chat.test(url));
    if (failed) {
      tell({ timing: { url, status, protocol: entry.nextHopProtocol } }, entry.responseEnd);
      rescue.failed();
    } else if (status >= 200) {
      worked(url, entry);
      if (chat.test(url)) setTimeout(settled, QUIET / 2, entry, false);
    }
  }

  function worked(url, { decodedBodySize: size, responseEnd: at }) {
    fine.delete(url);
    fine.set(url, { size, at });
    if (fine.size > KEPT) fine.delete(fine.keys().next().value);
    // Of messages, whether an error follows decides.
    if (watching && !chat.test(url)) tell({ fine: { url, size } }, at);
  }

  // A page may take an answer in, and find it broken, long after its last byte has come.
  function settled(entry, calm) {
    const { startTime, responseEnd } = entry;
    const running = document.querySelector(stop) !== null;
    if (running || !calm) return void setTimeout(settled, QUIET / 2, entry, !running);
    if (leaving || stoppedAt > startTime || erredAt > startTime) return;
    answers += 1;
    rescue.answered();
    if (watching) tell("answered", responseEnd);
  }

  new PerformanceObserver((list) => list.getEntries().forEach(timed)).observe({ type: "resource", buffered: true });

  // Stop is the person's own doing.
  addEventListener("click", (event) => {
    if (!event.isTrusted || !event.target?.closest?.(stop)) return;
    stoppedAt = performance.now();
    rescue.stopped();
    tell("stopped");
  }, { capture: true, passive: true });

  // What a page shows while it is being left means nothing.
  addEventListener("beforeunload", () => {
    leaving = true;
    setTimeout(() => { leaving = false; }, 3000); // the person may have chosen to stay
  });
  addEventListener("pagehide", () => {
    leaving = true;
    // Whoever leaves an answer half way stops it; Chromium's webRequest does not tell.
    if (document.querySelector(stop)) tell("stopped");
  });
  addEventListener("pageshow", () => { leaving = false; });

  // A closer look is a function in the page's own world (closer.js). It tells by an event whose name only it and this script
  // know; of what it tells only a closer look's own three kinds are relayed, and only while it is on. Whether they count is
  // decided elsewhere.
  const CLOSER = ["body", "stream", "thrown"];
  let closerEnds = null;

  function closer(on) {
    closerEnds?.();
    closerEnds = null;
    if (!on) return true;
    const [told, off] = [crypto.randomUUID(), crypto.randomUUID()];
    const relay = ({ detail }) => {
      try {
        const saw = JSON.parse(detail);
        const [kind, ...more] = Object.keys(saw);
        if (more.length === 0 && CLOSER.includes(kind)) tell(saw);
      } catch {
        // No closer look of ours speaks like that.
      }
    };
    document.addEventListener(told, relay);
    closerEnds = () => {
      document.removeEventListener(told, relay);
      document.dispatchEvent(new CustomEvent(off));
    };
    return [told, off];
  }

  chrome.runtime.onMessage.addListener((message, _, reply) => {
    if (typeof message?.closer === "boolean") reply(closer(message.closer));
    if (typeof message?.watch !== "boolean") return;
    watching = message.watch;
    tell({ count: { answers, busy: document.querySelector(stop) !== null, noise: noisy } });
    for (const [url, { size, at }] of fine) tell({ fine: { url, size } }, at);
  });

  tell("hello", 0);
})();
