// Puts each line of standard input to the model, and tries again by one policy:
// {{command}}
//
// npm install openai; OPENAI_API_KEY=... node ask.mjs <prompts.txt

import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import OpenAI from "openai";

const MODEL = "gpt-5";
// All in seconds. No wait before a further try is longer than CAP.
const BASE = {{base}}, CAP = {{cap}};
// Without an answer for so long, a try has failed (the SDK's own: 600).
const TIMEOUT = {{timeout}};
// All tries for one answer, and the waits between, take no longer.
const BUDGET = {{budget}};
// Between two new requests: many at once are refused, or make an overload worse.
const GAP = {{gap}};

// The SDK's own retries wait 0.5 s, doubled up to 8 s, at most a quarter less: two of them are over within two seconds,
// about when everyone else's are. They try again without credit, too. So they are off, and ask() does it.
const client = new OpenAI({ timeout: TIMEOUT * 1000, maxRetries: 0 });

// Whether another try can help: never with what only you can change, such as the key, the request or the credit.
function mayPass(error) {
  if (error instanceof OpenAI.APIConnectionError) return true; // a timeout is one
  return error.code !== "insufficient_quota" && ([408, 409, 429].includes(error.status) || error.status >= 500);
}

// Seconds that the server asks for. (It may also name a date; OpenAI does not.)
function askedToWait(error) {
  const value = error.headers?.get("retry-after") ?? "";
  return /^\d+$/.test(value) ? Number(value) : 0;
}

async function ask(prompt) {
  const deadline = performance.now() / 1000 + BUDGET;
  for (let step = BASE; ; ) {
    try {
      return await client.chat.completions.create({ model: MODEL, messages: [{ role: "user", content: prompt }] });
    } catch (error) {
      step = {{step}};
      // {{jitter}}, on top of what the server asks for: it tells all clients the same.
      const pause = askedToWait(error) + {{wait}};
      if (!mayPass(error) || performance.now() / 1000 + pause > deadline) throw error;
      await sleep(pause * 1000);
    }
  }
}

async function answer(number, prompt) {
  const completion = await ask(prompt);
  console.log(`${number}\t${completion.choices[0].message.content}`);
}

let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  if (number > 0) await sleep(GAP * 1000);
  // Nobody waits for it here. The first that fails for good ends the program: the next ones would fail like it.
  answer(number++, line);
}
