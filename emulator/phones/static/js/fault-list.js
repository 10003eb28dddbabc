/** What the panel offers to make go wrong, and which doubtful points of Twilio's it lets one read the other way. */

const RATES = [
  [0.1, "1 in 10"],
  [0.3, "1 in 3"],
  [1, "every one"],
];
const WAITS = [
  [500, "0.5 s"],
  [2000, "2 s"],
  [10000, "10 s"],
  [30000, "30 s"],
];

export const FAULTS = [
  {
    title: "Webhooks to the matchmaker",
    faults: [
      { path: ["webhook", "drop"], label: "get lost", steps: RATES, usual: 0.3 },
      { path: ["webhook", "duplicate"], label: "arrive twice", steps: RATES, usual: 0.3 },
      { path: ["webhook", "reorder"], label: "arrive out of order", steps: RATES, usual: 0.3 },
      { path: ["webhook", "delay_ms"], label: "arrive late", steps: WAITS, usual: 2000 },
      { path: ["also_messaging_webhook"], label: "come twice: as a Conversations event and a plain text" },
    ],
  },
  {
    title: "Twilio's API",
    faults: [
      { path: ["rest", "http_429"], label: "says “too many requests”", steps: RATES, usual: 0.3 },
      { path: ["rest", "http_500"], label: "fails with a server error", steps: RATES, usual: 0.3 },
      { path: ["rest", "timeout"], label: "does it, but never answers", steps: RATES, usual: 0.1 },
      { path: ["rest", "lost"], label: "ignores the call", steps: RATES, usual: 0.1 },
      { path: ["receipts", "63016"], label: "can't deliver: 24-hour window closed", steps: RATES, usual: 0.3 },
    ],
  },
  {
    title: "The AI model",
    faults: [
      { path: ["model", "timeout"], label: "never answers", steps: RATES, usual: 0.3 },
      { path: ["model", "malformed"], label: "answers with nonsense", steps: RATES, usual: 0.3 },
      { path: ["model", "latency_ms"], label: "thinks slowly", steps: WAITS, usual: 2000 },
    ],
  },
];

/** The first choice of each is the default. */
export const AMBIGUITIES = [
  {
    path: ["carrier_messages"],
    label: "A phone's message goes to",
    choices: [
      ["service", "the service's webhook"],
      ["account", "the account's webhook only"],
    ],
  },
  {
    path: ["scoped_webhooks"],
    label: "A group's own webhooks are called",
    choices: [
      ["added", "as well"],
      ["instead", "instead of the others"],
    ],
  },
  {
    path: ["webhook_retries"],
    label: "A failed webhook is sent",
    choices: [
      [0, "never again"],
      [1, "once more"],
      [5, "up to five times more"],
    ],
  },
  {
    path: ["inactive_inbound"],
    label: "A text to an inactive group",
    choices: [
      ["reactivates", "wakes it"],
      ["messaging", "goes to the Messaging webhook"],
    ],
  },
  {
    path: ["captions"],
    label: "A photo's caption",
    choices: [
      [true, "reaches the phones"],
      [false, "is lost"],
    ],
  },
  {
    path: ["pair_limit"],
    label: "WhatsApp texts less than six seconds apart",
    choices: [
      ["none", "all arrive"],
      ["queue", "wait their turn"],
      ["fail", "fail"],
    ],
  },
  {
    path: ["template_approval"],
    label: "A template submitted for approval",
    choices: [
      ["approved", "is approved"],
      ["pending", "waits"],
      ["rejected", "is rejected"],
    ],
  },
  {
    path: ["keywords_in_conversation"],
    label: "STOP in a group",
    choices: [
      [true, "is shown to everyone"],
      [false, "is seen only by Twilio"],
    ],
  },
  {
    path: ["keyword_answers"],
    label: "To STOP, Twilio",
    choices: [
      [true, "answers by itself"],
      [false, "says nothing"],
    ],
  },
  {
    path: ["whatsapp_keywords"],
    label: "STOP on WhatsApp",
    choices: [
      [false, "is just a word"],
      [true, "works as it does on SMS"],
    ],
  },
  {
    path: ["opt_out_of"],
    label: "STOP opts out of",
    choices: [
      ["number", "that number"],
      ["service", "all our numbers"],
    ],
  },
  {
    path: ["yes_opts_in"],
    label: "YES on SMS",
    choices: [
      [true, "undoes a STOP"],
      [false, "is just a word"],
    ],
  },
];
