// Times for the bench. Only ever beside a copy of Mend; it does not ship.
globalThis.probe = { filled: null, saved: [] };

new MutationObserver(() => {
  const verdict = document.getElementById("verdict");
  if (probe.filled === null && verdict && verdict.dataset.blame !== "benign") probe.filled = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });

let known = 0;
chrome.storage.session.onChanged.addListener(({ model }) => {
  const cases = (model?.newValue?.tabs ?? []).flatMap((tab) => (tab.case ? [tab.case] : []));
  const count = cases.reduce((sum, one) => sum + one.count, 0);
  const newest = Math.max(...cases.flatMap((one) => one.failures.map((failure) => failure.at)));
  if (count > known) probe.saved.push(Date.now() - newest);
  known = count;
});
