// ChatGPT's composer, for prompts.js: reads it, writes into it, presses its button. Writes only where nothing stands, and
// says whether what stands there then is what was to be written.
/** @import { Insertion } from "./messages.js" */
/** @import { Composer } from "./page.js" */

/**
 * @typedef {object} Compose
 * @property {(element?: Element | null) => string} read The text of the composer, or of an answer.
 * @property {(text: string, path?: string) => Promise<Insertion>} write Puts a text where nothing stands, in this chat.
 * @property {(text: string, path: string, may: () => boolean) => Promise<boolean>} press Presses the page's own button, once it
 *   can be pressed, and only while this text stands there, in this chat, and it may be. Returns whether it did.
 */

/** @typedef {{ ours: boolean, touched: boolean }} Attention Events are this script's own; the person did something. */
/** @typedef {(element: Composer, text: string) => Generator<undefined, void>} Input A way to bring a text in. */
(() => {
  const page = globalThis.MEND;
  const BLOCKS = "p, div, li, pre, blockquote, h1, h2, h3, h4, h5, h6";
  const SEGMENT = 4000; // characters; ChatGPT makes an attachment of a paste of more than 10,000
  const LINES = 200; // typed before the page has a turn
  // ms; an editor starts, and a button wakes up, within moments. By the clock: a browser slows the timers of a background tab.
  const PATIENCE = 2000, EVERY = 80;
  const pause = () => new Promise((resume) => setTimeout(resume, EVERY));

  /** @param {string} text */
  const bare = (text) => text.replace(/\s+/g, "");

  // Lets the page take in what it was given, at once: the timers of a tab in the back wait for a second.
  /** @returns {Promise<void>} */
  const turn = () => new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resume(); };
    port2.postMessage(null);
  });

  // The text as the person sees it: a line for each block and each break. Where the browser would make one of several
  // blanks, an editor holds them apart with blanks that do not break; there they are blanks again.
  /** @type {Compose["read"]} */
  function read(element = page.composer()) {
    if (!element) return "";
    const { value } = /** @type {Composer} */ (element);
    if (typeof value === "string") return value;
    let text = "", open = false; // a block ended, and nothing has come since
    const line = () => { if (open) text += "\n"; open = false; };
    const walk = (/** @type {Element} */ node) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          const { data } = /** @type {Text} */ (child);
          if (data) { line(); text += data; }
        } else if (child.nodeType !== Node.ELEMENT_NODE) continue;
        else walkElement(/** @type {Element} */ (child));
      }
    };
    const walkElement = (/** @type {Element} */ child) => {
      if (child.localName === "br") {
        // A last one only holds an empty line open.
        line();
        if (child.nextSibling || !child.parentElement?.matches(BLOCKS)) text += "\n";
      } else if (child.matches(BLOCKS)) {
        if (child.previousSibling) open = true;
        line();
        walk(child);
        open = true;
      } else walk(child);
    };
    walk(element);
    return /^(pre|break)/.test(getComputedStyle(element).whiteSpace) ? text : text.replaceAll("\u00a0", " ");
  }

  // Segments of a text, none of which ends within a character or between a carriage return and its line feed.
  /** @param {string} text */
  function segments(text) {
    const found = [];
    for (let from = 0; from < text.length;) {
      let to = Math.min(from + SEGMENT, text.length);
      if (to < text.length && /[\ud800-\udbff\r]/.test(text.charAt(to - 1))) to -= 1;
      found.push(text.slice(from, to));
      from = to;
    }
    return found;
  }

  // The ways to bring a text in as a person would, so that the page's own editor takes it in and can undo it; each yields where
  // the page may have a turn. Which one an editor understands shows by what stands there afterwards.
  /** @type {Input} */
  function* pasted(element, text) {
    for (const segment of segments(text)) {
      const data = new DataTransfer();
      data.setData("text/plain", segment);
      // Chromium takes `clipboardData`, Firefox `data` and `dataType` (MDN, "ClipboardEvent: ClipboardEvent() constructor").
      const content = { clipboardData: data, data: segment, dataType: "text/plain" };
      element.dispatchEvent(new ClipboardEvent("paste", { ...content, bubbles: true, cancelable: true, composed: true }));
      yield;
    }
  }

  // With a break for each new line: Enter would send it.
  /** @type {Input} */
  function* typed(_, text) {
    for (const [index, line] of text.split("\n").entries()) {
      if (index > 0) document.execCommand("insertLineBreak");
      for (const segment of segments(line)) document.execCommand("insertText", false, segment);
      if (index % LINES === LINES - 1) yield;
    }
    yield;
  }

  /** @type {Input} */
  function* whole(_, text) {
    document.execCommand("insertText", false, text);
    yield;
  }

  /**
   * @param {Composer} element
   * @param {Attention} seen
   */
  function empty(element, seen) {
    seen.ours = true;
    element.focus();
    if (typeof element.select === "function") element.select();
    else getSelection()?.selectAllChildren(element);
    document.execCommand("delete");
    seen.ours = false;
  }

  // What the person does in the box meanwhile. What this script does itself comes as events, too.
  function attention() {
    const seen = { ours: false, touched: false };
    const ending = new AbortController();
    const note = (/** @type {Event} */ { isTrusted, target }) => {
      seen.touched ||= isTrusted && !seen.ours && page.inComposer(target);
    };
    for (const kind of ["keydown", "beforeinput", "paste", "drop", "compositionstart", "pointerdown"]) {
      addEventListener(kind, note, { capture: true, passive: true, signal: ending.signal });
    }
    return Object.assign(seen, { end: () => ending.abort() });
  }

  const writesElsewhere = () => {
    const active = document.hasFocus() ? document.activeElement : null;
    return active?.matches('input, textarea, [contenteditable="true"]') === true && !page.inComposer(active);
  };

  /** @param {Composer} element */
  const length = (element) => (element.value ?? element.textContent).length;

  // Brings the text in by one way, as long as it is the same box of the same chat and nobody else's hands are on it. Whether
  // something came in.
  /**
   * @param {Input} way
   * @param {Composer} element
   * @param {string} text
   * @param {string} path
   * @param {Attention} seen
   */
  async function bring(way, element, text, path, seen) {
    let came = false;
    for (const steps = way(element, text); ;) {
      seen.ours = true;
      const { done } = steps.next();
      seen.ours = false;
      came ||= length(element) > 0;
      if (done) return came;
      await turn();
      if (seen.touched || page.place() !== path || page.composer() !== element) return came;
    }
  }

  // What the page made of it otherwise is taken out again; only what this script wrote is ever taken out.
  /**
   * @param {string} text
   * @param {string} path
   * @param {Attention} seen
   * @returns {Promise<Insertion>}
   */
  async function put(text, path, seen) {
    const patience = performance.now() + PATIENCE;
    while (performance.now() < patience && (page.isEarly() || !page.composer())) await pause();
    const first = page.composer();
    if (!first) return "gone";
    if (page.place() !== path) return "busy";
    if (read(first) === text) return "done";
    const ways = typeof first.value === "string" ? [whole, typed] : [pasted, typed, whole];
    for (const way of ways) {
      const element = page.composer();
      if (!element) return "gone";
      if (seen.touched || page.place() !== path || writesElsewhere() || read(element).trim() !== "") return "busy";
      empty(element, seen);
      const came = await bring(way, element, text, path, seen);
      await pause();
      // An editor may have put another element in its place.
      const now = page.composer();
      if (!now) return "gone";
      const stands = read(now);
      if (stands === text && page.place() === path) return "done";
      if (seen.touched || page.place() !== path) return "busy";
      // What came and went again was taken by the page.
      if (stands.trim() === "" && came) return "busy";
      if (!bare(text).startsWith(bare(stands))) return "busy";
      empty(now, seen);
      await pause();
    }
    return "other";
  }

  // One text at a time; meanwhile nothing sends a part of it.
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();

  /** @type {Compose["write"]} */
  function write(text, path = page.place()) {
    const next = last.then(async () => {
      const seen = attention();
      page.hold(true);
      try {
        return await put(text, path, seen);
      } finally {
        page.hold(false);
        seen.end();
      }
    });
    // Who asked for it is told; the next one only waits for it.
    last = next.catch(() => {});
    return next;
  }

  /** @type {Compose["press"]} */
  async function press(text, path, may) {
    const patience = performance.now() + PATIENCE;
    while (performance.now() < patience) {
      if (page.isRunning() || page.place() !== path || read() !== text || !may()) return false;
      const button = page.sendButton();
      if (button && !button.disabled && button.ariaDisabled !== "true") {
        button.click();
        return true;
      }
      await pause();
    }
    return false;
  }

  page.compose = { read, write, press };
})();
