// Requests to the service, and the errors of failed responses.

import { said, text } from "./words.js";

// Signed-out people use other paths.
export const signedOut = new URLSearchParams(location.search).get("signed") === "out";

const backend = (path) => (signedOut ? "/backend-anon" : "/backend-api") + path;

// A failure: the text to show, the HTTP status if there is one, and where it is shown.
export class TurnError extends Error {
  constructor(words, more = {}) {
    super(words);
    Object.assign(this, more);
  }
}

// Sends one request; throws where the response is an error.
export async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "include", ...options });
  } catch (error) {
    throw error.name === "AbortError" ? error : new TurnError(text.network);
  }
  if (response.ok) return response;
  throw await told(response);
}

async function told(response) {
  const { status } = response;
  if (status === 401) return new TurnError(text.expired, { status });
  const body = await response.clone().json().catch(() => null);
  const detail = body?.detail ?? body?.error;
  const message = typeof detail === "string" ? detail : detail?.message;
  if (detail?.code === "too_many_requests") return new TurnError(text.limited, { status, dialog: true });
  if (detail?.code === "persisted_final_available") return new TurnError(text.over, { status, over: true });
  if (detail?.code === "tokenless_resume_unavailable") return new TurnError(text.network, { status });
  const known = said(detail?.code, message);
  if (known) return new TurnError(typeof known.words === "function" ? known.words(detail) : known.words, { status });
  const edge = response.headers.get("content-type")?.startsWith("text/html");
  const refused = status === 403 && edge && !response.headers.has("cf-mitigated");
  return new TurnError(refused ? text.site : text.wrong, { status });
}

export const get = (path, options) => ask(backend(path), options);

export function post(path, body, options) {
  return ask(path.startsWith("/unauth-mweb/") ? path : backend(path), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(signedOut ? {} : { authorization: "Bearer lab-access-token" }),
    },
    body: JSON.stringify(body),
    ...options,
  });
}

// Telemetry: failures are ignored.
export function noise() {
  for (const url of [
    "/ces/v1/t",
    backend("/lat/r"),
    "/backend-api/beacons/home",
    "https://ab.chatgpt.com/v1/rgstr",
    "https://browser-intake-datadoghq.com/api/v2/rum",
  ]) {
    fetch(url, { method: "POST", body: "{}", headers: { "content-type": "application/json" } }).catch(() => {});
  }
}

// Announces a file, uploads it and requests its processing. Returns its id.
export async function upload(file) {
  const wrong = (error) => {
    throw new TurnError(text.file(file.name), { status: error.status });
  };
  const announced = await post("/files", { file_name: file.name, file_size: file.size, use_case: "my_files" }).catch(wrong);
  const { file_id, upload_url } = await announced.json();
  const put = { method: "PUT", body: file, headers: { "x-ms-blob-type": "BlockBlob" } };
  const sent = await fetch(upload_url, put).catch(() => null);
  if (!sent?.ok) throw new TurnError(text.upload);
  await post("/files/process_upload_stream", { file_id, file_name: file.name }).catch(wrong);
  return file_id;
}
