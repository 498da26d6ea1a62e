import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDesks } from '../testing/front-desk.js';
import { PayingCompany } from './testing/paying-company.js';

let desks: FrontDesks;
beforeAll(async () => {
  desks = await FrontDesks.open();
});
afterAll(() => desks.close());

const noteOf = async (company: PayingCompany, settlement: string, step: string) => (await company.steps(settlement)).find((one) => one['step'] === step);

describe('a company that uses another ISP’s system by now', () => {
  it.each(['before', 'after'] as const)('has nothing registered there of what may be in the former one (killed %s its effect): a person decides', async (moment) => {
    const [company, other] = [await PayingCompany.open(desks, 'mikrowisp'), await PayingCompany.open(desks, 'wisphub')];
    const settlement = await company.settle();
    company.kill = { kind: 'pay', moment };
    await company.activities.lookAtSettlement({ company: 'ours', settlement });
    await expect(company.attempt(settlement, 'register')).rejects.toThrow('killed');
    company.movedTo = other.system;
    expect(await company.drive(settlement)).toBe('stuck');
    expect(await noteOf(company, settlement, 'register')).toMatchObject({ state: 'failed', note: expect.stringMatching(/MikroWisp.*WispHub/u) as string });
    await company.order(settlement, { how: 'retry' });
    expect(await company.drive(settlement)).toBe('stuck');
    expect([await other.standing(), await other.isOff(), await company.said()]).toEqual([[], true, []]);
    company.movedTo = undefined; // back again: it goes on where it was
    await company.order(settlement, { how: 'retry' });
    expect(await company.drive(settlement)).toBe('done');
    expect((await company.standing()).map(Number)).toEqual([27_900.2]);
  });

  it('has nobody’s service switched on there by a payment that a person registered by hand', async () => {
    const [company, other] = [await PayingCompany.open(desks, 'mikrowisp'), await PayingCompany.open(desks, 'wisphub')];
    const settlement = await company.settle();
    company.fault('unavailable', 10_000);
    expect(await company.drive(settlement)).toBe('stuck');
    company.movedTo = other.system;
    await company.order(settlement, { how: 'by-hand' });
    expect(await company.drive(settlement)).toBe('stuck');
    expect(await noteOf(company, settlement, 'reactivate')).toMatchObject({ state: 'failed', note: expect.stringContaining('MikroWisp') as string });
    expect(await other.isOff()).toBe(true);
    await company.order(settlement, { how: 'by-hand' });
    expect(await company.drive(settlement)).toBe('done');
  });

  it('has nothing taken back there that was registered in the former one, nor anybody suspended', async () => {
    const [company, other] = [await PayingCompany.open(desks, 'embedded'), await PayingCompany.open(desks, 'mikrowisp')];
    const theirs = await other.settle();
    await other.drive(theirs);
    const settlement = await company.settle({ onRefusal: 'reverse-and-suspend' });
    expect(await company.drive(settlement)).toBe('done');
    company.movedTo = other.system;
    await company.order(settlement, { cause: 'person' });
    expect(await company.drive(settlement)).toBe('stuck');
    expect(await noteOf(company, settlement, 'reverse')).toMatchObject({ state: 'failed', note: expect.stringContaining('MikroWisp') as string });
    await company.order(settlement, { how: 'by-hand' });
    expect(await company.drive(settlement)).toBe('stuck');
    expect(await noteOf(company, settlement, 'suspend')).toMatchObject({ state: 'failed', note: expect.stringContaining('MikroWisp') as string });
    expect([(await other.standing()).length, await other.isOff()]).toEqual([1, false]);
  });
});
