// Records of prompts in the tab's own sessionStorage, where an error or a reload does not reach them.
//
// The page's own scripts can write there, too: what is read from there is held to the shape and the size of what prompts.js
// writes, and is marked as only found.
/** @import { PromptRecord } from "./messages.js" */

/**
 * @typedef {{ get: () => unknown, set: (value: unknown) => void }} Slot Null is nothing.
 *
 * @typedef {object} PromptRecords
 * @property {Slot} draft What stands in the composer of which chat, the newest last.
 * @property {Slot} sent What was sent and is not answered.
 * @property {Slot} steer What was sent into a running answer.
 * @property {Slot} left What was sent and handed over, and is not known to be answered.
 * @property {Slot} saved Whether a prompt of this tab was ever handed over to the worker.
 * @property {Slot} resent The numbers of the saved prompts that this tab has sent.
 * @property {() => void} clear Removes all of them.
 * @property {(record: unknown) => PromptRecord | null} validated What was found, as far as prompts.js could have written it.
 * @property {(text: string) => boolean} isWorthSaving Not blank, and not too long.
 * @property {(record: { at: number }) => boolean} isYoung Nothing stays longer than a day.
 * @property {{ day: number, answer: number, path: number, names: number, name: number }} limits In ms, characters and names.
 */
(() => {
  const DAY = 24 * 60 * 60 * 1000; // ms
  const LONGEST = 1_000_000; // characters of a text, and of an answer
  const PATH = 300; // characters of a path
  const NAMES = 20; // of attachments …
  const NAME = 200; // … of so many characters each

  /**
   * @param {string} name
   * @returns {Slot}
   */
  const slot = (name) => ({
    get: () => {
      try {
        return JSON.parse(sessionStorage.getItem(`mend:${name}`) ?? "null");
      } catch {
        // The page's own scripts can write there: it is no record of ours.
        return null;
      }
    },
    set: (value) => {
      try {
        if (value === null) sessionStorage.removeItem(`mend:${name}`);
        else sessionStorage.setItem(`mend:${name}`, JSON.stringify(value));
      } catch {
        // Full: the page's own error is reported; what prompts.js holds is still handed over.
      }
    },
  });
  const slots = {
    draft: slot("draft"), sent: slot("sent"), steer: slot("steer"), left: slot("left"), saved: slot("saved"),
    resent: slot("resent"),
  };

  /** @type {PromptRecords["isWorthSaving"]} */
  const isWorthSaving = (text) => text.trim() !== "" && text.length <= LONGEST;
  /** @type {PromptRecords["isYoung"]} */
  const isYoung = ({ at }) => Date.now() - at < DAY;

  /** @type {PromptRecords["validated"]} */
  function validated(found) {
    const { at, path, text, answer, files, chat } = /** @type {Record<string, unknown>} */ (found ?? {});
    if (typeof path !== "string" || typeof text !== "string" || typeof answer !== "string") return null;
    if (!isWorthSaving(text) || !path.startsWith("/") || path.length > PATH) return null;
    if (typeof at !== "number" || !Number.isFinite(at)) return null;
    const names = Array.isArray(files) ? files.filter((name) => typeof name === "string") : [];
    const record = {
      at: Math.min(at, Date.now()), path, text, answer: answer.slice(0, LONGEST),
      files: names.slice(-NAMES).map((name) => name.slice(0, NAME)), found: true,
      chat: typeof chat === "string" ? chat.slice(0, PATH) : "",
    };
    return isYoung(record) ? record : null;
  }

  /** @type {PromptRecords} */
  globalThis.MEND.promptRecords = {
    ...slots, validated, isWorthSaving, isYoung,
    clear: () => { for (const one of Object.values(slots)) one.set(null); },
    limits: { day: DAY, answer: LONGEST, path: PATH, names: NAMES, name: NAME },
  };
})();
