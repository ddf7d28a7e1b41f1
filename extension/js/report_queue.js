// Reports of this page to the worker. Each is sent again until the worker says that it is saved, or that it takes no such
// report, and only so many failures
// are reported: a page can make as many as it likes, and each wakes the worker. A failure beyond the budget is lost, but
// that there were more is reported.
/** @import { PageSignal, Reply } from "./messages.js" */

/**
 * @typedef {object} Reports
 * @property {boolean} reportAnswers The worker wants to know of good answers, too.
 * @property {(saw: PageSignal, at?: number) => boolean} report Reports what was seen `at` (ms since the page was opened; now).
 *   Returns whether it is reported: not after Mend was switched off or updated, nor beyond the budget.
 * @property {(at: number) => number} wallClock The time of day, in ms since 1970, of a time since the page was opened.
 */
(() => {
  const RETRY = [250, 500, 1000, 2000, 5000, 15_000, 30_000]; // ms until it is sent again, the last one from then on
  const UNSAVED = 1000; // reports that wait at most, for a worker that cannot be reached
  const BUDGET = 120; // failures at once; a failed message has up to three
  const REFILL = 1000; // ms for one more
  const FAILURES = ["banner", "timing", "body", "stream", "thrown", "room", "recovering"];

  const visit = crypto.randomUUID();
  /** @type {{ kind: "page-report", key: string, at: number, saw: PageSignal }[]} */
  const unsaved = [];
  let count = 0, sending = false;
  let budget = BUDGET, since = performance.now(), exhausted = false;

  // By the clock of now: in most systems the page's own stands still while the computer sleeps (MDN, "performance.now").
  /** @param {number} at */
  const wallClock = (at) => Math.round(Date.now() - (performance.now() - at));

  /** @param {PageSignal} saw */
  function isWithinBudget({ kind }) {
    if (!FAILURES.includes(kind)) return true;
    const more = Math.floor((performance.now() - since) / REFILL);
    budget = Math.min(BUDGET, budget + more);
    since += more * REFILL;
    if (budget > 0) {
      budget -= 1;
      exhausted = false;
      return true;
    }
    if (!exhausted) {
      exhausted = true;
      report({ kind: "flood" });
    }
    return false;
  }

  /** @type {Reports["report"]} */
  function report(saw, at = performance.now()) {
    if (!chrome.runtime?.id || !isWithinBudget(saw)) return false;
    unsaved.push({ kind: "page-report", key: `${visit}:${count++}`, at: wallClock(at), saw });
    if (unsaved.length > UNSAVED) unsaved.shift();
    if (!sending) void sendAll();
    return true;
  }

  async function sendAll() {
    sending = true;
    for (let tries = 0; unsaved.length > 0;) {
      /** @type {Reply | undefined} */
      let reply;
      try {
        reply = await chrome.runtime.sendMessage(unsaved[0]);
      } catch {
        // No worker, or this script outlived its extension: in that case nobody will ever listen.
        if (!chrome.runtime?.id) return;
      }
      if (reply?.ok || reply?.refused) {
        if (reply.ok) reports.reportAnswers = reply.watch;
        else console.warn(`Mend: report: ${reply.error}`);
        unsaved.shift();
        tries = 0;
      } else {
        const wait = RETRY[Math.min(tries++, RETRY.length - 1)];
        await new Promise((resume) => setTimeout(resume, wait));
      }
    }
    sending = false;
  }

  /** @type {Reports} */
  const reports = { reportAnswers: false, report, wallClock };
  globalThis.MEND.reports = reports;
})();
