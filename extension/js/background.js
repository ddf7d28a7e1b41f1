// The service worker's listeners. Every listener is attached at once, before anything is awaited: a browser that wakes the
// worker for an event delivers it to the listeners that are there by then, and to no later one (Chrome's reference, "The
// extension service worker lifecycle"). Each appends to one queue, which begins when the core is loaded. Nothing is decided
// here.
/** @import * as Messages from "./messages.js" */
/** @import { Endpoints } from "./endpoints.js" */
import "./endpoints.js";
import { tapFetch } from "./fetch_tap.js";
import { chosenMessages } from "./language.js";
import init, { handle_event, handle_prompt_message, site_data, write_journal } from "../mend.js";

// An answer wakes the worker whatever its status, so only a message's own requests are listened to: they come together, and
// wake it once. What else is answered the content script knows; it reports failures, and successes when asked. A failed or
// redirected request is rare, so that filter is wider; but it never has telemetry, which blockers break all day.
const shared = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis));
const { messages, awaited, site, headers } = /** @type {Endpoints} */ (shared[Symbol.for("mend.endpoints")]);
/** @type {chrome.webRequest.RequestFilter} */
const PAGES = { urls: site, types: ["main_frame"] };
// No other header enters. Firefox delivers set-cookie too; it ends here.
const HEADERS = new Set(headers);
const LONGEST_HEADER = 256; // characters

// The cookie store of a tab where the browser does not say it: Firefox has containers, and tells a tab's store only to
// extensions that may read cookies; Chromium has no containers.
const STORE = chrome.runtime.getURL("").startsWith("moz-") ? "unknown" : "firefox-default";

/** @type {Promise<unknown>} */
let queue = init({ module_or_path: chrome.runtime.getURL("mend_bg.wasm") });

/**
 * Says on the console what could not be done, and why, as report.rs does.
 * @param {string} what
 */
const report = (what) => (/** @type {unknown} */ error) =>
  console.error(`Mend: ${what}: ${error instanceof Error ? error.message : error}`);

/**
 * Runs `work` after everything that came before it. One that fails is reported, and stops no other.
 * @template T
 * @param {() => Promise<T>} work
 */
function enqueue(work) {
  const done = queue.then(work);
  queue = done.catch(report("take an event"));
  return done;
}

// Nobody waits for it, and its queue has reported it.
const reported = () => {};

/** @param {Messages.BrowserEvent} event */
const deliver = (event) => void enqueue(() => handle_event(event, undefined)).catch(reported);

// Writes of the journal and of prompts go one after another, beside the queue; one that fails is reported, and
// stops no other.
let written = queue;

/**
 * @template T
 * @param {() => Promise<T>} work
 */
function write(work) {
  const done = written.then(work);
  written = done.catch(report("write the journal or a prompt"));
  return done;
}

/** @param {Messages.PromptEvent} event */
const updatePrompts = (event) => write(() => handle_prompt_message(event, undefined));

// The core calls these by their names. Replies to what it asked the browser for come back through the same queue; prompts
// make room for what Mend remembers of a failure; the function for the page is one that the core cannot make.
Object.assign(globalThis, {
  mendDeliver: () => deliver({ kind: "replies" }),
  mendGiveWay: () => updatePrompts({ kind: "crowded" }),
  mendMessages: chosenMessages,
  mendJournal: (/** @type {unknown} */ model) => void write(() => write_journal(model)).catch(reported),
  mendSiteData: site_data,
  mendTapFetch: tapFetch,
});

// What the person wrote goes past the core, to where it is saved.
const PROMPT_KINDS = ["save-prompt", "prompt-answered", "discard-prompts", "restore-prompt", "move-prompts"];

/** @param {chrome.webRequest.WebRequestDetails} details */
const request = (details) => ({
  tab: details.tabId,
  key: `r:${details.requestId}`,
  at: Math.round(details.timeStamp),
  method: details.method,
  url: bare(details.url),
});

/** @param {string} url */
const bare = (url) => url.split(/[?#]/, 1)[0] ?? "";

/** @param {chrome.webRequest.HttpHeader[]} all */
function allowed(all = []) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const { name, value } of all) {
    const known = name.toLowerCase();
    if (HEADERS.has(known) && value) found[known] = value.slice(0, LONGEST_HEADER);
  }
  return found;
}

// The start of an answer, not its end: status and headers are there, and a long answer does not wake the worker twice. How it
// ends onErrorOccurred tells, and the content script.
chrome.webRequest.onResponseStarted.addListener(
  (details) => deliver({
    kind: "response", ...request(details), status: details.statusCode, headers: allowed(details.responseHeaders),
  }),
  { urls: messages },
  ["responseHeaders"],
);

/** @param {chrome.webRequest.OnErrorOccurredDetails} details */
const failed = (details) => deliver({ kind: "net-error", ...request(details), error: details.error });
chrome.webRequest.onErrorOccurred.addListener(failed, { urls: awaited });
// A function of its own: the same one with another filter would take the place of the first.
chrome.webRequest.onErrorOccurred.addListener((details) => failed(details), PAGES);

/** @param {chrome.webRequest.OnBeforeRedirectDetails} details */
const redirected = (details) => deliver({ kind: "redirect", ...request(details), to: bare(details.redirectUrl) });
chrome.webRequest.onBeforeRedirect.addListener(redirected, { urls: awaited });
chrome.webRequest.onBeforeRedirect.addListener((details) => redirected(details), PAGES);

// Any of the extension's parts can send here; the core judges the sender by what the browser says of it.
chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const from = {
    own: sender.id === chrome.runtime.id,
    url: sender.url ?? "",
    tab: sender.tab?.id,
    frame: sender.frameId,
    private: sender.tab?.incognito,
    default_store: sender.tab?.incognito === false && (sender.tab.cookieStoreId ?? STORE) === "firefox-default",
  };
  const refused = (/** @type {unknown} */ error) => reply({ ok: false, error: String(error) });
  if (PROMPT_KINDS.includes(message?.kind)) {
    write(() => handle_prompt_message(message, from)).then(() => reply({ ok: true }), refused);
    return true;
  }
  // A report is answered once it is saved, and told again until then.
  enqueue(() => handle_event(message, from))
    .then((answer) => written.then(() => answer))
    .then(reply, refused);
  return true;
});

chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === "prompts") void updatePrompts({ kind: "stale" }).catch(reported);
  else deliver({ kind: "tick" });
});

chrome.runtime.onInstalled.addListener(({ reason }) => deliver({ kind: "installed", reason }));

const accessChanged = () => deliver({ kind: "access" });
chrome.permissions.onAdded.addListener(accessChanged);
chrome.permissions.onRemoved.addListener(accessChanged);
