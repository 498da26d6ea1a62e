/** An id as an Android phone makes them: the sender chooses it, so that sending again under it is no second message. */
export function newMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `AC${[...bytes].slice(1).map((byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase()}`;
}
