// Every message between the parts of the extension. Types only, nothing runs: `tsc` holds the scripts to them
// (./build.sh test), and tests/messages.rs holds the Rust to the same kinds. `kind` says what a message is.
//
// In all of them `at` is a time in whole ms since 1970, `tab` the browser's number of a tab, `key` names one report: a
// report that is told twice counts once. URLs have neither query nor fragment.

/**
 * What was seen of ChatGPT's page; never what somebody wrote, nor what ChatGPT answered. Rust: `event::PageSignal`.
 *
 * hello       a page of ChatGPT was loaded, or shown again
 * banner      the page shows an error: its words (300 characters), and whether the last message's request had ended well
 * timing      the page's own timing saw a failed request; status 0: no answer; protocol "": it never left the browser
 * fine        an endpoint answered well, with so many bytes. Only when asked, or while answers are to be reported
 * answered    an answer came and no error followed. Likewise
 * stopped     the person pressed Stop;  left  the page was left while an answer was under way
 * recovering  the page lost its connection and fetches the rest of the answer by itself (`on`), or does so no more
 * page        which generation of the page is shown ("": none that is known), and which parts of it were not found
 * count       answers since the page was loaded, whether one is running, whether telemetry failed. When asked
 * room        characters in localStorage, and how much of the site's quota is used, in percent
 * flood       there were more failures than are reported
 * body, stream, thrown   by deep inspection or the developer tools only: the head of a failed answer's body; how an
 *             answer's stream ended (with the record of its error as JSON); an error with another extension in its stack
 * @typedef {{ kind: "hello" } | { kind: "banner", text: string, ended: boolean }
 *   | { kind: "timing", url: string, status: number, protocol: string } | { kind: "fine", url: string, size: number }
 *   | { kind: "answered" } | { kind: "stopped" } | { kind: "left" } | { kind: "recovering", on: boolean }
 *   | { kind: "page", generation: string, missing: string[] }
 *   | { kind: "count", answers: number, busy: boolean, noise: boolean }
 *   | { kind: "room", local: number, used: number } | { kind: "flood" }
 *   | { kind: "body", url: string, status: number, text: string }
 *   | { kind: "stream", url: string, end: StreamEnd, text: string } | { kind: "thrown", by: string }} PageSignal
 *
 * @typedef {"error" | "open" | "handoff"} StreamEnd With an error; without the records that end a turn; handed to a WebSocket.
 */

/**
 * What a person wants; from Mend's own pages only, which Rust fills. Rust: `event::Intent`.
 * @typedef {{ kind: "open", tab: number | null, open: number[] } | { kind: "run", tab: number, rung: string, act: string }
 *   | { kind: "refused", tab: number, rung: string } | { kind: "undo", change: number }
 *   | { kind: "deep-inspection", tab: number, on: boolean }
 *   | { kind: "send", tab: number, prompt: number | null, begun: boolean }
 *   | { kind: "probed", finding: string } | { kind: "incident-alerts", on: boolean } | { kind: "forget" }} Intent
 */

/**
 * To the worker's core, which answers when it is saved. Rust: `authorize::Message`.
 *
 * page-report  from the content script: what it saw. Told again until it is answered with `ok` or `refused`
 * inspected    from the developer tools' page: what they show of the tab that they inspect
 * @typedef {{ kind: "page-report", key: string, at: number, saw: PageSignal }
 *   | { kind: "inspected", tab: number, key: string, at: number, saw: PageSignal }
 *   | { kind: "intent", intent: Intent }} ToCore
 *
 * @typedef {{ ok: true, watch: boolean, refused?: false } | { ok: false, error: string, refused?: boolean }} Reply
 *   watch: good answers are to be reported, too;  refused: the same message would be refused again
 */

/**
 * To where prompts are saved, past the core. Rust: `prompt_store::handle_prompt_message`.
 *
 * save-prompt      something failed: what was sent or is being written
 * prompt-answered  this text was answered: nothing of it is needed any more
 * discard-prompts  from Mend's own pages: the prompt of this number; without one, all
 * restore-prompt   from Mend's own pages: a prompt that was discarded, as it was stored
 * move-prompts     from Mend's own pages: it was chosen anew where they are kept
 * @typedef {{ kind: "save-prompt" } & PromptRecord | { kind: "prompt-answered", text: string }
 *   | { kind: "discard-prompts", id?: number | null } | { kind: "restore-prompt", prompt: unknown } | { kind: "move-prompts" }} ToPrompts
 *
 * @typedef {{
 *   at: number, path: string, text: string, answer: string, files: string[], found: boolean, chat: string
 * }} PromptRecord What was written where (the page's path), what has come of the answer, the names of attachments, whether
 *   it was only found in the tab's storage, and the path that a new chat got once it was answered.
 */

/**
 * What `background.js` hands to the core itself. Rust: `event::BrowserEvent`; stale and crowded: `prompt_store::handle_prompt_message`.
 *
 * replies  what the core asked the browser for has come;  access  permissions have changed;  tick  an alarm
 * stale    prompts may be too old;  crowded  the session's storage is full: half of the prompts go
 * @typedef {{ tab: number, key: string, at: number, method: string, url: string }} Request
 * @typedef {{ kind: "response", status: number, headers: Record<string, string> } & Request
 *   | { kind: "net-error", error: string } & Request | { kind: "redirect", to: string } & Request
 *   | { kind: "tick" } | { kind: "installed", reason: string } | { kind: "replies" } | { kind: "access" }} BrowserEvent
 * @typedef {{ kind: "stale" } | { kind: "crowded" }} PromptEvent
 */

/**
 * From the worker or the popup to the content scripts of a tab.
 *
 * report-answers   report good answers, too, from now on; or no longer. No reply
 * deep-inspection  begin: reply `InspectionNames`; or end: reply true
 * outline          reply string[]: the page's structure around what Mend looks for, without text
 * back-up-storage  reply `StorageBackup`;  restore-storage  reply whether it was put back
 * clear-site-data  delete what the site stores, what it caches: reply the origin, or false where it could not be done
 * insert-prompt    put a text into the empty composer: reply `Insertion`
 * forget-prompt    the person discarded this text: the tab keeps no copy of it. No reply
 * send-prompt      put a saved prompt there and send it: reply whether it was sent, now or before
 * @typedef {{ kind: "report-answers", on: boolean } | { kind: "deep-inspection", on: boolean } | { kind: "outline" }
 *   | { kind: "back-up-storage" } | { kind: "restore-storage", backup: StorageBackup }
 *   | { kind: "clear-site-data", storage: boolean, cache: boolean }
 *   | { kind: "insert-prompt", text: string } | { kind: "forget-prompt", text: string } | { kind: "send-prompt", prompt: SavedPrompt }} ToContent
 *
 * @typedef {[report: string, end: string]} InspectionNames The two events of one deep inspection (fetch_tap.js).
 * @typedef {{ origin: string, entries: [string, string][] }} StorageBackup All of one origin's localStorage.
 * @typedef {{ id: number, path: string, text: string, files: string[] }} SavedPrompt A number, and of a `PromptRecord` the rest.
 * @typedef {"done" | "gone" | "busy" | "other"} Insertion
 *   It stands there; no composer; something stood there or somebody writes; the page made something else of it.
 */

export {};
