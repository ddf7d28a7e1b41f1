// ChatGPT's composer, for the script that keeps prompts: reads it, writes into it, presses its button. Writes only where
// nothing stands, and says whether what stands there then is what was to be written.
(() => {
  const { composer, send, stop } = globalThis.MEND;
  const BLOCKS = "p, div, li, pre, blockquote, h1, h2, h3, h4, h5, h6";
  const ready = { tries: 25, every: 80 }; // a button wakes up some moments after the text is there

  const box = () => document.querySelector(composer);

  // The text as the person sees it: a line for each block and each break. Where the browser would make one of several
  // blanks, an editor holds them apart with blanks that do not break; there they are blanks again.
  function read(element = box()) {
    if (!element) return "";
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

  // As if it were typed: the page's own editor takes it in, and can undo it.
  function write(text) {
    const element = box();
    if (!element) return "gone";
    if (read(element) === text) return "done";
    if (read(element).trim() !== "") return "busy";
    element.focus();
    // At once is fast; line by line is what every editor understands.
    const ways = [[text], text.split("\n")];
    for (const parts of ways) {
      getSelection().selectAllChildren(element);
      parts.forEach((part, index) => {
        if (index > 0) document.execCommand("insertParagraph");
        if (part) document.execCommand("insertText", false, part);
      });
      if (read(element) === text) return "done";
    }
    return "other";
  }

  // Presses the page's own button, once it can be pressed.
  async function press() {
    for (let tries = 0; tries < ready.tries; tries++) {
      if (document.querySelector(stop)) return false;
      const button = document.querySelector(send);
      if (button && !button.disabled && button.ariaDisabled !== "true") {
        button.click();
        return true;
      }
      await new Promise((resume) => setTimeout(resume, ready.every));
    }
    return false;
  }

  globalThis.MEND.compose = { box, read, write, press };
})();
