// ChatGPT's composer, for the script that keeps prompts: reads it, writes into it, presses its button. Writes only where
// nothing stands, and says whether what stands there then is what was to be written.
(() => {
  const page = globalThis.MEND;
  const BLOCKS = "p, div, li, pre, blockquote, h1, h2, h3, h4, h5, h6";
  const PIECE = 4000; // characters; ChatGPT makes an attachment of a paste of more than 10,000
  // ms; an editor starts, and a button wakes up, within moments. A browser slows the timers of a tab in the back: so by the clock.
  const ready = { patience: 2000, every: 80 };
  const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

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

  // The ways to bring a text in as a person would, so that the page's own editor takes it in and can undo it. Which one an
  // editor understands shows by what stands there afterwards.
  const ways = [
    // Pasted, piece by piece.
    async (element, text) => {
      for (const piece of pieces(text)) {
        const data = new DataTransfer();
        data.setData("text/plain", piece);
        element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, data: piece, dataType: "text/plain", bubbles: true, cancelable: true, composed: true }));
        await turn();
      }
    },
    // Typed, with a break for each new line: Enter would send it.
    (_, text) => text.split("\n").forEach((line, index) => {
      if (index > 0) document.execCommand("insertLineBreak");
      for (const piece of pieces(line)) document.execCommand("insertText", false, piece);
    }),
    (_, text) => document.execCommand("insertText", false, text),
  ];

  function empty(element) {
    element.focus();
    if (typeof element.select === "function") element.select();
    else getSelection().selectAllChildren(element);
    document.execCommand("delete");
  }

  // Puts a text where nothing stands: "done", "gone" where there is no composer, "busy" where something stands in it already,
  // "other" where the page made something else of it, which is taken out again.
  async function write(text) {
    const patience = performance.now() + ready.patience;
    while (performance.now() < patience && (page.isEarly() || !page.composer())) await pause(ready.every);
    if (!page.composer()) return "gone";
    if (read() === text) return "done";
    if (read().trim() !== "") return "busy";
    // Whoever types meanwhile keeps what they typed.
    let typed = false;
    const typing = new AbortController();
    addEventListener("keydown", ({ isTrusted }) => { typed ||= isTrusted; }, { capture: true, passive: true, signal: typing.signal });
    try {
      for (const way of ways) {
        const element = page.composer();
        if (!element) return "gone";
        empty(element);
        await way(element, text);
        await pause(ready.every);
        // An editor may have put another element in its place.
        if (read() === text) return "done";
        if (!page.composer()) return "gone";
        if (typed) return "busy";
        empty(page.composer());
        await pause(ready.every);
      }
      return "other";
    } finally {
      typing.abort();
    }
  }

  // Presses the page's own button, once it can be pressed, and only while this text stands there, in this chat.
  async function press(text, path) {
    const patience = performance.now() + ready.patience;
    while (performance.now() < patience) {
      if (page.isRunning() || location.pathname !== path || read() !== text) return false;
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
