// Keeps what the person writes and what comes of the answer, in the tab's own sessionStorage, so that an error or a reload
// loses neither. Typing wakes nobody. Only when something fails, or was lost, is it handed to the extension's own memory;
// it goes nowhere else. The person can switch all of it off.
//
// The page's own scripts can write there, too: what is read from there is held to the shape and the size of what this script
// writes, and never counts as more than two prompts that were found.
(() => {
  const EVERY = 200; // a draft is written down at most so often
  const WATCH = 400; // … and a growing answer
  const TAKEN = 1500; // a composer that still holds the text by then did not send it
  const LONGEST = 1_000_000; // letters of a text, and of an answer
  const PATH = 300; // letters of a path
  const NAMES = 20; // of files, each of NAME letters at most
  const NAME = 200;
  const CHATS = 4; // so many chats have a draft in this tab
  const FOUND = 2; // so many prompts of a tab that were only found there are kept (src/core/prompts.rs)
  const SOON = 250; // ms; a request begins a moment before or after the script hears of the press
  const OWN = 10_000; // ms; … and no later than this
  const PASTED = 10_000; // characters; of a longer paste ChatGPT makes an attachment
  const PERSON = 60_000; // ms; what is written so long after the person last did something was not written by them
  const DAY = 24 * 60 * 60 * 1000; // nothing stays longer than this
  const page = globalThis.MEND;
  const { compose } = page;

  // After Mend is switched off or updated this script is still there, and nobody listens to it any more. It ends at the next
  // event, and takes along what it wrote.
  const ending = new AbortController();
  const listen = (kind, heard) => addEventListener(kind, (event) => { if (alive()) heard(event); },
    { capture: true, passive: true, signal: ending.signal });

  function alive() {
    if (ending.signal.aborted) return false;
    if (chrome.runtime?.id) return true;
    ending.abort();
    forget();
    return false;
  }

  // One record each, under a name of its own: what stands in the composer of which chat, the newest last; what was sent and is
  // not answered; what was sent into a running answer; what was handed over of this tab at all; and which kept prompts this tab has sent.
  const store = (name) => ({
    get: () => { try { return JSON.parse(sessionStorage.getItem(`mend:${name}`)); } catch { return null; } },
    set: (value) => {
      try {
        if (value === null) sessionStorage.removeItem(`mend:${name}`);
        else sessionStorage.setItem(`mend:${name}`, JSON.stringify(value));
      } catch { /* Full: the page's own error will tell; what is held here is still handed over. */ }
    },
  });
  const stores = Object.fromEntries(["draft", "sent", "steer", "kept", "did"].map((name) => [name, store(name)]));
  const fits = (text) => text.trim() !== "" && text.length <= LONGEST;
  const bare = (text) => text.replace(/\s+/g, "");
  const young = ({ at }) => Date.now() - at < DAY;

  // What lies in the tab's storage, as far as this script could have written it.
  function sound(record) {
    const { at, path, text, answer, files } = record ?? {};
    if (![path, text, answer].every((one) => typeof one === "string") || !fits(text)) return null;
    if (!Number.isFinite(at) || !path.startsWith("/") || path.length > PATH) return null;
    const names = Array.isArray(files) ? files.filter((name) => typeof name === "string") : [];
    const chat = typeof record.chat === "string" ? record.chat.slice(0, PATH) : "";
    const read = {
      at: Math.min(at, Date.now()), path, text, answer: answer.slice(0, LONGEST),
      files: names.slice(-NAMES).map((name) => name.slice(0, NAME)), found: true, chat,
    };
    return young(read) ? read : null;
  }

  const found = stores.draft.get();
  let drafts = (Array.isArray(found) ? found.slice(-CHATS) : []).map(sound).filter(Boolean);
  let sent = sound(stores.sent.get()), steer = sound(stores.steer.get());
  let before = null, mine = null; // the last answer before the message was sent, and the message's own question on the page
  let on = false, saving = 0, watching = 0, aging = 0;

  const save = (name, value) => { if (on) stores[name].set(value); };
  const here = () => page.place().slice(0, PATH);

  // When the person last did something in this page: a script of the page can write into the box, too.
  let byPerson = -Infinity;
  for (const kind of ["keydown", "pointerdown", "paste", "drop", "compositionend"]) {
    listen(kind, ({ isTrusted }) => { if (isTrusted) byPerson = performance.now(); });
  }

  const record = (text) => ({
    at: Date.now(), path: here(), text, answer: "", files: files(), found: performance.now() - byPerson > PERSON, chat: "",
  });

  function forget() {
    clearTimeout(saving);
    clearTimeout(aging);
    clearInterval(watching);
    saving = aging = watching = 0;
    drafts = [];
    sent = steer = null;
    for (const one of Object.values(stores)) one.set(null);
  }

  // What is a day old goes, in a tab that is left open, too.
  function age() {
    if (!alive()) return;
    putDrafts(drafts.filter(young));
    if (sent && !young(sent)) putSent(null);
    if (steer && !young(steer)) putSteer(null);
  }

  function putDrafts(list) {
    drafts = list;
    save("draft", drafts.length > 0 ? drafts : null);
    clearTimeout(aging);
    aging = drafts.length > 0 || sent ? setTimeout(age, DAY) : 0;
  }

  // ---- what is written ----

  // A draft belongs to its chat: another chat's stays as it is.
  const draft = () => drafts.find(({ path }) => path === here());

  function saveDraft() {
    clearTimeout(saving);
    saving = 0;
    if (!alive() || !on) return;
    const [text, known] = [compose.read(), draft()];
    if (fits(text) && text === known?.text && files() === known.files) return;
    const others = drafts.filter((one) => one !== known);
    const own = fits(text) ? [record(text)] : [];
    putDrafts([...others, ...own].slice(-CHATS));
  }

  listen("input", (event) => {
    if (on && !saving && page.inComposer(event.target)) saving = setTimeout(saveDraft, EVERY);
  });

  // Attachments are not kept; their names are, so that they can be added again. They belong to the chat that they were added in.
  // That one was taken out again before the message was sent is not seen.
  const NONE = [];
  let added = { path: "", names: NONE };
  const files = () => (added.path === here() ? added.names : NONE);
  const named = (list) => {
    const names = [...(list ?? [])].map((file) => file.name.slice(0, NAME));
    if (names.length > 0) added = { path: here(), names: [...files(), ...names].slice(-NAMES) };
  };
  listen("change", ({ target }) => { if (target?.type === "file") named(target.files); });
  for (const kind of ["drop", "paste"]) listen(kind, (event) => named((event.dataTransfer ?? event.clipboardData)?.files));

  // A long paste becomes an attachment, which no event tells of: its text is not in the box then.
  listen("paste", ({ isTrusted, target, clipboardData }) => {
    const size = clipboardData?.getData("text/plain").length ?? 0;
    if (!isTrusted || size <= PASTED || !page.inComposer(target)) return;
    const before = compose.read().length;
    setTimeout(() => { if (alive() && compose.read().length < before + size / 2) named([{ name: "Pasted text" }]); }, TAKEN);
  });

  // ---- what is sent ----

  function sending() {
    const text = compose.read();
    if (!on || !fits(text)) return;
    // While an answer comes, a message goes into it, where the page takes one.
    const [put, now] = page.isRunning() ? [putSteer, () => steer] : [putSent, () => sent];
    put(record(text));
    [before, mine] = [page.answer(), null];
    const { at } = now();
    setTimeout(() => {
      if (!alive() || now()?.at !== at) return;
      // Enter may have chosen from a menu, or broken a line.
      if (compose.read().trim() === text.trim()) return void put(null);
      added = { path: "", names: NONE };
      // A new chat has got an address of its own meanwhile.
      putDrafts(drafts.filter((one) => one.text !== text));
      saveDraft();
    }, TAKEN);
    if (sent) watching ||= setInterval(saveAnswer, WATCH);
  }

  page.onSend(() => { if (alive()) sending(); });

  function putSent(value) {
    sent = value;
    if (!sent) {
      clearInterval(watching);
      watching = 0;
    }
    save("sent", sent);
  }

  function putSteer(value) {
    steer = value;
    save("steer", steer);
  }

  // What has come of the answer, where it stands below what was sent.
  function saveAnswer() {
    if (!alive() || !sent) return;
    // Below the very question: a page that scrolls shows others' turns, and one that failed takes its own away.
    const [last, question] = [page.answer(), page.question()];
    if (!last || last === before) return;
    if (question !== mine) mine = question && bare(question.textContent).includes(bare(sent.text)) ? question : null;
    if (!mine || !(question?.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING)) return;
    const answer = compose.read(last).slice(0, LONGEST);
    // An error that wipes it does not wipe what was seen.
    if (answer.length > sent.answer.length) putSent({ ...sent, answer });
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

  // Once for each state of it: a page that fails all day hands over nothing new.
  const handed = new Map();

  async function hand(record) {
    if (!alive() || !on || !record || !young(record)) return false;
    const state = `${record.text.length} ${record.answer.length} ${record.files.length}`;
    if (handed.get(record.at) === state) return true;
    save("kept", true);
    const ok = await tell({ kept: record });
    if (ok) handed.set(record.at, state);
    if (handed.size > CHATS) handed.delete(handed.keys().next().value);
    return ok;
  }

  // Something failed: what was sent, and what is being written.
  function failed() {
    if (!on) return;
    saveAnswer();
    if (saving) saveDraft();
    void hand(sent);
    void hand(steer);
    const written = draft();
    if (written && written.text !== sent?.text) void hand(written);
  }

  // Whether a request that began then, in ms, is that of what was sent, or of another try in the same chat. A new chat has its
  // own address only once it is answered.
  const isOwn = (began) => began >= sent.at - SOON && began <= sent.at + OWN;
  const belongs = (began) => isOwn(began) || [sent.path, sent.chat].includes(here());

  // A message's request has ended.
  function ended(began) {
    if (sent && sent.chat === "" && isOwn(began)) putSent({ ...sent, chat: here() });
  }

  // What was sent until `began`, in ms, was answered: nothing of it is needed any more.
  function answered(began) {
    const until = began + SOON;
    if (steer && steer.at <= until) putSteer(null);
    if (!sent || sent.at > until || !belongs(began)) return;
    const { text } = sent;
    putSent(null);
    if (drafts.some((one) => one.text === text)) {
      putDrafts(drafts.filter((one) => one.text !== text));
      saveDraft();
    }
    if (stores.kept.get()) void tell({ spent: text });
  }

  // The person stopped it: they know what they do.
  function stopped() {
    putSent(null);
    putSteer(null);
  }

  page.rescue = { failed, ended, answered, stopped };

  // What a reload or a crash left behind, each as its own chat's.
  async function left() {
    const [asked, steered] = [sent, steer];
    if (asked && await hand(asked) && asked === sent) putSent(null);
    if (steered && await hand(steered) && steered === steer) putSteer(null);
    // No more of what was found is kept; the rest stays in the tab, the oldest first.
    const written = drafts.filter(({ text }) => text !== asked?.text);
    const room = FOUND - (asked ? 1 : 0) - (steered ? 1 : 0);
    for (const one of room > 0 ? written.slice(-room) : []) {
      if (await hand(one)) putDrafts(drafts.filter((other) => other !== one));
    }
  }

  listen("pagehide", () => { if (on) { saveAnswer(); if (saving) saveDraft(); } });

  // ---- what is brought back ----

  // Each kept prompt is sent once by this tab, whoever asks how often, and only in the chat that it was written in. Who asks
  // again meanwhile gets the same answer.
  const underway = new Map();

  function sendKept(kept) {
    if (!underway.has(kept.id)) underway.set(kept.id, sendOnce(kept).finally(() => underway.delete(kept.id)));
    return underway.get(kept.id);
  }

  async function sendOnce({ id, path, text, files: lacking }) {
    const known = stores.did.get();
    const did = Array.isArray(known) ? known.filter(Number.isFinite).slice(-20) : [];
    if (did.includes(id)) return true;
    // Without its own files it is another message, and a file that was added since would go along.
    const may = () => !lacking?.length && files().length === 0;
    if (path !== here() || page.isRunning() || !may()) return false;
    if (await compose.write(text, path) !== "done") return false;
    stores.did.set([...did, id].slice(-20));
    if (await compose.press(text, path, may)) return true;
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

  // When everything was last forgotten, as the person chose it.
  let cleared;

  function choose(setting) {
    const when = setting?.cleared ?? null;
    if (cleared !== undefined && when !== cleared) forget();
    cleared = when;
    on = (setting?.where ?? "session") !== "nowhere";
    if (!on) forget();
    else age();
  }

  const choice = () => chrome.storage.local.get("prompts.setting").then(({ "prompts.setting": setting }) => choose(setting));

  // Off is off before anything is read; a change of mind counts at once, and forgetting forgets here too. A page in the
  // browser's back/forward cache hears of no change: it asks again when it is shown.
  choice().then(() => void left());
  chrome.storage.onChanged.addListener(({ "prompts.setting": setting }, area) => { if (area === "local" && setting) choose(setting.newValue); });
  listen("pageshow", ({ persisted }) => { if (persisted) void choice(); });
})();
