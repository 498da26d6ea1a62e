import type { ChannelState } from '../../../libs/domain/channel.js';
import type { Trouble } from './dashboard.schema.js';

/** What may be wrong, as the rows say it. */
export interface Findings {
  channels: { name: string; wanted: boolean; state: ChannelState; since: Date }[];
  /** Open tickets whose alarm was raised, and the first of them. */
  alarmed: { count: number; since: Date | undefined };
  /** Messages of the last day that did not go out. */
  failed: { count: number; since: Date | undefined };
}

/** A link that the gateway has just lost comes back by itself: no news until it has been away for so long. */
const PATIENCE_MS = 60_000;

function ofChannel({ name, wanted, state, since }: Findings['channels'][number], now: Date): Trouble[] {
  const at = since.toISOString();
  if (state === 'logged-out') {
    return [{ kind: 'channel-logged-out', since: at, text: `El teléfono de «${name}» cerró la vinculación: el bot no recibe mensajes.`, action: 'Volvé a vincular el número escaneando el código QR.' }];
  }
  if (state === 'refused') {
    return [{ kind: 'channel-refused', since: at, text: `El teléfono de «${name}» usa WhatsApp común, que no se puede vincular.`, action: 'Instalá WhatsApp Business en ese teléfono y vinculalo de nuevo.' }];
  }
  if (wanted && state === 'connecting' && now.getTime() - since.getTime() > PATIENCE_MS) {
    return [{ kind: 'channel-down', since: at, text: `«${name}» no logra conectarse con WhatsApp.`, action: 'Revisá la conexión a internet del servidor; si sigue, reiniciá el número.' }];
  }
  return [];
}

const counted = (count: number, one: string, many: string): string => (count === 1 ? one : many.replace('{n}', String(count)));

/** What is wrong in words, with what to do about it: the newest first. */
export function troublesIn({ channels, alarmed, failed }: Findings, now: Date): Trouble[] {
  const all = channels.flatMap((channel) => ofChannel(channel, now));
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
