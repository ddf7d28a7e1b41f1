// What the bench runs in a page of Mend's own: redaction against the browser's own JSON, on the same file.
// arguments: the file, whether it is a HAR, how often. Only ever beside a copy of Mend; it does not ship.
const [name, har, rounds] = arguments;
const module = await import(chrome.runtime.getURL("pages.js"));
const parts = await module.default({ module_or_path: chrome.runtime.getURL("pages_bg.wasm") });
const bytes = new Uint8Array(await (await fetch(chrome.runtime.getURL(name))).arrayBuffer());
const text = new TextDecoder().decode(bytes);
const lines = har ? [] : text.trimEnd().split("\n");

const json = () => (har ? JSON.stringify(JSON.parse(text)) : lines.map((line) => JSON.stringify(JSON.parse(line))).join("\n"));

const PIECE = 256 * 1024;
const mend = () => {
  if (har) return module.clean_har(bytes);
  const clean = module.Clean.new();
  const out = [];
  for (let at = 0; at < bytes.length; at += PIECE) out.push(clean.push(bytes.subarray(at, at + PIECE)));
  out.push(clean.finish());
  clean.free();
  return out;
};

const timed = (work) => {
  const began = performance.now();
  work();
  return performance.now() - began;
};
const taken = { json: [], mend: [] };
// The first round warms up.
for (let round = 0; round <= rounds; round += 1) {
  const [one, two] = [timed(json), timed(mend)];
  if (round > 0) {
    taken.json.push(one);
    taken.mend.push(two);
  }
}
const clean = mend().map((part) => new TextDecoder().decode(part)).join("");
return { ...taken, memory: parts.memory.buffer.byteLength, clean: clean.length, ids: (clean.match(/x-request-id/g) ?? []).length };
