import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second that Linux counts process times in (USER_HZ). */
const TICKS = 100;

const stat = (pid: number): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** CPU milliseconds that a process and its living children have used, from /proc. Linux only. */
export function cpuMs(pid: number): number {
  const ofOne = (one: number): number => {
    try {
      const fields = stat(one);
      return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS;
    } catch {
      return 0; // ended meanwhile
    }
  };
  const children = readdirSync('/proc')
    .map(Number)
    .filter((other) => {
      try {
        return other > 0 && Number(stat(other)[1]) === pid;
      } catch {
        return false;
      }
    });
  return [pid, ...children].reduce((sum, one) => sum + ofOne(one), 0);
}
