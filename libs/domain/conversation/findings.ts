import type { Account, Connection, Plan, SpeedTest } from '../customers.js';
import type { Variable } from '../flow/variables.js';
import { dateAt, daysBetween, formatDate, formatInstant, formatMoney, isPositive, type Manner } from './format.js';
import type { KeptAnswer, KnownInvoice } from './state.js';

/**
 * Light below which a fibre modem works badly: the sensitivity of a class B+ ONT is −27 dBm (ITU-T G.984.2 Amd. 1).
 */
export const weakSignalDbm = -27;

type Values = Partial<Record<Variable, string>>;

export function accountOutcome(account: Account, nowMs: number, manner: Manner) {
  if (!isPositive(account.balance)) return account.suspended ? 'clear-suspended' : 'clear';
  if (account.suspended) return 'suspended';
  return account.dueOn !== undefined && account.dueOn < dateAt(nowMs, manner) ? 'overdue' : 'owing';
}

export function accountValues(account: Account, nowMs: number, manner: Manner): Values {
  const today = dateAt(nowMs, manner);
  const invoices = account.invoices.map((invoice) => {
    const verb = invoice.dueOn < today ? 'venció' : 'vence';
    return `• N.º ${invoice.number}: ${formatMoney(invoice.amount, manner)}, ${verb} el ${formatDate(invoice.dueOn, today, manner)}`;
  });
  const values: Values = { saldo: formatMoney(account.balance, manner), facturas: invoices.join('\n') };
  values.vencimiento = account.dueOn === undefined ? 'sin vencimientos' : formatDate(account.dueOn, today, manner);
  const daysLate = account.dueOn === undefined ? 0 : Math.max(0, daysBetween(account.dueOn, today));
  values.dias_vencido = daysLate === 1 ? '1 día' : `${daysLate} días`;
  return values;
}

export function connectionOutcome(connection: Connection) {
  if (connection.status === 'suspended') return 'suspended';
  if (!connection.online) return 'offline';
  return connection.signalDbm !== undefined && connection.signalDbm < weakSignalDbm ? 'weak' : 'online';
}

export function connectionValues(connection: Connection, manner: Manner): Values {
  const signal = new Intl.NumberFormat(manner.locale, { maximumFractionDigits: 1 });
  return {
    desde: connection.since === undefined ? 'hace un tiempo' : formatInstant(connection.since, manner),
    senal: connection.signalDbm === undefined ? 'sin datos' : `${signal.format(connection.signalDbm)} dBm`,
  };
}

export function invoiceValues({ number, dueOn, amount }: KnownInvoice, nowMs: number, manner: Manner): Values {
  return { factura: number, importe: formatMoney(amount, manner), vence: formatDate(dueOn, dateAt(nowMs, manner), manner) };
}

export function speedValues({ downMbps, upMbps }: SpeedTest, { locale }: Manner): Values {
  const speed = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return { bajada: `${speed.format(downMbps)} Mbps`, subida: `${speed.format(upMbps)} Mbps` };
}

/** What is younger than this is as good as new; older, it is said how old. */
const newForMs = 2 * 60_000;

/** Whether an answer is not of this moment. */
export function isOld(answer: KeptAnswer, nowMs: number): answer is KeptAnswer & { asOf: string } {
  return answer.cached === true && answer.asOf !== undefined && nowMs - Date.parse(answer.asOf) > newForMs;
}

export function planValues(plans: readonly Plan[], manner: Manner): Values {
  const lines = plans.map(
    (plan) =>
      `• *${plan.name}* · ${plan.downMbps} Mbps de bajada y ${plan.upMbps} de subida · ` +
      `${formatMoney(plan.price, manner)} por mes\n  ${plan.description}`,
  );
  return { planes: lines.join('\n') };
}
