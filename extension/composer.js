// ChatGPT's composer, for the script that keeps prompts: reads it, writes into it, presses its button. Writes only where
// nothing stands, and says whether what stands there then is what was to be written.
(() => {
  const page = globalThis.MEND;
  const BLOCKS = "p, div, li, pre, blockquote, h1, h2, h3, h4, h5, h6";
  const PIECE = 4000; // characters; ChatGPT makes an attachment of a paste of more than 10,000
  const LINES = 200; // typed before the page has a turn
  // ms; an editor starts, and a button wakes up, within moments. A browser slows the timers of a tab in the back: so by the clock.
  const ready = { patience: 2000, every: 80 };
  const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

  const bare = (text) => text.replace(/\s+/g, "");

  // Lets the page take in what it was given, at once: the timers of a tab in the back wait for a second.
  const turn = () => new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resume(); };
    port2.postMessage(null);
  });

  // The text as the person sees it: a line for each block and each break. Where the browser would make one of several
  // blanks, an editor holds them apart with blanks that do not break; there they are blanks again.
  function read(element = page.composer()) {
    if (!element) return "";
    if (typeof element.value === "string") return element.value;
    let text = "", open = false; // a block ended, and nothing has come since
    const line = () => { if (open) text += "\n"; open = false; };
    const walk = (node) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          if (child.data) { line(); text += child.data; }
        } else if (child.nodeType !== Node.ELEMENT_NODE) continue;
        else if (child.localName === "br") {
          // A last one only holds an empty line open.
          line();
          if (child.nextSibling || !child.parentElement.matches(BLOCKS)) text += "\n";
        } else if (child.matches(BLOCKS)) {
          if (child.previousSibling) open = true;
          line();
          walk(child);
          open = true;
        } else walk(child);
      }
    };
    walk(element);
    return /^(pre|break)/.test(getComputedStyle(element).whiteSpace) ? text : text.replaceAll("\u00a0", " ");
  }

  // Pieces of a text, none of which ends within a character or between a carriage return and its line feed.
  function pieces(text) {
    const found = [];
    for (let from = 0; from < text.length;) {
      let to = Math.min(from + PIECE, text.length);
      if (to < text.length && (/[\ud800-\udbff]/.test(text[to - 1]) || text[to - 1] === "\r")) to -= 1;
      found.push(text.slice(from, to));
      from = to;
    }
    return found;
  }

  // The ways to bring a text in as a person would, so that the page's own editor takes it in and can undo it; each yields where
  // the page may have a turn. Which one an editor understands shows by what stands there afterwards.
  function* pasted(element, text) {
    for (const piece of pieces(text)) {
      const data = new DataTransfer();
      data.setData("text/plain", piece);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, data: piece, dataType: "text/plain", bubbles: true, cancelable: true, composed: true }));
      yield;
    }
  }

  // With a break for each new line: Enter would send it.
  function* typed(_, text) {
    for (const [index, line] of text.split("\n").entries()) {
      if (index > 0) document.execCommand("insertLineBreak");
      for (const piece of pieces(line)) document.execCommand("insertText", false, piece);
      if (index % LINES === LINES - 1) yield;
    }
    yield;
  }

  function* whole(_, text) {
    document.execCommand("insertText", false, text);
    yield;
  }

  function empty(element, seen) {
    seen.ours = true;
    element.focus();
    if (typeof element.select === "function") element.select();
    else getSelection().selectAllChildren(element);
    document.execCommand("delete");
    seen.ours = false;
  }

  // What the person does in the box meanwhile. What this script does itself comes as events, too.
  function attention() {
    const seen = { ours: false, touched: false };
    const ending = new AbortController();
    const note = ({ isTrusted, target }) => { seen.touched ||= isTrusted && !seen.ours && page.inComposer(target); };
    for (const kind of ["keydown", "beforeinput", "paste", "drop", "compositionstart", "pointerdown"]) {
      addEventListener(kind, note, { capture: true, passive: true, signal: ending.signal });
    }
    return Object.assign(seen, { end: () => ending.abort() });
  }

  const writesElsewhere = () => {
    const active = document.hasFocus() ? document.activeElement : null;
    return active?.matches('input, textarea, [contenteditable="true"]') === true && !page.inComposer(active);
  };

  const length = (element) => (element.value ?? element.textContent).length;

  // Brings the text in by one way, as long as it is the same box of the same chat and nobody else's hands are on it. Whether
  // something came in.
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

  // Puts a text where nothing stands, in this chat: "done", "gone" where there is no composer, "busy" where something stands in it
  // already or somebody writes there, "other" where the page made something else of it, which is taken out again. Only what this
  // script wrote is ever taken out.
  async function put(text, path, seen) {
    const patience = performance.now() + ready.patience;
    while (performance.now() < patience && (page.isEarly() || !page.composer())) await pause(ready.every);
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
      await pause(ready.every);
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
      await pause(ready.every);
    }
    return "other";
  }

  // One text at a time; meanwhile nothing sends a part of it.
  let last = Promise.resolve();

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
    last = next.catch(() => {});
    return next;
  }

  // Presses the page's own button, once it can be pressed, and only while this text stands there, in this chat, and it may be.
  async function press(text, path, may) {
    const patience = performance.now() + ready.patience;
    while (performance.now() < patience) {
      if (page.isRunning() || page.place() !== path || read() !== text || !may()) return false;
      const button = page.sendButton();
      if (button && !button.disabled && button.ariaDisabled !== "true") {
        button.click();
        return true;
      }
      await pause(ready.every);
    }
    return false;
  }

  page.compose = { read, write, press };
})();
