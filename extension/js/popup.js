// The popup. The module fills it; where that cannot be loaded it says so.
import init, { open_popup } from "../mend.js";
import { followLanguage } from "./language.js";

const language = followLanguage();
init({ module_or_path: "mend_bg.wasm" })
  .then(open_popup)
  .catch(async (error) => {
    console.error(`Mend: open the popup: ${error?.message ?? error}`);
    const show = (/** @type {string} */ id, /** @type {string} */ text) => {
      const element = document.getElementById(id);
      if (element) element.textContent = text;
    };
    show("title", await language.say("broken"));
    show("why", "");
  });
