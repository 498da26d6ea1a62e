import { execFileSync } from 'node:child_process';
import { statSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatLine } from './log-lines.mjs';
import { freePort, isPortFree, requireFreePorts } from './ports.mjs';
import { readOrCreateSecrets } from './secrets.mjs';
import { readSettings } from './settings.mjs';

describe('ports', () => {
  it('that are taken are named with their holder and the variable to change', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const taken = requireFreePorts([{ port, purpose: 'la API', variable: 'PORT' }]);
    await expect(taken).rejects.toThrow(new RegExp(`El puerto ${port}, que es el de la API, está ocupado por .+: cerralo o elegí otro con PORT`));
    if (process.platform === 'linux') await expect(taken).rejects.toThrow(`proceso ${process.pid}`);
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortFree(port)).toBe(true);
  });

  it('that are free are found', async () => {
    await expect(requireFreePorts([{ port: await freePort(), purpose: 'nada', variable: 'PORT' }])).resolves.toBeUndefined();
  });
});

describe('settings', () => {
  it('have defaults, so that nobody has to say anything', () => {
    expect(readSettings({})).toMatchObject({ port: 3000, simulatorPort: 3100, temporalPort: 7233, temporalUiPort: 8233, postgresPort: 54_329, whatsapp: 'simulator' });
  });

  it.each([
    [{ PORT: 'tres mil' }, /PORT dice «tres mil», que no es un puerto/],
    [{ WHATSAPP: 'fake' }, /WHATSAPP dice «fake»/],
    [{ DATABASE_URL: 'postgresql://a@b/c' }, /DATABASE_OWNER_URL/],
  ])('that cannot be %o are refused with what to do', (env, sentence) => {
    expect(() => readSettings(env)).toThrow(sentence);
  });
});

describe('a line of a process', () => {
  it('is shown with its name, a log record in short', () => {
    expect(formatLine('api', '{"level":40,"time":1,"msg":"slow","ms":900}')).toBe('api      │ warn slow {"ms":900}');
    expect(formatLine('whatsapp', 'plain {not json')).toBe('whatsapp │ plain {not json');
  });
});

describe('secrets.json', () => {
  it.skipIf(process.platform === 'win32')('is readable by its owner only', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'hilo-secrets-'));
    readOrCreateSecrets(dir);
    expect(statSync(path.join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
    rmSync(dir, { recursive: true, force: true });
  });
});

describe('npm run bench', () => {
  it('says which names there are when it is given none', () => {
    const run = () => execFileSync(process.execPath, ['infra/bench.mjs'], { stdio: 'pipe', encoding: 'utf8' });
    expect(run).toThrow(/Falta decir qué medir/);
  });
});
