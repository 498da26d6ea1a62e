import { describe, expect, it } from 'vitest';
import { checkAccount } from './own-account.js';

describe('an account where the company is paid', () => {
  it('is kept as receipts are held against it', () => {
    expect(checkAccount({ number: '0170099-2 2000006779737-0', alias: ' Litoral.Fibra ', document: '30-71234567-1' })).toEqual(
      { account: { number: '0170099220000067797370', alias: 'litoral.fibra', document: '30712345671' } });
    expect(checkAccount({ alias: 'mi.alias' })).toEqual({ account: { alias: 'mi.alias' } });
    expect(checkAccount({ number: '3415550100' })).toEqual({ account: { number: '3415550100' } });
  });

  it.each([
    [{}, ['number', 'alias']], [{ number: '0170099220000067797371' }, ['number']], [{ number: '032180000118359718' }, ['number']], [{ number: '12' }, ['number']], [{ number: '017009922000006779737' }, ['number']], [{ number: '0'.repeat(22) }, ['number']], [{ number: 'uno' }, ['number']],
    [{ alias: 'a b' }, ['alias']], [{ alias: 'bien.escrito', document: '30-71234567-9' }, ['document']],
  ])('%j is wrong in %j', (typed, wrong) => expect(checkAccount(typed)).toEqual({ wrong }));
});
