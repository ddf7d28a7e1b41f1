// The content script in ChatGPT's page: sees errors by structure, failed requests by the page's own timing, Stop, and
// answers. Reports what happened, never chat text: of an error its own words, cut short, and nothing that anybody wrote. It
// changes nothing on the page.
/** @import { Endpoints } from "./endpoints.js" */
/** @import { InspectionNames, PageSignal, ToContent } from "./messages.js" */
(() => {
  const SETTLE = 250; // ms; an error that is gone by then was a flicker, or the page is being left
  const QUIET = 1200; // ms; an answer counts when no error followed it for so long
  const STAYED = 3000; // ms; after "leave this page?" the person may have chosen to stay
  const LOOK = 100; // ms; changes of the page are looked at together
  const PLACES = 200; // places of errors that are remembered
  const ENDPOINTS = 12; // endpoints of which the last good answer is remembered
  const WORDS = 300; // characters of an error
  const page = globalThis.MEND;
  const shared = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis));
  const { watched, noise, chat, files, check } = /** @type {Endpoints} */ (shared[Symbol.for("mend.endpoints")]);
  const { order, prompts, reports } = page;
  const { report, wallClock } = reports;

  /** What answered well, by endpoint or kind of file, the latest last: reported when asked.
   * @type {Map<string, { url: string, size: number, at: number }>} */
  const answeredWell = new Map();
  let answers = 0, telemetryFailed = false, leaving = false;
  let stoppedAt = -Infinity, erredAt = -Infinity; // ms since the page was opened, as all times here

  // ---- errors that the page shows ----

  // A place (a turn, or the toast) is reported once, and again only after it was seen without an error and something was sent
  // in this chat since. That its turn was taken out of the page meanwhile, and put in again, is nothing new.
  /** When each place was reported, and whether its error has gone since.
   * @type {Map<string | number, { at: number, gone: boolean }>} */
  const reported = new Map();

  const lastSent = () => Math.max(order.sent, order.ended, order.failed);

  /** @param {string | number} place */
  function isFresh(place) {
    const known = reported.get(place);
    return !known || (known.gone && lastSent() > known.at && order.path === location.pathname);
  }

  let looking = false;

  function lookForErrors() {
    looking = false;
    const now = page.errors();
    for (const [place, known] of reported) known.gone ||= !now.has(place);
    const fresh = [...now.keys()].filter(isFresh);
    if (fresh.length > 0) setTimeout(confirm, SETTLE, fresh, performance.now());
    const notice = page.recovering();
    if (notice && !recovery) recoveryBegan(notice);
    else if (!notice && recovery) recoveryEnded(recovery);
  }

  /**
   * @param {(string | number)[]} fresh
   * @param {number} at
   */
  function confirm(fresh, at) {
    const now = page.errors();
    for (const place of fresh) {
      const element = now.get(place);
      if (leaving || !element || !isFresh(place)) continue;
      reported.set(place, { at: Math.max(at, lastSent()), gone: false });
      const [oldest] = reported.keys();
      if (oldest !== undefined && reported.size > PLACES) reported.delete(oldest);
      erredAt = order.erred = at;
      const ended = order.ended > order.sent && order.ended > order.failed;
      const text = element.textContent.trim().slice(0, WORDS);
      if (!report({ kind: "banner", text, ended }, at)) continue;
      prompts.failed();
      void reportRoom();
      reportPage();
    }
  }

  // The whole page is searched only when an error came or went: an answer changes it a hundred times a second.
  /** @param {Node} node */
  const asElement = (node) => (node.nodeType === Node.ELEMENT_NODE ? /** @type {Element} */ (node) : null);
  /** @param {Element | null} node */
  const holdsError = (node) => node !== null
    && (node.matches(page.watched) || (node.firstElementChild !== null && node.querySelector(page.watched) !== null));

  /** @param {MutationRecord[]} changes */
  function onChanges(changes) {
    if (looking || isOrphaned()) return;
    for (const { target, addedNodes, removedNodes } of changes) {
      // An alert may stand there from the start, and be filled later.
      const filled = asElement(target)?.closest(page.watched) != null;
      for (const nodes of [addedNodes, removedNodes]) {
        for (const node of nodes) {
          if (!filled && !holdsError(asElement(node))) continue;
          looking = true;
          setTimeout(lookForErrors, LOOK);
          return;
        }
      }
    }
  }

  const mutations = new MutationObserver(onChanges);
  mutations.observe(document, { childList: true, subtree: true });

  // ---- a recovery: the page fetches the rest of an answer by itself ----

  /** The turn, the path and the beginning of the one that the page shows.
   * @typedef {{ turn: Element | null, path: string, since: number }} Recovery
   * @type {Recovery | null} */
  let recovery = null;

  /** @param {Element} notice */
  function recoveryBegan(notice) {
    recovery = { turn: page.turnOf(notice), path: location.pathname, since: performance.now() };
    report({ kind: "recovering", on: true });
  }

  // It was answered when the notice has gone, its own turn is there and finished, and neither an error nor Stop came between.
  // What else became of it nobody knows.
  /** @param {Recovery} ended */
  function recoveryEnded(ended) {
    setTimeout(() => {
      if (recovery !== ended || page.recovering()) return;
      if (leaving) return void recoveryEnded(ended);
      recovery = null;
      report({ kind: "recovering", on: false });
      const isThere = ended.path === location.pathname && page.hasFinished(ended.turn);
      if (!isThere || Math.max(erredAt, stoppedAt) > ended.since) return;
      const now = order.answered = performance.now();
      answered(now, ended.since, true);
    }, QUIET);
  }

  // ---- what else is reported of the page ----

  // A page that cannot store what it wants to store breaks. Only sizes are looked at.
  async function reportRoom() {
    let local = 0;
    try {
      for (let at = 0; at < localStorage.length; at++) {
        const key = localStorage.key(at) ?? "";
        local += key.length + (localStorage.getItem(key) ?? "").length;
      }
    } catch {
      // Storage is switched off; that is known to the page, too.
    }
    // Neither is there on a page without TLS, and a browser may refuse to estimate: then nothing is known of the quota.
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.().catch(() => {})) ?? {};
    report({ kind: "room", local, used: quota > 0 ? Math.round((100 * usage) / quota) : 0 });
  }

  // How well the page is known: reported when asked, and by itself only when something of it is missing.
  let known = "";

  function reportPage(asked = false) {
    if (!page.isChat()) return;
    const now = page.knowledge();
    const whole = now.generation !== "" && now.missing.length === 0;
    if (!asked && (JSON.stringify(now) === known || (whole && known === ""))) return;
    known = JSON.stringify(now);
    report({ kind: "page", ...now });
  }

  // ---- requests ----

  // From the page's own timing: a second source, should the worker have slept through the first.
  /** @param {PerformanceResourceTiming} entry */
  function onTiming(entry) {
    if (isOrphaned()) return;
    const url = bare(entry.name);
    const status = entry.responseStatus ?? 0;
    if (noise.test(url)) telemetryFailed ||= status === 0 || status >= 400;
    if (!watched.test(url)) return;
    const isMessage = chat.test(url), isFile = files.test(url);
    // Of a picture of another host the browser tells neither status nor protocol, whatever became of it; of the page's own
    // requests it does.
    const byScript = ["fetch", "xmlhttprequest"].includes(entry.initiatorType);
    const unsent = byScript && status === 0 && !entry.nextHopProtocol;
    // Nobody waits for a picture of an old chat, whose address may have run out.
    if (isFile && !byScript) return;
    if (isMessage) {
      [order.ended, order.path] = [Math.max(order.ended, entry.responseEnd), location.pathname];
      prompts.ended(wallClock(entry.startTime));
    }
    // A page gives up lists and checks of its own all day; a message or a file it does not.
    const failed = status >= 400 || (unsent && (isMessage || isFile));
    if (failed) order.failed = Math.max(order.failed, entry.responseEnd);
    if (failed) {
      if (report({ kind: "timing", url, status, protocol: entry.nextHopProtocol }, entry.responseEnd)) prompts.failed();
    } else if (status >= 200) {
      // The page's many files are one kind: they must not push out who is signed in.
      remember(byScript ? url : entry.initiatorType, url, entry);
      if (isMessage) setTimeout(settled, QUIET / 2, entry, false);
    }
    // An alert may have come before its request was known to have failed.
    if (failed) lookForErrors();
  }

  /** @param {string} url */
  const bare = (url) => url.split(/[?#]/, 1)[0] ?? "";

  /**
   * @param {string} kind
   * @param {string} url
   * @param {PerformanceResourceTiming} entry
   */
  function remember(kind, url, { decodedBodySize: size, responseEnd: at }) {
    answeredWell.delete(kind);
    answeredWell.set(kind, { url, size, at });
    const [oldest] = answeredWell.keys();
    if (oldest !== undefined && answeredWell.size > ENDPOINTS) answeredWell.delete(oldest);
    // Of messages, whether an error follows decides.
    if (reports.reportAnswers && !chat.test(url)) report({ kind: "fine", url, size }, at);
  }

  // A page may take an answer in, and find it broken, long after its last byte has come. `calm`: nothing ran when it was last
  // looked at.
  /**
   * @param {PerformanceResourceTiming} entry
   * @param {boolean} calm
   */
  function settled(entry, calm) {
    const { startTime, responseEnd } = entry;
    const running = page.isRunning() || page.recovering() !== null || leaving;
    if (running || !calm) return void setTimeout(settled, QUIET / 2, entry, !running);
    if (stoppedAt > startTime || erredAt > startTime) return;
    // The rest of one that broke off is reported when it has come.
    if (recovery && recovery.since >= startTime) return;
    order.answered = Math.max(order.answered, responseEnd);
    answered(responseEnd, startTime, false);
  }

  // What was sent at `began` is answered. Reported while the worker waits for it, and after a recovery.
  /**
   * @param {number} at
   * @param {number} began
   * @param {boolean} recovered
   */
  function answered(at, began, recovered) {
    answers += 1;
    prompts.answered(wallClock(began));
    reportPage();
    if (reports.reportAnswers || recovered) report({ kind: "answered" }, at);
  }

  const timings = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) onTiming(/** @type {PerformanceResourceTiming} */ (entry));
  });
  timings.observe({ type: "resource", buffered: true });

  // Whether Mend was switched off or updated since: then this script ends, and deep inspection with it.
  function isOrphaned() {
    if (chrome.runtime?.id) return false;
    endInspection();
    mutations.disconnect();
    timings.disconnect();
    return true;
  }

  // The script of the edge's check: without it nobody gets past, and a script's own failure is told by its element alone.
  addEventListener("error", ({ target }) => {
    const { src } = /** @type {{ src?: unknown }} */ (target ?? {});
    const url = typeof src === "string" ? bare(src) : "";
    if (!check.test(url)) return;
    order.failed = performance.now();
    report({ kind: "timing", url, status: 0, protocol: "" });
  }, { capture: true, passive: true });

  // ---- what the person does ----

  addEventListener("click", (event) => {
    if (!event.isTrusted || !page.isStop(event.target)) return;
    stoppedAt = order.erred = performance.now();
    prompts.stopped();
    report({ kind: "stopped" });
  }, { capture: true, passive: true });

  // What a page shows while it is being left means nothing.
  addEventListener("beforeunload", () => {
    leaving = true;
    setTimeout(() => { leaving = false; }, STAYED);
  });
  addEventListener("pagehide", () => {
    leaving = true;
    // Whoever leaves an answer half way ends it; Chromium's webRequest does not tell.
    if (page.isRunning()) report({ kind: "left" });
  });
  addEventListener("pageshow", ({ persisted }) => {
    leaving = false;
    // Brought back from the browser's back/forward cache: another page of this tab may have been reported meanwhile.
    if (persisted) report({ kind: "hello" });
  });

  // ---- deep inspection ----

  // A function in the page's own world (fetch_tap.js). It reports by an event whose name only it and this script know; of what
  // it reports only its own three kinds are passed on, and only while it is on. Whether they count the core decides.
  const INSPECTED = ["body", "stream", "thrown"];
  /** @type {(() => void) | null} */
  let end = null;

  function endInspection() {
    end?.();
    end = null;
  }

  /**
   * @param {boolean} on
   * @returns {InspectionNames | true}
   */
  function inspect(on) {
    endInspection();
    if (!on) return true;
    const [reportName, endName] = [crypto.randomUUID(), crypto.randomUUID()];
    const pass = (/** @type {Event} */ event) => {
      try {
        /** @type {PageSignal} */
        const saw = JSON.parse(/** @type {CustomEvent} */ (event).detail);
        if (INSPECTED.includes(saw.kind)) report(saw);
      } catch {
        // Nothing that fetch_tap.js says.
      }
    };
    document.addEventListener(reportName, pass);
    end = () => {
      document.removeEventListener(reportName, pass);
      document.dispatchEvent(new CustomEvent(endName));
    };
    return [reportName, endName];
  }

  chrome.runtime.onMessage.addListener((/** @type {ToContent} */ message, _, reply) => {
    if (message?.kind === "outline") reply(page.outline());
    if (message?.kind === "deep-inspection") reply(inspect(message.on));
    if (message?.kind !== "report-answers") return;
    reports.reportAnswers = message.on;
    report({ kind: "count", answers, busy: page.isRunning(), noise: telemetryFailed });
    reportPage(true);
    // Of messages only an answer is reported: an error can follow a good status.
    for (const { url, size, at } of answeredWell.values()) if (!chat.test(url)) report({ kind: "fine", url, size }, at);
  });

  report({ kind: "hello" }, 0);
})();
