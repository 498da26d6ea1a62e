import { parseArgs } from 'node:util';
import { required } from '../../../libs/config/env.js';
import { issueOperatorToken } from '../../../libs/vault/operator-token.js';
import { masterKeyFrom } from '../../../libs/vault/vault.js';
import { EXIT, WrongUse, type Command } from '../command.js';

const HOUR_MS = 3_600_000;
const MOST_HOURS = 24 * 30;

export const operatorToken: Command = {
  name: 'operator token',
  summary: 'Muestra un token con el que la Temporal UI lee los datos de todas las empresas.',
  usage: 'operator token [--hours 12]',
  async run(args, { env, terminal }) {
    const { values } = parseArgs({ args, strict: true, options: { hours: { type: 'string', default: '12' } } });
    const hours = Number(values.hours);
    if (!Number.isInteger(hours) || hours < 1 || hours > MOST_HOURS) throw new WrongUse(`--hours va de 1 a ${MOST_HOURS}.`);
    const until = new Date(Date.now() + hours * HOUR_MS);
    terminal.out(issueOperatorToken(masterKeyFrom(required(env, 'HILO_MASTER_KEY')), until));
    return EXIT.done;
  },
};
