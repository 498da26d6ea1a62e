export interface ReadPlace {
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  /** Where the link tells one. */
  readonly name?: string;
}

const degree = String.raw`([-+]?\d{1,3}(?:\.\d+)?)`;
const pair = new RegExp(String.raw`^(?:geo:)?\s*${degree}\s*[,;\s]\s*${degree}(?:[;?].*)?$`, 'i');
/** Two numbers with a decimal comma each: "-31,73 -60,52". */
const commaPair = /^([-+]?\d{1,3},\d+)\s*[;\s]\s*([-+]?\d{1,3},\d+)$/;
/** Where links of maps have their point, the place itself before the middle of what is shown. */
const inLinks = [
  new RegExp(`!3d${degree}!4d${degree}`),
  new RegExp(String.raw`[?&#](?:q|query|ll|daddr|destination|center|sll)=(?:loc:)?${degree}(?:,|%2C)\+?${degree}`, 'i'),
  new RegExp(`[?&]mlat=${degree}&mlon=${degree}`, 'i'),
  new RegExp(String.raw`/(?:search|dir|place)/${degree},\+?${degree}`, 'i'),
  new RegExp(`@${degree},${degree}`),
  new RegExp(`#map=\\d+(?:\\.\\d+)?/${degree}/${degree}`),
];

/**
 * The place that a person wrote or pasted: coordinates (latitude first), a `geo:` address, or a link of Google Maps, Apple Maps or
 * OpenStreetMap. Shortened links say nothing without asking another host, which this never does.
 * @returns undefined when there is none in it
 */
export function readPlace(written: string): ReadPlace | undefined {
  const text = written.trim();
  const commas = commaPair.exec(text);
  if (commas) return placeOf(commas[1]!.replace(',', '.'), commas[2]!.replace(',', '.'));
  const plain = pair.exec(text);
  if (plain) return placeOf(plain[1]!, plain[2]!);
  if (!/^https?:\/\//i.test(text)) return undefined;
  for (const form of inLinks) {
    const found = form.exec(text);
    if (found) return placeOf(found[1]!, found[2]!, nameIn(text));
  }
  return undefined;
}

/** A link that only its own host could lead on from. */
export const isShortened = (written: string): boolean => /^https?:\/\/(maps\.app\.goo\.gl|goo\.gl|g\.co|maps\.apple)\//i.test(written.trim());

function placeOf(latitude: string, longitude: string, name?: string): ReadPlace | undefined {
  const [north, east] = [Number(latitude), Number(longitude)];
  if (Math.abs(north) > 90 || Math.abs(east) > 180) return undefined;
  return { latitude: north, longitude: east, ...(name ? { name } : {}) };
}

function nameIn(link: string): string | undefined {
  const found = /\/place\/([^/@?]+)/.exec(link)?.[1];
  if (!found || /^[-+\d.,%C]+$/i.test(found)) return undefined;
  try {
    return decodeURIComponent(found.replaceAll('+', ' ')).slice(0, 200);
  } catch {
    return undefined;
  }
}
