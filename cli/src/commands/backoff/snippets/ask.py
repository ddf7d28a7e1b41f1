"""Puts each line of standard input to the model, and tries again by one policy:
{{command}}

python3 -m pip install openai; OPENAI_API_KEY=... python3 ask.py <prompts.txt
"""

import asyncio
import sys
from random import random
from time import monotonic

from openai import APIConnectionError, APIStatusError, AsyncOpenAI

MODEL = "gpt-5"
# All in seconds. No wait before a further try is longer than CAP.
BASE, CAP = {{base}}, {{cap}}
# Without a byte for so long, a try has failed (the SDK's own: 600).
TIMEOUT = {{timeout}}
# All tries for one answer, and the waits between, take no longer.
BUDGET = {{budget}}
# Between two new requests: many at once are refused, or make an overload worse.
GAP = {{gap}}

# The SDK's own retries wait 0.5 s, doubled up to 8 s, at most a quarter less: two of them are over within two seconds,
# about when everyone else's are. They try again without credit, too. So they are off, and ask() does it.
client = AsyncOpenAI(timeout=TIMEOUT, max_retries=0)


def may_pass(error):
    """Whether another try can help: never with what only you can change, such as the key, the request or the credit."""
    if isinstance(error, APIConnectionError):  # a timeout is one
        return True
    return error.code != "insufficient_quota" and (error.status_code in (408, 409, 429) or error.status_code >= 500)


def asked_to_wait(error):
    """Seconds that the server asks for. (It may also name a date; OpenAI does not.)"""
    value = error.response.headers.get("retry-after", "") if isinstance(error, APIStatusError) else ""
    return int(value) if value.isdecimal() else 0


async def ask(prompt):
    deadline, step = monotonic() + BUDGET, BASE
    while True:
        try:
            return await client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": prompt}])
        except (APIConnectionError, APIStatusError) as error:
            step = {{step}}
            # {{jitter}}, on top of what the server asks for: it tells all clients the same.
            pause = asked_to_wait(error) + {{wait}}
            if not may_pass(error) or monotonic() + pause > deadline:
                raise
        await asyncio.sleep(pause)


async def answer(number, prompt):
    await asyncio.sleep(number * GAP)
    completion = await ask(prompt)
    print(number, completion.choices[0].message.content, sep="\t", flush=True)


async def main():
    # The first that fails for good ends them all: the next ones would fail like it.
    await asyncio.gather(*(answer(number, line.strip()) for number, line in enumerate(sys.stdin)))


asyncio.run(main())
