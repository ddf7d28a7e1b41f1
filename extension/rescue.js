// Keeps what the person writes and what comes of the answer, in the tab's own sessionStorage, so that an error or a reload
// loses neither. Typing wakes nobody. Only when something fails, or was lost, is it handed to the extension's own memory;
// it goes nowhere else. The person can switch all of it off.
(() => {
  const EVERY = 200; // a draft is written down at most so often
  const WATCH = 400; // … and a growing answer
  const TAKEN = 1500; // a composer that still holds the text by then did not send it
  const LONGEST = 1_000_000;
  const NAMES = 20;
  const page = globalThis.MEND;
  const { compose } = page;

  // One record each, under a name of its own: what stands in the composer, what was sent and is not answered; what was
  // handed over of this tab at all; and which kept prompts this tab has sent.
  const store = (name) => ({
    get: () => { try { return JSON.parse(sessionStorage.getItem(`mend:${name}`)); } catch { return null; } },
    set: (value) => {
      try {
        if (value === null) sessionStorage.removeItem(`mend:${name}`);
        else sessionStorage.setItem(`mend:${name}`, JSON.stringify(value));
      } catch { /* Full: the page's own error will tell; what is held here is still handed over. */ }
    },
  });
  const stores = { draft: store("draft"), sent: store("sent"), kept: store("kept"), did: store("did") };
  let draft = stores.draft.get(), sent = stores.sent.get(), files = [];
  let on = false, saving = 0, watching = 0;

  const save = (name, value) => { if (on) stores[name].set(value); };
  const fits = (text) => text.trim() !== "" && text.length <= LONGEST;

  // ---- what is written ----

  function saveDraft() {
    clearTimeout(saving);
    saving = 0;
    const text = compose.read();
    if (!fits(text)) draft = null;
    else if (text !== draft?.text || files !== draft.files) draft = { at: Date.now(), path: location.pathname, text, answer: "", files };
    save("draft", draft);
  }

  addEventListener("input", (event) => {
    if (on && page.inComposer(event.target)) saving ||= setTimeout(saveDraft, EVERY);
  }, { capture: true, passive: true });

  // Attachments are not kept; their names are, so that they can be added again.
  const named = (list) => {
    files = [...files, ...[...(list ?? [])].map((file) => file.name.slice(0, 200))].slice(-NAMES);
  };
  addEventListener("change", ({ target }) => { if (target?.type === "file") named(target.files); }, { capture: true, passive: true });
  for (const kind of ["drop", "paste"]) {
    addEventListener(kind, (event) => named((event.dataTransfer ?? event.clipboardData)?.files), { capture: true, passive: true });
  }

  // ---- what is sent ----

  function sending() {
    const text = compose.read();
    if (!on || !fits(text) || page.isRunning()) return;
    sent = { at: Date.now(), path: location.pathname, text, answer: "", files };
    save("sent", sent);
    const { at } = sent;
    setTimeout(() => {
      if (sent?.at !== at) return;
      if (compose.read() === text) return void put("sent", null);
      files = [];
      saveDraft();
    }, TAKEN);
    watching ||= setInterval(saveAnswer, WATCH);
  }

  page.onSend(sending);

  function put(name, value) {
    if (name === "sent") sent = value;
    else draft = value;
    if (!sent) {
      clearInterval(watching);
      watching = 0;
    }
    save(name, value);
  }

  // What has come of the answer, where it stands below what was sent.
  function saveAnswer() {
    if (!sent) return;
    const [last, question] = [page.answer(), page.question()];
    if (!last || !(question?.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING)) return;
    const answer = compose.read(last).slice(0, LONGEST);
    // An error that wipes it does not wipe what was seen.
    if (answer.length > sent.answer.length) put("sent", { ...sent, answer });
  }

  // ---- what is handed over ----

  async function tell(message) {
    for (let tries = 0; tries < 5; tries++) {
      try {
        if ((await chrome.runtime.sendMessage(message))?.ok) return true;
      } catch {
        if (!chrome.runtime?.id) return false;
      }
      await new Promise((resume) => setTimeout(resume, 500 << tries));
    }
    return false;
  }

  async function hand(record) {
    if (!on || !record) return false;
    save("kept", true);
    return tell({ kept: record });
  }

  // Something failed: what was sent, and what is being written.
  function failed() {
    if (!on) return;
    saveAnswer();
    if (saving) saveDraft();
    void hand(sent);
    if (draft && draft.text !== sent?.text) void hand(draft);
  }

  // It was answered: nothing of it is needed any more.
  function answered() {
    if (!sent) return;
    const { text } = sent;
    put("sent", null);
    if (draft?.text === text) saveDraft();
    if (stores.kept.get()) void tell({ spent: text });
  }

  // The person stopped it: they know what they do.
  const stopped = () => put("sent", null);

  page.rescue = { failed, answered, stopped };

  // What a reload or a crash left behind.
  async function left() {
    for (const [name, record] of [["sent", sent], ["draft", draft]]) {
      if (!record || (name === "draft" && record.text === sent?.text)) continue;
      if (await hand(record) && record === (name === "sent" ? sent : draft)) put(name, null);
    }
  }

  addEventListener("pagehide", () => { if (on) { saveAnswer(); if (saving) saveDraft(); } });

  // ---- what is brought back ----

  // Each kept prompt is sent once by this tab, whoever asks how often, and only in the chat that it was written in.
  async function sendKept({ id, path, text }) {
    const did = stores.did.get() ?? [];
    if (did.includes(id)) return true;
    if (path !== location.pathname || page.isRunning()) return false;
    if (await compose.write(text) !== "done") return false;
    stores.did.set([...did, id].slice(-20));
    if (await compose.press()) return true;
    stores.did.set(did);
    return false;
  }

  chrome.runtime.onMessage.addListener((message, _, reply) => {
    if (typeof message?.put === "string") {
      compose.write(message.put).then(reply, () => reply("other"));
      return true;
    }
    if (!message?.send) return;
    sendKept(message.send).then(reply, () => reply(false));
    return true;
  });

  function choose(where) {
    on = where !== "nowhere";
    if (on) return;
    for (const one of Object.values(stores)) one.set(null);
    put("sent", null);
    draft = null;
  }

  // Off is off before anything is read; a change of mind counts at once, and forgetting forgets here too.
  chrome.storage.local.get("rescue").then(({ rescue }) => {
    choose(rescue?.where ?? "session");
    void left();
  });
  chrome.storage.onChanged.addListener(({ rescue }, area) => {
    if (area !== "local" || !rescue) return;
    if (rescue.newValue?.cleared !== rescue.oldValue?.cleared) choose("nowhere");
    choose(rescue.newValue?.where ?? "session");
  });
})();
