// Helpers that create elements.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(words, attributes, pressed) {
  const made = element("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", pressed);
  return made;
}

// The files of the composer: each with a button that takes it out again.
export function chips(place, files, label, chipOf) {
  place.replaceChildren(...files.map((file) => {
    const chip = chipOf(file);
    chip.append(button("×", { "aria-label": label(file.name) }, () => file.remove()));
    return chip;
  }));
}
