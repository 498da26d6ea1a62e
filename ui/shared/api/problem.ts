import type { HttpErrorResponse } from '@angular/common/http';

/** What the API refuses with (RFC 9457, `application/problem+json`), or `unreachable` when no answer came at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** HTTP status; 0: nothing answered. */
    readonly status: number,
    /** What clients tell problems apart by, such as `ticket-taken`. */
    readonly code: string,
    /** For people, in Spanish, as the server words it. */
    readonly detail: string,
    /** Further members of the problem, such as `owner` of `ticket-taken`. */
    readonly fields: Readonly<Record<string, unknown>> = {},
    /** How long the server wants to be left alone; undefined: it did not say. */
    readonly retryAfterSeconds?: number,
  ) {
    super(`${code} (${status})`);
  }

  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** The problem that a failed answer tells; an answer that is no problem+json (a proxy's page) gets the code `http-<status>`. */
export function problemOf(failure: HttpErrorResponse): ApiProblem {
  if (failure.status === 0) return new ApiProblem(0, 'unreachable', '');
  const { code, detail, ...fields } = membersOf(failure.error);
  const seconds = Number(failure.headers.get('retry-after') ?? fields['retryAfterSeconds']);
  return new ApiProblem(
    failure.status,
    typeof code === 'string' ? code : `http-${failure.status}`,
    typeof detail === 'string' ? detail : '',
    fields,
    Number.isFinite(seconds) && seconds > 0 ? seconds : undefined,
  );
}

/** @param body parsed, or still a text where the operation answers none */
function membersOf(body: unknown): Record<string, unknown> {
  try {
    const told: unknown = typeof body === 'string' ? JSON.parse(body) : body;
    return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
