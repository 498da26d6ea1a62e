import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CommandFailed, EXIT, type Command } from '../command.js';

const LIMIT_MS = 5_000;

/** Only what is printed; the API's own schema has more. */
const answerSchema = z.object({
  processes: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

export const health: Command = {
  name: 'health',
  summary: 'Muestra el estado de cada proceso, según la API.',
  usage: 'health',
  async run(args, { env, terminal }) {
    parseArgs({ args, options: {}, strict: true });
    const address = `http://127.0.0.1:${env.PORT}/health`;
    let response: Response;
    try {
      response = await fetch(address, { signal: AbortSignal.timeout(LIMIT_MS) });
    } catch {
      throw new CommandFailed(`La API no responde en ${address}. ¿Está corriendo «npm start»?`);
    }
    const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) throw new CommandFailed(`Lo que responde en ${address} no es la API de Hilo.`);
    for (const one of answer.data.processes) {
      terminal.out(`${one.name.padEnd(10)} ${one.state.padEnd(8)}${one.detail ? ` ${one.detail}` : ''}`.trimEnd());
    }
    return response.ok ? EXIT.done : EXIT.failed;
  },
};
