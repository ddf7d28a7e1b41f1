// The popup. The module fills it; where that cannot be loaded it says so.
import init, { open_popup } from "../mend.js";

init({ module_or_path: "mend_bg.wasm" })
  .then(open_popup)
  .catch((error) => {
    console.error(`Mend: open the popup: ${error?.message ?? error}`);
    const show = (/** @type {string} */ id, /** @type {string} */ text) => {
      const element = document.getElementById(id);
      if (element) element.textContent = text;
    };
    show("title", chrome.i18n.getMessage("broken"));
    show("why", "");
  });
