// The witness in ChatGPT's page: sees errors by structure, failed requests by the page's own timing, Stop, and answers.
// Tells facts, never chat text: of an error its own words, cut short, and nothing that anybody wrote. It changes nothing
// on the page. Each fact is told again until the worker says that it is saved.
(() => {
  const SETTLE = 250; // an error that is gone by then was a flicker, or the page is being left
  const QUIET = 1200; // an answer counts when no error followed it for so long
  const PATIENCE = [250, 500, 1000, 2000, 5000, 15000, 30000];
  const UNSAVED = 1000; // so many facts wait at most for a worker that cannot be reached
  const PLACES = 200; // of errors, remembered
  const KEPT = 12; // the last good answer of so many endpoints
  const page = globalThis.MEND;
  const { watched, noise, chat, files, check } = globalThis[Symbol.for("mend.endpoints")];
  const { order, rescue, affords } = page;

  const visit = crypto.randomUUID();
  const unsaved = [];
  const fine = new Map(); // what answered well, by endpoint or kind of file, the latest last: told when asked
  let told = 0, telling = false, watching = false, answers = 0, noisy = false, leaving = false;
  let stoppedAt = -Infinity, erredAt = -Infinity;

  // By the clock of now: in most systems the page's own stands still while the computer sleeps (MDN, "performance.now").
  const wall = (at) => Math.round(Date.now() - (performance.now() - at));

  // Whether it is told: not after Mend was switched off or updated, nor beyond the budget of a page.
  function tell(saw, at = performance.now()) {
    if (!chrome.runtime?.id || !affords(saw, () => tell("flood"))) return false;
    unsaved.push({ key: `${visit}:${told++}`, at: wall(at), saw });
    if (unsaved.length > UNSAVED) unsaved.shift();
    if (!telling) void tellAll();
    return true;
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

  // Errors: a place (a turn, or the toast) tells once, and again only after it was seen without an error and something was asked
  // in this chat since. That its turn was taken out of the page meanwhile, and put in again, is nothing new.
  const standing = new Map(); // when each place told, and whether its error has gone since
  let recovery = null; // the turn, the path and the beginning of a recovery that the page shows

  const asked = () => Math.max(order.sent, order.ended, order.failed);
  function isFresh(place) {
    const known = standing.get(place);
    return !known || (known.gone && asked() > known.at && order.path === location.pathname);
  }

  function look() {
    looking = false;
    const now = page.errors();
    for (const [place, known] of standing) known.gone ||= !now.has(place);
    const fresh = [...now].filter(([place]) => isFresh(place));
    if (fresh.length > 0) setTimeout(confirm, SETTLE, fresh, performance.now());
    const notice = page.recovering();
    if (notice && !recovery) recovers(notice);
    else if (!notice && recovery) recovered(recovery);
  }

  function confirm(fresh, at) {
    const now = page.errors();
    for (const [place] of fresh) {
      const element = now.get(place);
      if (leaving || !element || !isFresh(place)) continue;
      standing.set(place, { at: Math.max(at, asked()), gone: false });
      if (standing.size > PLACES) standing.delete(standing.keys().next().value);
      erredAt = order.erred = at;
      const ended = order.ended > order.sent && order.ended > order.failed;
      if (!tell({ banner: { text: element.textContent.trim().slice(0, 300), ended } }, at)) continue;
      rescue.failed();
      void room();
      knows();
    }
  }

  // The page fetches the rest of an answer by itself: in progress. It was answered when the notice has gone, its own turn is
  // there and finished, and neither an error nor Stop came between. What else became of it nobody knows.
  function recovers(notice) {
    recovery = { turn: page.turnOf(notice), path: location.pathname, since: performance.now() };
    tell({ recovering: true });
  }

  function recovered(mine) {
    setTimeout(() => {
      if (recovery !== mine || page.recovering()) return;
      if (leaving) return void recovered(mine);
      recovery = null;
      tell({ recovering: false });
      const stands = mine.path === location.pathname && page.hasFinished(mine.turn);
      if (!stands || Math.max(erredAt, stoppedAt) > mine.since) return;
      const now = order.answered = performance.now();
      answered(now, mine.since, true);
    }, QUIET);
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

  // How well the page is known: told when asked, and by itself only when something of it is missing.
  let known = "";

  function knows(asked = false) {
    if (!page.isChat()) return;
    const now = page.knowledge();
    const whole = now.generation !== "" && now.missing.length === 0;
    if (!asked && (JSON.stringify(now) === known || (whole && known === ""))) return;
    known = JSON.stringify(now);
    tell({ page: now });
  }

  // The whole page is searched only when an error came or went: an answer changes it a hundred times a second.
  let looking = false;
  const holds = (node) =>
    node.nodeType === 1 && (node.matches(page.watched) || (node.firstElementChild && node.querySelector(page.watched)));
  const changed = (records) => {
    if (looking || isOver()) return;
    for (const { target, addedNodes, removedNodes } of records) {
      // An alert may stand there from the start, and be filled later.
      const filled = target.nodeType === 1 && target.closest(page.watched) !== null;
      for (const nodes of [addedNodes, removedNodes]) {
        for (const node of nodes) {
          if (!filled && !holds(node)) continue;
          looking = true;
          setTimeout(look, 100);
          return;
        }
      }
    }
  };
  const mutations = new MutationObserver(changed);
  mutations.observe(document, { childList: true, subtree: true });

  // Requests, from the page's own timing: a second witness should the worker have slept through the first.
  function timed(entry) {
    if (isOver()) return;
    const url = entry.name.split(/[?#]/, 1)[0];
    const status = entry.responseStatus ?? 0;
    if (noise.test(url)) noisy ||= status === 0 || status >= 400;
    if (!watched.test(url)) return;
    const message = chat.test(url), file = files.test(url);
    // Of a picture of another host the browser tells neither status nor protocol, whatever became of it; of the page's own
    // requests it does.
    const asked = ["fetch", "xmlhttprequest"].includes(entry.initiatorType);
    const unsent = asked && status === 0 && !entry.nextHopProtocol;
    // Nobody waits for a picture of an old chat, whose address may have run out.
    if (file && !asked) return;
    if (message) {
      [order.ended, order.path] = [Math.max(order.ended, entry.responseEnd), location.pathname];
      rescue.ended(wall(entry.startTime));
    }
    // A page gives up lists and checks of its own all day; of a message or a file it does not.
    const failed = status >= 400 || (unsent && (message || file));
    if (failed) order.failed = Math.max(order.failed, entry.responseEnd);
    if (failed) {
      if (tell({ timing: { url, status, protocol: entry.nextHopProtocol } }, entry.responseEnd)) rescue.failed();
    } else if (status >= 200) {
      // The page's many files are one kind: they must not push out who is signed in.
      worked(asked ? url : entry.initiatorType, url, entry);
      if (message) setTimeout(settled, QUIET / 2, entry, false);
    }
    // An alert may have come before its request was known to have failed.
    if (failed) look();
  }

  function worked(kind, url, { decodedBodySize: size, responseEnd: at }) {
    fine.delete(kind);
    fine.set(kind, { url, size, at });
    if (fine.size > KEPT) fine.delete(fine.keys().next().value);
    // Of messages, whether an error follows decides.
    if (watching && !chat.test(url)) tell({ fine: { url, size } }, at);
  }

  // A page may take an answer in, and find it broken, long after its last byte has come.
  function settled(entry, calm) {
    const { startTime, responseEnd } = entry;
    const running = page.isRunning() || page.recovering() !== null || leaving;
    if (running || !calm) return void setTimeout(settled, QUIET / 2, entry, !running);
    if (stoppedAt > startTime || erredAt > startTime) return;
    // The rest of one that broke off is told when it has come.
    if (recovery && recovery.since >= startTime) return;
    order.answered = Math.max(order.answered, responseEnd);
    answered(responseEnd, startTime, false);
  }

  // What was asked at `began` is answered. Told while Mend waits for it, and where it clears up what had broken off.
  function answered(at, began, cleared) {
    answers += 1;
    rescue.answered(wall(began));
    knows();
    if (watching || cleared) tell("answered", at);
  }

  const timings = new PerformanceObserver((list) => list.getEntries().forEach(timed));
  timings.observe({ type: "resource", buffered: true });

  // Whether Mend was switched off or updated since: then this script ends, and a closer look with it.
  function isOver() {
    if (chrome.runtime?.id) return false;
    closerEnds?.();
    closerEnds = null;
    mutations.disconnect();
    timings.disconnect();
    return true;
  }

  // The script of the edge's check: without it nobody gets past, and a script's own failure is told by its element alone.
  addEventListener("error", ({ target }) => {
    const url = typeof target?.src === "string" ? target.src.split(/[?#]/, 1)[0] : "";
    if (!check.test(url)) return;
    order.failed = performance.now();
    tell({ timing: { url, status: 0, protocol: "" } });
  }, { capture: true, passive: true });

  // Stop is the person's own doing.
  addEventListener("click", (event) => {
    if (!event.isTrusted || !page.isStop(event.target)) return;
    stoppedAt = order.erred = performance.now();
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
    // Whoever leaves an answer half way ends it; Chromium's webRequest does not tell.
    if (page.isRunning()) tell("left");
  });
  addEventListener("pageshow", ({ persisted }) => {
    leaving = false;
    // Brought back from the browser's own memory: another page of this tab may have been told of meanwhile.
    if (persisted) tell("hello");
  });

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
    if (message?.outline) reply(page.outline());
    if (typeof message?.closer === "boolean") reply(closer(message.closer));
    if (typeof message?.watch !== "boolean") return;
    watching = message.watch;
    tell({ count: { answers, busy: page.isRunning(), noise: noisy } });
    knows(true);
    // Of messages only an answer is told: an error can follow a good status.
    for (const { url, size, at } of fine.values()) if (!chat.test(url)) tell({ fine: { url, size } }, at);
  });

  tell("hello", 0);
})();
