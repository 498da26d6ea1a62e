/** Whether this machine knows a zone of that IANA name; older names of a zone are known, too. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name); // offsets such as +03:00 know no summer time
  } catch {
    return false;
  }
}
