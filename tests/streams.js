// Reads the corpus by the extension's own reader, at every way of cutting the bytes in two and byte by byte. Run by
// tests/streams.rs with the two files' names.
const fs = require("node:fs");
const [, , reader, corpus] = process.argv;
(0, eval)(fs.readFileSync(reader, "utf8"));
const newReader = globalThis[Symbol.for("mend.sse")];

function read(pieces) {
  const stream = newReader();
  for (const piece of pieces) stream.take(piece);
  return JSON.stringify(stream.end());
}

for (const line of fs.readFileSync(corpus, "utf8").trim().split("\n")) {
  const bytes = new TextEncoder().encode(JSON.parse(line).stream);
  const whole = read([bytes]);
  const alike = (pieces) => read(pieces) === whole;
  const step = Math.max(1, Math.floor(bytes.length / 400)); // of a long one not every place
  let same = bytes.length > 5000 || alike(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  for (let at = 0; at <= bytes.length; at += step) same &&= alike([bytes.subarray(0, at), bytes.subarray(at)]);
  console.log(same ? whole : `"${"cut elsewhere it says something else"}"`);
}
