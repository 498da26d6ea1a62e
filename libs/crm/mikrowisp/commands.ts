import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { jsonCall } from '../wire/json-call.js';
import { lineOf } from '../wire/settings.js';
import type { MikrowispSettings } from './settings.js';

/**
 * MikroWisp's calls (external-apis.md §1.1): POST /api/v1/<Command>, the token inside the body, `{"estado":"exito"|"error"}` mostly with HTTP 200
 * for both; some newer commands answer `{"code":"200"}` instead.
 */
export type MikrowispAnswer =
  | { ok: true; fields: Record<string, unknown> }
  /** It said no. `words`: the vendor's; they may name somebody. */
  | { ok: false; words: string };

export interface MikrowispCommands {
  /** @throws CrmFailure: also for a token that is refused, and for an error that is the system's own */
  call(command: string, body: Record<string, unknown>, signal: AbortSignal): Promise<MikrowispAnswer>;
}

/** Older and newer cores answer failures with these, too, and mean what the body says. */
const MEANT = [400, 404, 409, 422];

const wordsOf = (fields: Record<string, unknown>): string =>
  [fields['mensaje'], fields['salida'], fields['message']].find((one): one is string => typeof one === 'string') ?? '';

/**
 * Texts of refusals are not documented, so that a refused search counts as "nobody"; but what plainly tells of the system's own trouble must not
 * tell a customer that nobody knows them.
 */
function throwIfTrouble(words: string): void {
  if (/token|no autorizad|autenticaci/iu.test(words)) throw new CrmFailure('auth', 'MikroWisp does not accept the token');
  if (/permiso|sin acceso|no habilitad/iu.test(words)) throw new CrmFailure('forbidden', 'the operator may not use this part of the API');
  if (/licencia/iu.test(words)) throw new CrmFailure('licence', 'MikroWisp tells of its licence');
  if (/error interno|base de datos|mysql|sql|intente|tiempo de espera|mantenimiento/iu.test(words)) throw new CrmFailure('unavailable', 'MikroWisp tells of an error of its own');
}

function read(command: string, json: unknown): MikrowispAnswer {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new CrmFailure('bad-response', `${command}: no object`);
  const fields = json as Record<string, unknown>;
  const state = fields['estado'] ?? fields['code'];
  if (state === 'exito' || state === 'ok' || String(fields['code']) === '200') return { ok: true, fields };
  if (typeof state !== 'string' && typeof state !== 'number') throw new CrmFailure('bad-response', `${command}: estado`);
  const words = wordsOf(fields);
  throwIfTrouble(words);
  return { ok: false, words };
}

export function mikrowispCommands(settings: MikrowispSettings, deps: CrmDeps): MikrowispCommands {
  const base = settings.url.replace(/\/api(?:\/v1)?$/u, '');
  const headers = { 'content-type': 'application/json' };
  return {
    call: async (command, body, signal) => {
      const { json } = await jsonCall(deps, lineOf(settings), {
        url: `${base}/api/v1/${command}`, method: 'POST', headers, body: JSON.stringify({ token: settings.token, ...body }), accept: MEANT, signal,
      });
      return read(command, json);
    },
  };
}

/** A refusal for agents: cut, and without numbers that could be somebody's. */
export const refusal = (words: string): string => (words === '' ? 'MikroWisp no dice por qué' : words.replace(/\d{5,}/gu, '…').slice(0, 200));
