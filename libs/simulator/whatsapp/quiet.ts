/**
 * libsignal prints whole sessions, private keys included, through `console` on normal traffic. Importing this module first keeps
 * them out of every log; everything else passes untouched.
 */
const NOISE = new RegExp(
  [
    '^(Closing|Opening|Removing old closed|Migrating) (open )?session',
    '^Session (already|error:)',
    '^Decrypted message with closed session',
    '^Failed to decrypt message with any known session',
  ].join('|'),
);

const isSession = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && value.constructor?.name === 'SessionEntry';

for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  const print = console[method].bind(console);
  console[method] = (...values: unknown[]) => {
    const [first] = values;
    if ((typeof first === 'string' && NOISE.test(first)) || values.some(isSession)) return;
    print(...values);
  };
}
