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
export async function problemOf(response: Response): Promise<ApiProblem> {
  const told = await readJson(response);
  const { code, detail, ...fields } = told;
  const seconds = Number(response.headers.get('retry-after') ?? fields['retryAfterSeconds']);
  return new ApiProblem(
    response.status,
    typeof code === 'string' ? code : `http-${response.status}`,
    typeof detail === 'string' ? detail : '',
    fields,
    Number.isFinite(seconds) && seconds > 0 ? seconds : undefined,
  );
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
