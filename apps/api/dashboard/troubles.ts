import type { ChannelState } from '../../../libs/domain/channel.js';
import { alertText, worst, type Restriction } from '../../../libs/domain/number-safety/restriction.js';
import type { Trouble } from './dashboard.schema.js';
import { ispTrouble, type IspFinding } from './isp-trouble.js';

/** Something that WhatsApp forbids, and since when. */
export type RestrictionSince = Pick<Restriction, 'stops' | 'untilMs'> & { since: Date };

/** What may be wrong, as the rows say it. */
export interface Findings {
  channels: { name: string; wanted: boolean; state: ChannelState; reason?: string | null; since: Date; restrictions?: readonly RestrictionSince[] }[];
  /** Open tickets whose alarm was raised, and the first of them. */
  alarmed: { count: number; since: Date | undefined };
  /** Messages of the last day that did not go out. */
  failed: { count: number; since: Date | undefined };
  /** What is wrong with the company's ISP system. */
  isp?: IspFinding;
}

/** A link that the gateway has just lost comes back by itself: no news until it has been away for so long. */
const PATIENCE_MS = 60_000;

const connecting: Readonly<Record<string, { text: string; action: string }>> = {
  replaced: { text: 'Otro equipo está usando la misma vinculación de «{name}».', action: 'Si hay otra copia de Hilo con estos datos, detenela; si no, desvinculá el número y volvé a vincularlo.' },
  'refused-for-now': { text: 'WhatsApp no deja entrar a «{name}» por ahora.', action: 'Se vuelve a intentar solo, cada vez con más espera. No hace falta reiniciar.' },
};
const down = { text: '«{name}» no logra conectarse con WhatsApp.', action: 'Revisá la conexión a internet del servidor; si sigue, reiniciá el número.' };

type Words = Pick<Trouble, 'kind' | 'text' | 'action'>;

/** Why a link is over, and what to do about it; `{name}` is the number's name. Nothing for a link that is not over. */
export function ofLink(state: ChannelState, reason: string | null | undefined): Words | undefined {
  if (state === 'refused') {
    return { kind: 'channel-refused', text: 'El teléfono de «{name}» usa WhatsApp común, que no se puede vincular.', action: 'Instalá WhatsApp Business en ese teléfono y vinculalo de nuevo.' };
  }
  if (state !== 'logged-out') return undefined;
  return reason === 'banned'
    ? { kind: 'channel-banned', text: 'WhatsApp bloqueó el número de «{name}»: el bot no recibe mensajes.', action: 'Abrí WhatsApp Business en el celular y pedí la revisión desde ahí. Mientras tanto podés vincular otro número.' }
    : { kind: 'channel-logged-out', text: 'El teléfono de «{name}» cerró la vinculación: el bot no recibe mensajes.', action: 'Volvé a vincular el número escaneando el código QR.' };
}

function ofChannel({ name, wanted, state, reason, since, restrictions }: Findings['channels'][number], now: Date): Trouble[] {
  const named = (words: Words, at: Date): Trouble => ({ ...words, since: at.toISOString(), text: words.text.replace('{name}', name) });
  const over = ofLink(state, reason);
  if (over) return [named(over, since)];
  const restriction = worst(restrictions ?? [], now.getTime());
  const all = restriction ? [named({ kind: 'channel-restricted', ...alertText[restriction.stops] }, restriction.since)] : [];
  if (!wanted || state !== 'connecting' || now.getTime() - since.getTime() <= PATIENCE_MS) return all;
  return [...all, named({ kind: 'channel-down', ...(connecting[reason ?? ''] ?? down) }, since)];
}

const counted = (count: number, one: string, many: string): string => (count === 1 ? one : many.replace('{n}', String(count)));

/** What is wrong in words, with what to do about it: the newest first. */
export function troublesIn({ channels, alarmed, failed, isp }: Findings, now: Date): Trouble[] {
  const all = channels.flatMap((channel) => ofChannel(channel, now));
  if (isp) all.push(ispTrouble(isp));
  if (alarmed.since) {
    const text = counted(alarmed.count, 'Un cliente espera hace demasiado.', '{n} clientes esperan hace demasiado.');
    all.push({ kind: 'waiting-too-long', since: alarmed.since.toISOString(), text, action: 'Abrí OmniChat y respondé, o transferí el ticket a quien pueda.' });
  }
  if (failed.since) {
    const text = counted(failed.count, 'Un mensaje no se pudo enviar en las últimas 24 horas.', '{n} mensajes no se pudieron enviar en las últimas 24 horas.');
    all.push({ kind: 'sends-failed', since: failed.since.toISOString(), text, action: 'Buscá los mensajes marcados en rojo en sus chats: ahí dice por qué, y se pueden volver a escribir.' });
  }
  return all.sort((one, other) => other.since.localeCompare(one.since));
}
