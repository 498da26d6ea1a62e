import { describe, expect, it } from 'vitest';
import { checkFlow } from '../../../domain/flow/check.js';
import { parseFlow } from '../../../domain/flow/flow.js';
import sales from './flow-sales.json' with { type: 'json' };
import support from './flow-support.json' with { type: 'json' };

describe('the demo flows', () => {
  it('have nothing for the checker to find', () => {
    expect(checkFlow({ support: parseFlow(support), sales: parseFlow(sales) })).toEqual([]);
  });
});
