import { describe, expect, it } from 'vitest';
import type { Fault } from './faults.js';
import { ANA, BUSINESS, client, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

const OTHER = '5493410000002';

async function connected() {
  const simulated = await simulation();
  const { network } = simulated;
  const device = await linkedClient(simulated);
  network.putPerson(ANA, { name: 'Ana' });
  const view = () => network.accounts.find(({ number }) => number === BUSINESS);
  const comesAgain = () => {
    const again = client(simulated);
    again.takeOver(device);
    again.reconnects = false;
    return again.connect();
  };
  return { simulated, network, device, view, comesAgain };
}

describe('faults that end connections', () => {
  it.each<[Omit<Fault, 'account'>, number, boolean]>([
    [{ kind: 'stream-error', times: 1 }, 503, true],
    [{ kind: 'stream-error', times: 1, code: 500 }, 500, true],
    [{ kind: 'replaced', times: 1 }, 440, true],
    [{ kind: 'logout', times: 1 }, 401, false],
    [{ kind: 'ban' }, 403, true],
  ])('%o: an open connection ends with %i; linked afterwards: %s', async (fault, code, linked) => {
    const { simulated, network, device, view } = await connected();
    const other = await linkedClient(simulated, { number: OTHER });
    device.reconnects = false;

    network.addFault({ ...fault, account: BUSINESS });
    await until(() => device.closes.length, 'the client is shown out');

    expect(device.closes).toEqual([expect.objectContaining({ code })]);
    await until(() => view()?.online === false, 'the network has closed it');
    expect(view()?.linked).toBe(linked);
    expect(other.closes).toEqual([]);
  });

  it.each<[Fault, number]>([
    [{ kind: 'stream-error', times: 1 }, 503],
    [{ kind: 'replaced', times: 1 }, 440],
    [{ kind: 'logout', times: 1 }, 401],
    [{ kind: 'ban', times: 1 }, 403],
  ])('%o: a login ends with %i if nothing was open', async (fault, code) => {
    const { network, device, view, comesAgain } = await connected();
    await device.disconnect();
    await until(() => view()?.online === false, 'nobody is connected');

    network.addFault(fault);
    const again = comesAgain();
    await until(() => again.closes.length, 'it is turned away');

    expect(again.closes).toEqual([expect.objectContaining({ code })]);
    expect(network.faults.list()).toEqual([]);
    if (code === 401) expect(view()?.linked).toBe(false);
    else await comesAgain().untilOpen();
  });

  it('stream-error with times: the client that comes back is shown out again until it is used up; messages wait', async () => {
    const { network, device } = await connected();

    network.addFault({ kind: 'stream-error', times: 3 });
    const id = await network.personSends(ANA, BUSINESS, '¿siguen ahí?');
    await device.untilText('¿siguen ahí?');

    await until(() => device.closes.length === 3 && device.isOpen, 'three times, then left alone');
    await until(() => network.ledger.find('in', BUSINESS, ANA, id)?.state === 'delivered', 'the message is delivered');
    expect(device.closes.map(({ code }) => code)).toEqual([503, 503, 503]);
  });

  it('a ban lasts until it is lifted, and the link outlives it', async () => {
    const { network, device, comesAgain } = await connected();
    network.addFault({ kind: 'ban', account: BUSINESS });
    await until(() => device.closes.length === 1, 'the client is shown out');
    const meanwhile = comesAgain();
    await until(() => meanwhile.closes[0]?.code === 403, 'and stays out');

    network.clearFaults();
    await comesAgain().untilOpen();
  });
});

describe('reorder', () => {
  it('the next message overtakes the one before; both are read once', async () => {
    const { network, device } = await connected();
    await network.personSends(ANA, BUSINESS, 'cero');
    await device.untilText('cero');

    network.addFault({ kind: 'reorder', times: 1, ms: 60_000 });
    for (const text of ['uno', 'dos', 'tres']) await network.personSends(ANA, BUSINESS, text);
    await device.untilText('tres');

    expect(device.texts).toEqual(['cero', 'dos', 'uno', 'tres']);
    await until(() => network.ledger.chat(BUSINESS, ANA).every(({ state }) => state === 'delivered'), 'all are delivered');
    expect(network.ledger.chat(BUSINESS, ANA).every(({ copies, retries }) => copies === 1 && retries === 0)).toBe(true);
  });

  it('a message that nothing overtakes comes when its time is over, or with the next connection', async () => {
    const { network, device, view } = await connected();
    network.addFault({ kind: 'reorder', times: 1, ms: 100 });
    await network.personSends(ANA, BUSINESS, 'sola');
    await device.untilText('sola');

    network.addFault({ kind: 'reorder', times: 1, ms: 60_000 });
    const id = await network.personSends(ANA, BUSINESS, 'retenida');
    network.addFault({ kind: 'drop-connection', times: 1 });
    await until(() => device.opened === 2 && view()?.online, 'the client is back');
    await device.untilText('retenida');
    await until(() => network.ledger.find('in', BUSINESS, ANA, id)?.state === 'delivered', 'delivered');
    expect(network.ledger.find('in', BUSINESS, ANA, id)?.copies).toBe(1);
  });

  it('what waited for a client that was away comes out of order, too, and completely', async () => {
    const { network, device, view, comesAgain } = await connected();
    await device.disconnect();
    await until(() => view()?.online === false, 'nobody is connected');
    for (const text of ['uno', 'dos', 'tres']) await network.personSends(ANA, BUSINESS, text);

    network.addFault({ kind: 'reorder', times: 5, ms: 60_000 });
    const again = comesAgain();
    await again.untilText('tres');
    await until(() => again.texts.length === 3, 'all came');

    expect(again.texts).toEqual(['dos', 'uno', 'tres']);
  });
});
