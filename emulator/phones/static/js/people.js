/** Who is speaking in a line that arrived: the product writes "*Abby:* text" or "Abby: text". */

const SIGNED = /^(\*?)([^\n:*]{1,60}):(\*?)(?=\s|$)/u;
const COLOURS = 6;

export const matchmakerName = document.querySelector('meta[name="matchmaker-name"]').content;

/** The class that gives each phone's owner one colour everywhere. */
export function colourOf(phones, address) {
  const at = [...phones.keys()].indexOf(address);
  return `person-${Math.max(at, 0) % COLOURS}`;
}

/** {prefix, name, isMatchmaker, colour} of a signed line; null when nobody known signed it. */
export function speakerOf(body, phones) {
  const signed = SIGNED.exec(body);
  if (!signed || signed[1] !== signed[3]) return null;
  const [prefix, , name] = signed;
  const isMatchmaker = name === matchmakerName;
  const owner = [...phones.values()].find((phone) => phone.name === name);
  if (!isMatchmaker && !owner) return null;
  return { prefix, name, isMatchmaker, colour: isMatchmaker ? "person-matchmaker" : colourOf(phones, owner.address) };
}
