// The language that a person chose in the settings. `chrome.i18n` follows the browser and cannot be told otherwise, so the
// messages of another language are read from the file that the extension ships. Without a choice no file is read.

/** @typedef {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} Messages */

/** Under this name the choice lies in `chrome.storage.local`: the name of a folder in `_locales`. */
const KEY = "language";

/**
 * @param {string} language
 * @returns {Promise<Messages>}
 */
const read = async (language) =>
  (await fetch(chrome.runtime.getURL(`_locales/${encodeURIComponent(language)}/messages.json`))).json();

/**
 * The messages of the chosen language, in English where it lacks one. Undefined where nobody has chosen, and where they
 * cannot be read: then Mend speaks the browser's language.
 * @returns {Promise<Messages | undefined>}
 */
export async function chosenMessages() {
  try {
    const { [KEY]: language } = await chrome.storage.local.get(KEY);
    if (typeof language !== "string") return undefined;
    const [english, chosen] = await Promise.all([read("en"), read(language)]);
    return { ...english, ...chosen };
  } catch (error) {
    console.error("Mend: language:", error);
    return undefined;
  }
}

/** Begins to read them beside the page's module, which asks for them as `mendMessages`; and again after another choice. */
export function followLanguage() {
  let messages = chosenMessages();
  chrome.storage.onChanged.addListener((changes) => {
    if (KEY in changes) messages = chosenMessages();
  });
  Object.assign(globalThis, { mendMessages: () => messages });
  return {
    /** A message without placeholders, for where the module cannot be loaded. */
    say: async (/** @type {string} */ key) => (await messages)?.[key]?.message ?? chrome.i18n.getMessage(key),
  };
}
