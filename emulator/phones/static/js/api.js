/** The emulator's control API. Every function rejects with an Error whose message is a sentence for people. */

async function call(method, path, body) {
  const response = await reach(path, { method, ...jsonBody(body) });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The emulator answered ${response.status} to ${method} ${path}.`);
  return answer;
}

async function reach(path, request) {
  try {
    return await fetch(path, request);
  } catch {
    throw new Error("The emulator isn't answering. Is it still running?");
  }
}

const jsonBody = (body) =>
  body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };

const phone = (address) => `/emulator/phones/${encodeURIComponent(address)}`;

export const api = {
  events: () => new EventSource("/emulator/events"),
  state: () => call("GET", "/emulator/state"),
  addPhone: (wanted) => call("POST", "/emulator/phones", wanted),
  webhooks: (count) => call("GET", `/emulator/webhooks?limit=${count}`),
  send: (address, message) => call("POST", `${phone(address)}/send`, message),
  thread: (address, number) => call("GET", `${phone(address)}/thread?with=${encodeURIComponent(number)}`),
  advance: (length) => call("POST", "/emulator/clock", { advance: length }),
  changeFaults: (faults) => call("POST", "/emulator/faults", faults),
  clearFaults: () => call("DELETE", "/emulator/faults"),
  resend: (id) => call("POST", `/emulator/webhooks/${encodeURIComponent(id)}/resend`),
  samplePhotos: () => call("GET", "/phones/samples"),
  reset: () => call("POST", "/emulator/reset", {}),
};
