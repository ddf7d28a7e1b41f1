// Saves what the person writes and what comes of the answer, in the tab's own sessionStorage (prompt_records.js), so that an
// error or a reload loses neither. Typing wakes nobody. Only when something failed, or was lost, is it handed over to the
// worker, which saves it in the extension's own storage; it goes nowhere else. The person can switch all of it off.
/** @import { PromptRecord, ToPrompts } from "./messages.js" */

/**
 * What content.js says of messages; `began` is when a request began, in ms since 1970.
 * @typedef {object} Prompts
 * @property {() => void} failed Something failed: what was sent, and what is being written, is handed over.
 * @property {(began: number) => void} ended A message's request has ended.
 * @property {(began: number) => void} answered What was sent until then was answered: nothing of it is needed any more.
 * @property {() => void} stopped The person stopped the answer: they know what they do.
 * @property {(text: string) => void} forget The person discarded this text: no copy of it is kept here.
 * @property {() => string[]} files The names of the attachments that were added in this chat, to what is being written.
 */
(() => {
  const DRAFT = 200; // ms; a draft is written down at most so often …
  const ANSWER = 400; // ms; … and a growing answer
  const TAKEN = 1500; // ms; a composer that still holds the text by then did not send it
  const CHATS = 4; // chats that have a draft in this tab
  const FOUND = 2; // prompts of a tab that were only found there and are saved (src/core/prompts.rs)
  const BEFORE = 250; // ms; a request begins a moment before or after the script hears of the press …
  const AFTER = 10_000; // ms; … and no later than this
  const PASTED = 10_000; // characters; of a longer paste ChatGPT makes an attachment
  const PERSON = 60_000; // ms; what is written so long after the person last did something was not written by them
  const LEFT = 2; // prompts that were sent and handed over, and may still be answered
  const SHOWS = 1000; // ms; a page that was loaded shows its chat …
  const LOOKS = 20; // … within so many times that
  const MARGIN = 40; // characters of a question's buttons, beside its text
  const TRIES = 5; // to hand over, …
  const FIRST_RETRY = 500; // ms; … each after twice the time
  const page = globalThis.MEND;
  const { compose, promptRecords: records } = page;
  const { isWorthSaving, isYoung, limits, validated } = records;

  // After Mend is switched off or updated this script is still there, and nobody listens to it any more. It ends at the next
  // event, and takes along what it wrote.
  const ending = new AbortController();
  /**
   * @template {keyof WindowEventMap} K
   * @param {K} kind
   * @param {(event: WindowEventMap[K]) => void} heard
   */
  const listen = (kind, heard) => addEventListener(kind, (event) => { if (isAlive()) heard(event); },
    { capture: true, passive: true, signal: ending.signal });

  function isAlive() {
    if (ending.signal.aborted) return false;
    if (chrome.runtime?.id) return true;
    ending.abort();
    forget();
    return false;
  }

  // ---- what is held ----

  /**
   * @param {unknown} found
   * @param {number} most
   */
  const list = (found, most) => (Array.isArray(found) ? found.slice(-most) : []).map(validated).filter((one) => one !== null);
  let drafts = list(records.draft.get(), CHATS);
  let sent = validated(records.sent.get()), steer = validated(records.steer.get());
  /** What was sent and handed over, and is not known to be answered, the newest last. */
  let left = list(records.left.get(), LEFT);
  /** The last answer before the message was sent, and the message's own question on the page.
   * @type {Element | null} */
  let before = null;
  /** @type {Element | null} */
  let question = null;
  let on = false;
  // Timers: for the next draft, the next look at the answer, the end of a day.
  /** @type {{ draft?: number, answer?: number, day?: number }} */
  const timers = {};

  /**
   * @param {"draft" | "sent" | "steer" | "left" | "saved"} name
   * @param {unknown} value
   */
  const save = (name, value) => { if (on) records[name].set(value); };
  const here = () => page.place().slice(0, limits.path);
  /** @param {string} text */
  const bare = (text) => text.replace(/\s+/g, "");

  // When the person last did something in this page: a script of the page can write into the box, too.
  let byPerson = -Infinity;
  for (const kind of /** @type {const} */ (["keydown", "pointerdown", "paste", "drop", "compositionend"])) {
    listen(kind, ({ isTrusted }) => { if (isTrusted) byPerson = performance.now(); });
  }

  /**
   * @param {string} text
   * @returns {PromptRecord}
   */
  const record = (text) => ({
    at: Date.now(), path: here(), text, answer: "", files: files(), found: performance.now() - byPerson > PERSON, chat: "",
  });

  function forget() {
    clearTimeout(timers.draft);
    clearTimeout(timers.day);
    clearInterval(timers.answer);
    timers.draft = timers.day = timers.answer = undefined;
    drafts = left = [];
    sent = steer = null;
    records.clear();
  }

  // What is a day old goes, in a tab that is left open, too.
  function age() {
    if (!isAlive()) return;
    putDrafts(drafts.filter(isYoung));
    if (sent && !isYoung(sent)) putSent(null);
    if (steer && !isYoung(steer)) putSteer(null);
    if (!left.every(isYoung)) putLeft(left.filter(isYoung));
  }

  /** @param {PromptRecord[]} list */
  function putDrafts(list) {
    drafts = list;
    save("draft", drafts.length > 0 ? drafts : null);
    clearTimeout(timers.day);
    timers.day = drafts.length > 0 || sent ? setTimeout(age, limits.day) : undefined;
  }

  /** @param {PromptRecord | null} value */
  function putSent(value) {
    sent = value;
    if (!sent) {
      clearInterval(timers.answer);
      timers.answer = undefined;
    }
    save("sent", sent);
  }

  /** @param {PromptRecord | null} value */
  function putSteer(value) {
    steer = value;
    save("steer", steer);
  }

  /** @param {PromptRecord[]} all */
  function putLeft(all) {
    left = all.slice(-LEFT);
    save("left", left.length > 0 ? left : null);
  }

  // ---- what is written ----

  // A draft belongs to its chat: another chat's stays as it is.
  const draft = () => drafts.find(({ path }) => path === here());

  function saveDraft() {
    clearTimeout(timers.draft);
    timers.draft = undefined;
    if (!isAlive() || !on) return;
    const [text, known] = [compose.read(), draft()];
    if (isWorthSaving(text) && text === known?.text && files() === known.files) return;
    const others = drafts.filter((one) => one !== known);
    const own = isWorthSaving(text) ? [record(text)] : [];
    putDrafts([...others, ...own].slice(-CHATS));
  }

  listen("input", (event) => {
    if (on && !timers.draft && page.inComposer(event.target)) timers.draft = setTimeout(saveDraft, DRAFT);
  });

  // Attachments are not saved; their names are, so that they can be added again. They belong to the chat that they were added
  // in. That one was taken out again before the message was sent is not seen.
  /** @type {string[]} */
  const NONE = [];
  let added = { path: "", names: NONE };
  const files = () => (added.path === here() ? added.names : NONE);
  /** @param {Iterable<{ name: string }> | null | undefined} list */
  const attach = (list) => {
    const names = [...(list ?? [])].map((file) => file.name.slice(0, limits.name));
    if (names.length > 0) added = { path: here(), names: [...files(), ...names].slice(-limits.names) };
  };
  listen("change", ({ target }) => {
    const input = /** @type {Partial<HTMLInputElement> | null} */ (target);
    if (input?.type === "file") attach(input.files);
  });
  listen("drop", (event) => attach(event.dataTransfer?.files));
  listen("paste", (event) => attach(event.clipboardData?.files));

  // A long paste becomes an attachment, which no event tells of: its text is not in the box then.
  listen("paste", ({ isTrusted, target, clipboardData }) => {
    const size = clipboardData?.getData("text/plain").length ?? 0;
    if (!isTrusted || size <= PASTED || !page.inComposer(target)) return;
    const before = compose.read().length;
    setTimeout(() => { if (isAlive() && compose.read().length < before + size / 2) attach([{ name: "Pasted text" }]); }, TAKEN);
  });

  // ---- what is sent ----

  function sending() {
    const text = compose.read();
    if (!on || !isWorthSaving(text)) return;
    // While an answer comes, a message goes into it, where the page takes one.
    const [put, now] = page.isRunning() ? [putSteer, () => steer] : [putSent, () => sent];
    const own = record(text);
    if (sent && put === putSent && handedOver.has(sent.at)) putLeft([...left, sent]);
    put(own);
    [before, question] = [page.answer(), null];
    setTimeout(() => {
      if (!isAlive() || now()?.at !== own.at) return;
      // Enter may have chosen from a menu, or broken a line.
      if (compose.read().trim() === text.trim()) return void put(null);
      added = { path: "", names: NONE };
      // A new chat has got an address of its own meanwhile.
      putDrafts(drafts.filter((one) => one.text !== text));
      saveDraft();
    }, TAKEN);
    if (sent) timers.answer ||= setInterval(saveAnswer, ANSWER);
  }

  page.onSend(() => { if (isAlive()) sending(); });

  // What has come of the answer, where it stands below what was sent.
  function saveAnswer() {
    if (!isAlive() || !sent) return;
    // Below the very question: a page that scrolls shows others' turns, and one that failed takes its own away.
    const [answer, asked] = [page.answer(), page.question()];
    if (!answer || answer === before) return;
    if (asked !== question) question = asked && bare(asked.textContent).includes(bare(sent.text)) ? asked : null;
    if (!question || !(question.compareDocumentPosition(answer) & Node.DOCUMENT_POSITION_FOLLOWING)) return;
    const text = compose.read(answer).slice(0, limits.answer);
    // An error that wipes it does not wipe what was seen.
    if (text.length > sent.answer.length) putSent({ ...sent, answer: text });
  }

  // ---- what is handed over ----

  /** @param {ToPrompts} message */
  async function tell(message) {
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        if ((await chrome.runtime.sendMessage(message))?.ok) return true;
      } catch {
        // No worker: it is told again. Or this script outlived its extension: then nobody will ever listen.
        if (!chrome.runtime?.id) return false;
      }
      await new Promise((resume) => setTimeout(resume, FIRST_RETRY << tries));
    }
    return false;
  }

  /** Once for each state of a prompt: a page that fails all day hands over nothing new.
   * @type {Map<number, string>} */
  const handedOver = new Map();

  /** @param {PromptRecord | null} one */
  async function handOver(one) {
    if (!isAlive() || !on || !one || !isYoung(one)) return false;
    const state = `${one.text.length} ${one.answer.length} ${one.files.length}`;
    if (handedOver.get(one.at) === state) return true;
    save("saved", true);
    const ok = await tell({ kind: "save-prompt", ...one });
    if (ok) handedOver.set(one.at, state);
    const [oldest] = handedOver.keys();
    if (oldest !== undefined && handedOver.size > CHATS) handedOver.delete(oldest);
    return ok;
  }

  // Whether a request that began then is that of what was sent, or of another try in the same chat. A new chat has its own
  // address only once it is answered.
  /**
   * @param {PromptRecord} one
   * @param {number} began
   */
  const isOwn = (one, began) => began >= one.at - BEFORE && began <= one.at + AFTER;
  /**
   * @param {PromptRecord} one
   * @param {number} began
   */
  const isOfChat = (one, began) => isOwn(one, began) || [one.path, one.chat].includes(here());

  /** @type {Prompts} */
  page.prompts = {
    failed() {
      if (!on) return;
      saveAnswer();
      if (timers.draft) saveDraft();
      void handOver(sent);
      void handOver(steer);
      const written = draft();
      if (written && written.text !== sent?.text) void handOver(written);
    },
    ended(began) {
      if (sent && sent.chat === "" && isOwn(sent, began)) putSent({ ...sent, chat: here() });
    },
    answered(began) {
      const until = began + BEFORE;
      if (steer && steer.at <= until) putSteer(null);
      dropAnswered();
      if (!sent || sent.at > until || !isOfChat(sent, began)) return;
      const { text } = sent;
      putSent(null);
      if (drafts.some((one) => one.text === text)) {
        putDrafts(drafts.filter((one) => one.text !== text));
        saveDraft();
      }
      if (records.saved.get()) void tell({ kind: "prompt-answered", text });
    },
    stopped() {
      putSent(null);
      putSteer(null);
    },
    forget(text) {
      const other = (/** @type {PromptRecord} */ one) => one.text !== text;
      if (sent && !other(sent)) putSent(null);
      if (steer && !other(steer)) putSteer(null);
      if (!left.every(other)) putLeft(left.filter(other));
      if (!drafts.every(other)) putDrafts(drafts.filter(other));
    },
    files,
  };

  // Whether the page shows it as its last question, with an answer below it that has come at least as far as before, and no
  // error: whoever tried again, or loaded the page again, has the answer.
  /** @param {PromptRecord} one */
  function isShownAnswered(one) {
    const [asked, answer] = [page.question(), page.answer()];
    if (!asked || !answer || page.isRunning() || page.recovering() || page.errors().size > 0) return false;
    const [question, text] = [bare(asked.textContent), bare(one.text)];
    if (!question.includes(text) || question.length > text.length + MARGIN) return false;
    if (!(asked.compareDocumentPosition(answer) & Node.DOCUMENT_POSITION_FOLLOWING)) return false;
    return compose.read(answer).length >= Math.max(1, one.answer.length);
  }

  function dropAnswered() {
    const answered = left.filter(isShownAnswered);
    if (answered.length === 0) return;
    putLeft(left.filter((one) => !answered.includes(one)));
    for (const { text } of answered) void tell({ kind: "prompt-answered", text });
  }

  // Of what was sent before this page was loaded.
  async function lookForAnswers() {
    for (let look = 0; look < LOOKS && left.length > 0 && isAlive(); look++) {
      await new Promise((resume) => setTimeout(resume, SHOWS));
      dropAnswered();
    }
  }

  // What a reload or a crash left behind, each as its own chat's.
  async function handOverLeft() {
    const [asked, steered] = [sent, steer];
    if (asked && await handOver(asked) && asked === sent) {
      putLeft([...left, asked]);
      putSent(null);
    }
    void lookForAnswers();
    if (steered && await handOver(steered) && steered === steer) putSteer(null);
    // No more of what was found is saved; the rest stays in the tab, the oldest first.
    const written = drafts.filter(({ text }) => text !== asked?.text);
    const room = FOUND - (asked ? 1 : 0) - (steered ? 1 : 0);
    for (const one of room > 0 ? written.slice(-room) : []) {
      if (await handOver(one)) putDrafts(drafts.filter((other) => other !== one));
    }
  }

  listen("pagehide", () => { if (on) { saveAnswer(); if (timers.draft) saveDraft(); } });

  // ---- the person's choice ----

  const SETTING = "prompts.setting";
  /** When everything was last forgotten.
   * @type {number | null | undefined} */
  let cleared;

  /** @typedef {{ where?: string, cleared?: number } | undefined} Setting As src/web/prompts.rs stores it. */
  /** @param {Setting} setting */
  function choose(setting) {
    const when = setting?.cleared ?? null;
    if (cleared !== undefined && when !== cleared) forget();
    cleared = when;
    on = (setting?.where ?? "session") !== "nowhere";
    if (!on) forget();
    else age();
  }

  /** @returns {Promise<void>} */
  const readChoice = () => chrome.storage.local.get(SETTING).then((all) => choose(/** @type {Setting} */ (all[SETTING])));

  // Off is off before anything is read; a change of mind counts at once, and forgetting forgets here too. A page in the
  // browser's back/forward cache hears of no change: it asks again when it is shown.
  readChoice().then(() => void handOverLeft(), (error) => console.warn(`Mend: read the prompt setting: ${error}`));
  chrome.storage.onChanged.addListener(({ [SETTING]: setting }, area) => {
    if (area === "local" && setting) choose(/** @type {Setting} */ (setting.newValue));
  });
  listen("pageshow", ({ persisted }) => { if (persisted) void readChoice(); });
})();
