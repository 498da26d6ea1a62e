/** Digits of a LID as the network gives them out: fifteen, the first not zero. */
export function newLid(): string {
  const digits = [...crypto.getRandomValues(new Uint8Array(14))].map((byte) => byte % 10).join('');
  return `1${digits}`;
}
