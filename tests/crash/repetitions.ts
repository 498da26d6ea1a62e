/** How often each crash point is tried. CRASH_REPETITIONS asks for more, for the long run before a release. */
export const REPETITIONS = Number(process.env['CRASH_REPETITIONS'] ?? 5);
