// Times for the bench. Only ever beside a copy of Mend; it does not ship.
globalThis.probe = { filled: null, saved: null };

new MutationObserver(() => {
  const verdict = document.getElementById("verdict");
  if (probe.filled === null && verdict && verdict.dataset.blame !== "benign") probe.filled = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });

// A wait for the next failure: the worker saves a model in which one is newer than the wait.
let since = Infinity;
probe.expect = () => {
  probe.saved = null;
  since = Date.now();
};
chrome.storage.session.onChanged.addListener(({ model }) => {
  const cases = (model?.newValue?.tabs ?? []).flatMap((tab) => (tab.case ? [tab.case] : []));
  const newest = Math.max(...cases.flatMap((one) => one.failures.map((failure) => failure.at)));
  if (newest > since) {
    probe.saved = Date.now() - newest;
    since = Infinity;
  }
});
