import init, { open_popup } from "./mend.js";

init({ module_or_path: "mend_bg.wasm" })
  .then(open_popup)
  .catch((error) => {
    console.error("Mend:", error);
    document.getElementById("title").textContent = chrome.i18n.getMessage("broken");
    document.getElementById("why").textContent = "";
  });
