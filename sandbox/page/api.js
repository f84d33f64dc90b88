// The page's only road to the sandbox: the people API and its stream of events.

export class ApiError extends Error {}

async function answer(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    // A proxy or a half-stopped server may answer without JSON; the status then says what there is to say.
  }
  if (!response.ok) throw new ApiError(body?.error || `${response.status} ${response.statusText}`);
  return body;
}

export async function get(path) {
  return answer(await fetch(`/api/${path}`, { headers: { Accept: "application/json" }, cache: "no-store" }));
}

export async function post(path, body = {}) {
  return answer(
    await fetch(`/api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

// fields: plain values; undefined ones are left out. A thread and a reply are optional for every kind of message.
export async function upload(fields, file, filename) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null && value !== "") form.append(name, String(value));
  }
  form.append("file", file, filename || file.name || "file");
  return answer(await fetch("/api/upload", { method: "POST", body: form }));
}

export const fileUrl = (media) => `/api/files/${encodeURIComponent(media.file_unique_id)}`;

// Server-sent events. After every (re)connection the whole state is read anew, for events may have been missed and the
// server may be another one with an empty world. Events that come while the state is being read wait and are applied
// after it: applying one twice does no harm, missing one would.
export function listen({ onState, onEvent, onConnection }) {
  let source = null;
  let waiting = null;
  let delay = 500;
  let timer = null;

  async function readState() {
    if (waiting) return;
    waiting = [];
    try {
      const state = await get("state");
      onState(state);
      const events = waiting;
      waiting = null;
      events.forEach(onEvent);
      onConnection("connected");
      delay = 500;
    } catch {
      waiting = null;
      retry();
    }
  }

  function retry() {
    source.close();
    onConnection("lost");
    if (timer !== null) return;
    timer = window.setTimeout(() => {
      timer = null;
      connect();
    }, delay);
    delay = Math.min(delay * 2, 4000);
  }

  function connect() {
    source = new EventSource("/api/events");
    source.onopen = readState;
    // The browser would reconnect by itself after some errors and give up after others; one way for all is simpler.
    source.onerror = retry;
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (waiting) waiting.push(event);
      else onEvent(event);
    };
  }

  connect();
  return { readState };
}
