// Brings a saved prompt back into the page: puts it into the composer, or sends it with the page's own button.
/** @import { SavedPrompt, ToContent } from "./messages.js" */
(() => {
  const RESENT = 20; // numbers of saved prompts that were sent
  const page = globalThis.MEND;
  const { compose, prompts, promptRecords: records } = page;
  const { limits } = records;

  /** Each saved prompt is sent once by this tab, whoever asks how often, and only in the chat that it was written in. Who asks
   * again meanwhile gets the same answer.
   * @type {Map<number, Promise<boolean>>} */
  const underway = new Map();

  /** @param {SavedPrompt} prompt */
  function send(prompt) {
    const known = underway.get(prompt.id) ?? sendOnce(prompt).finally(() => underway.delete(prompt.id));
    underway.set(prompt.id, known);
    return known;
  }

  /** @param {SavedPrompt} prompt */
  async function sendOnce({ id, path, text, files: lacking }) {
    const known = records.resent.get();
    const resent = Array.isArray(known) ? known.filter(Number.isFinite).slice(-RESENT) : [];
    if (resent.includes(id)) return true;
    // Without its own files it is another message, and a file that was added since would go along.
    const may = () => !lacking?.length && prompts.files().length === 0;
    if (path !== page.place().slice(0, limits.path) || page.isRunning() || !may()) return false;
    if (await compose.write(text, path) !== "done") return false;
    records.resent.set([...resent, id].slice(-RESENT));
    if (await compose.press(text, path, may)) return true;
    records.resent.set(resent);
    return false;
  }

  chrome.runtime.onMessage.addListener((/** @type {ToContent} */ message, _, reply) => {
    if (message?.kind === "insert-prompt") {
      compose.write(message.text).then(reply, () => reply("other"));
      return true;
    }
    if (message?.kind === "forget-prompt") prompts.forget(message.text);
    if (message?.kind !== "send-prompt") return;
    send(message.prompt).then(reply, () => reply(false));
    return true;
  });
})();
