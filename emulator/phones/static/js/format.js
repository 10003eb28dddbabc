const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const DAY_TIME = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

export const timeOf = (moment) => TIME.format(new Date(moment));
export const dayOf = (moment) => DAY.format(new Date(moment));
export const dayAndTime = (moment) => DAY_TIME.format(new Date(moment));

/** `whatsapp:+15550100001` as +1 555 010 0001; another form of address as it is. */
export function readableNumber(address) {
  const number = address.replace(/^whatsapp:/, "");
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return american ? `+1 ${american.slice(1).join(" ")}` : number;
}

export const channelName = (address) => (address.startsWith("whatsapp:") ? "WhatsApp" : "SMS");

/** 90000 as "25 h", 5400 as "1 h 30 min". */
export function lengthOf(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.round((seconds % 3600) / 60);
  const parts =
    days < 2
      ? [
          [days * 24 + hours, "h"],
          [minutes, "min"],
        ]
      : [
          [days, "days"],
          [hours, "h"],
          [minutes, "min"],
        ];
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(" ") || "0 min"
  );
}

/** What is left of a window of a day: "23 h 10 m", "9 m". */
export function countdown(ms) {
  const minutes = Math.max(1, Math.floor(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours} h ${minutes % 60} m` : `${minutes} m`;
}

export const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

export const inWords = (count) => WORDS[count] ?? String(count);

export const inCapitalWords = (count) => inWords(count).replace(/^./, (letter) => letter.toUpperCase());

/** The first letter that a reader would see, emoji and accents whole. */
export function initialOf(name) {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first ? first.segment.toLocaleUpperCase() : "?";
}
