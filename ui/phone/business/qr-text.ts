/**
 * What a linking QR says: `ref,noise key,identity key,adv secret[,platform]`, the keys in base64, in newer clients after an
 * address and `#`. A reference as the service gives it begins with a version and `@`.
 */
export function isLinkingQr(text: string): boolean {
  const [reference = '', ...keys] = text.trim().slice(text.trim().lastIndexOf('#') + 1).split(',');
  const isKey = (key: string) => /^[A-Za-z0-9+/]{43}=$/.test(key);
  return /^\S+@\S+$/.test(reference) && keys.length >= 3 && keys.slice(0, 3).every(isKey);
}

/** The eight letters and digits of a pairing code however it was typed (`abcd-1234`); undefined if it is none. */
export function pairingCodeIn(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  return /^[A-Z0-9]{8}$/.test(code) ? code : undefined;
}
