import { simulatorControlUrl, type Env } from '../../libs/config/env.js';
import type { Pairing } from '../../libs/domain/pairing.js';
import { CommandFailed, WrongUse } from './command.js';

const LIMIT_MS = 5_000;

/** The business phone of the simulated network, driven through the simulator's control API. */
export interface SimulatedPhone {
  /** Creates the account on the network, if it is not there. */
  ensure(): Promise<void>;
  /** Scans the QR or types the code. False when the network refused it, e.g. because a newer one has replaced it. */
  pair(pairing: Pairing): Promise<boolean>;
}

/** @throws WrongUse unless this installation talks to the simulator */
export function simulatedPhone(env: Env, number: string): SimulatedPhone {
  if (env.WHATSAPP !== 'simulator') throw new WrongUse('--scan-with-simulator solo existe con WHATSAPP=simulator.');
  const account = `${simulatorControlUrl(env)}/accounts/${number}`;
  const call = async (method: string, path: string, body: object): Promise<boolean> => {
    try {
      const response = await fetch(`${account}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(LIMIT_MS),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      throw new CommandFailed(`El simulador no responde en el puerto ${env.SIMULATOR_PORT}. ¿Está corriendo «npm start»?`);
    }
  };
  return {
    ensure: async () => {
      if (!(await call('PUT', '', {}))) throw new CommandFailed(`El simulador no aceptó la cuenta ${number}.`);
    },
    pair: (pairing) =>
      pairing.kind === 'qr' ? call('POST', '/scan', { qr: pairing.text }) : call('POST', '/code', { code: pairing.code }),
  };
}
