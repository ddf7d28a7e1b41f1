// How many failures of its page the witness tells of: a page can make as many as it likes, and each wakes the worker. One that is
// not told is lost, but that there were more is told.
(() => {
  const MOST = 120; // at once; a failed message has up to three
  const EVERY = 1000; // one more for each such time, in milliseconds
  const FAILURES = ["banner", "timing", "body", "stream", "thrown", "room", "recovering"];
  let left = MOST, since = performance.now(), dry = false;

  // Whether this is still told. `flood` is called for the first that is not.
  globalThis.MEND.affords = (saw, flood) => {
    if (!FAILURES.some((kind) => Object.hasOwn(saw, kind))) return true;
    const more = Math.floor((performance.now() - since) / EVERY);
    left = Math.min(MOST, left + more);
    since += more * EVERY;
    if (left > 0) {
      left -= 1;
      dry = false;
      return true;
    }
    if (!dry) {
      dry = true;
      flood();
    }
    return false;
  };
})();
