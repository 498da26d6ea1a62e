/**
 * libsignal prints whole sessions, private keys included, through `console` on normal traffic. Importing this module before
 * anything else keeps them out of every log; everything else passes untouched.
 */
const SIGNAL_NOISE =
  /^(Closing|Opening|Removing old closed|Migrating) (open )?session|^Session (already|error:)|^(Decrypted message with closed session|Failed to decrypt message with any known session)/;

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;

/** A libsignal session, or what holds one: told by its shape, as the class is not exported. */
function isSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' && value.includes('privKey');
  return value.constructor?.name === 'SessionEntry' || value.constructor?.name === 'SessionRecord' || 'privKey' in value;
}

for (const method of METHODS) {
  const print = (console[method] as (...values: unknown[]) => void).bind(console);
  console[method] = (...values: unknown[]) => {
    const [first] = values;
    if ((typeof first === 'string' && SIGNAL_NOISE.test(first)) || values.some(isSecret)) return;
    print(...values);
  };
}
