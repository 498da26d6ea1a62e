/** Where to go after the login: the page that sent the person here, if `?to=` names one of this very site. */
export function destinationOf(search: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? '/';
  // "//host" and "/\host" are other sites; control characters are dropped by browsers, which could make one of the two.
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted) && !wanted.startsWith('/login') ? wanted : '/';
}
