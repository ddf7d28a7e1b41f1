// The part of the page that a turn needs, imported on its own as the real page imports its parts.

// Paragraphs and fenced code, as text and never as markup.
export function blocks(words) {
  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  return words.split("```").flatMap((part, at) => {
    if (at % 2 === 1) {
      const pre = element("pre", "");
      pre.append(element("code", part.replace(/^\w*\n/, "").trimEnd()));
      return [pre];
    }
    return part.split(/\n{2,}/).filter((line) => line.trim()).map((line) => element("p", line.trim()));
  });
}
