// The worker's ears. Every listener is attached at once, before anything is awaited: a browser that wakes Mend for an
// event delivers it to the listeners that stand by then, and to no later one. Each appends to one queue, which begins
// when the core is loaded. Nothing is decided here.
import "./endpoints.js";
import { lookCloser } from "./closer.js";
import init, { site_data, keep, record, take } from "./mend.js";

// An answer wakes Mend whatever its status, so only a message's own requests are watched: they come together, and wake
// it once. What else is answered is known to the witness in the page, which tells of failures, and of successes when asked.
// A broken or diverted request is rare, so that watch is wider; but never on telemetry, which blockers break all day.
const { messages: MESSAGE, awaited: AWAITED, site, headers } = globalThis[Symbol.for("mend.endpoints")];
const PAGES = { urls: site, types: ["main_frame"] };
// No other header enters. Firefox delivers set-cookie too; it ends here.
const HEADERS = new Set(headers);

// Firefox has containers, and tells a tab's store only who may see cookies; Chromium has none.
const STORE = chrome.runtime.getURL("").startsWith("moz-") ? "unknown" : "firefox-default";

let queue = init({ module_or_path: chrome.runtime.getURL("mend_bg.wasm") });

function enqueue(work) {
  const done = queue.then(work);
  queue = done.catch((error) => console.error("Mend:", error));
  return done;
}

const deliver = (event) => void enqueue(() => take(event)).catch(() => {});
// The core's effects bring their replies back through the same queue.
globalThis.mendDeliver = () => deliver("replies");
// A function for the page, which the core cannot make.
globalThis.mendLookCloser = lookCloser;

// Writes of the journal and of kept prompts go one after another, beside the queue; one that fails stops no other.
let written = queue;
function write(work) {
  const done = written.then(work);
  written = done.catch((error) => console.error("Mend:", error));
  return done;
}
// Prompts give way to what Mend remembers of a failure.
globalThis.mendGiveWay = () => write(() => keep("crowded", undefined));
globalThis.mendJournal = (model) => void write(() => record(model)).catch(() => {});

// The core's effects call it by this name.
globalThis.mendSiteData = site_data;

// What the person wrote goes past the core, to where it is kept.
const KEEPS = ["kept", "spent", "discard"];
const keeps = (message) => KEEPS.some((name) => Object.hasOwn(message ?? {}, name));

const request = (details) => ({
  tab: details.tabId,
  key: `r:${details.requestId}`,
  at: Math.round(details.timeStamp),
  method: details.method,
  url: details.url.split(/[?#]/, 1)[0],
});

function allowed(headers = []) {
  const kept = {};
  for (const { name, value } of headers) {
    const known = name.toLowerCase();
    if (HEADERS.has(known) && value) kept[known] = value.slice(0, 256);
  }
  return kept;
}

// The start of an answer, not its end: status and headers are there, and a long answer does not wake Mend twice. How it
// ends is told by onErrorOccurred and by the witness.
chrome.webRequest.onResponseStarted.addListener(
  (details) => deliver({
    response: { ...request(details), status: details.statusCode, headers: allowed(details.responseHeaders) },
  }),
  { urls: MESSAGE },
  ["responseHeaders"],
);

const broke = (details) => deliver({ "net-error": { ...request(details), error: details.error } });
chrome.webRequest.onErrorOccurred.addListener(broke, { urls: AWAITED });
chrome.webRequest.onErrorOccurred.addListener((details) => broke(details), PAGES);

const diverted = (details) => deliver({
  redirect: { ...request(details), to: details.redirectUrl.split(/[?#]/, 1)[0] },
});
chrome.webRequest.onBeforeRedirect.addListener(diverted, { urls: AWAITED });
chrome.webRequest.onBeforeRedirect.addListener((details) => diverted(details), PAGES);

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const from = {
    own: sender.id === chrome.runtime.id,
    url: sender.url ?? "",
    tab: sender.tab?.id,
    frame: sender.frameId,
    private: sender.tab?.incognito,
    home: sender.tab?.incognito === false && (sender.tab.cookieStoreId ?? STORE) === "firefox-default",
  };
  const refused = (error) => reply({ ok: false, error: String(error) });
  if (keeps(message)) {
    write(() => keep(message, from)).then(() => reply({ ok: true }), refused);
    return true;
  }
  // Whoever tells a fact is told that it is safe when it is, and tells it again until then.
  enqueue(() => take(message, from))
    .then((answer) => written.then(() => answer))
    .then(reply, refused);
  return true;
});

chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === "prompts") void write(() => keep("stale", undefined)).catch(() => {});
  else deliver("tick");
});

chrome.runtime.onInstalled.addListener(({ reason }) => deliver({ installed: reason }));

const look = () => deliver("access");
chrome.permissions.onAdded.addListener(look);
chrome.permissions.onRemoved.addListener(look);
