import type { PastChat } from '../simulator/types';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/**
 * A chat of the past from its lines, one message each; those that begin with `>` are the business's. The last one is `days` days old at
 * `now` (milliseconds since 1970), the others a minute apart before it.
 */
export function pastMessages(lines: string, days: number, now: number): PastChat['messages'] {
  const written = lines.split('\n').map((line) => line.trim()).filter((line) => line.replace(/^>\s*/, '') !== '');
  return written.map((line, index) => ({
    from: line.startsWith('>') ? 'account' : 'person',
    text: line.replace(/^>\s*/, ''),
    at: new Date(now - days * dayMs - (written.length - 1 - index) * minuteMs).toISOString(),
  }));
}
