import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything, morningMs, settingsFor } from '../conversation/scripted-flows.js';
import { FakeIsp, firstCustomer } from '../conversation/scripted-isp.js';
import { Rehearsal } from '../conversation/rehearsal.js';
import type { KeptAnswer, MessageContent } from '../conversation/state.js';
import { DomainError } from '../errors.js';
import { checkFlow, isPublishable } from './check.js';
import { nameOf, type Flows } from './flow.js';
import { anyFlows } from './flows.arbitrary.js';
import { edgesOf, nodeOf, startOf } from './graph.js';

/** `closes`: an agent closes the ticket before it, if there is one; `reopens`: one takes an old ticket up again. */
type Act = { minutes: number; contents: MessageContent[]; author: 'customer' | 'owner'; closes: boolean; reopens: boolean };

const anyText = fc.oneof(
  fc.constantFrom('1', '2', '3', '7', '0', 'menú', 'hola', 'gracias', 'saldo', 'planes', 'sí', 'no', 'persona', 'al otro lado'),
  fc.constantFrom('30123456', '99999999', '100201', '0201', 'Ana Gómez', 'mi conexión', ''),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
);
const anyContent: fc.Arbitrary<MessageContent> = fc.oneof(
  { weight: 8, arbitrary: anyText.map((text) => ({ kind: 'text', text }) as const) },
  { weight: 1, arbitrary: fc.constantFrom('image', 'audio', 'poll').map((what) => ({ kind: 'unsupported', what }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'unreadable' } as const) },
);
const anyAct: fc.Arbitrary<Act> = fc.record({
  minutes: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }) }, { weight: 1, arbitrary: fc.constantFrom(31, 800) }),
  contents: fc.array(anyContent, { minLength: 1, maxLength: 3 }),
  closes: fc.boolean(),
  reopens: fc.integer({ min: 0, max: 19 }).map((one) => one === 0),
  author: fc.oneof({ weight: 12, arbitrary: fc.constant('customer' as const) }, { weight: 1, arbitrary: fc.constant('owner' as const) }),
});

/** ISP systems of all kinds: with and without the customer, up and down, answering what was not asked. */
const anyAnswer = fc.constantFrom<'normal' | 'down' | 'nobody' | 'two' | 'nonsense'>('normal', 'normal', 'down', 'nobody', 'two', 'nonsense');
const anyIsp = fc.infiniteStream(anyAnswer).map((answers) => {
  const isp = new FakeIsp();
  return (query: Parameters<FakeIsp['ask']>[0]): KeptAnswer => {
    const answer = answers.next().value;
    if (answer === 'down') return { ok: false, reason: 'unavailable' };
    if (answer === 'nobody') return { ok: false, reason: 'not-found' };
    if (answer === 'nonsense') return { ok: true, kind: 'plans', plans: [] };
    const two = [firstCustomer.match, { ...firstCustomer.match, id: 'c2', name: 'Bruno Ferreyra' }];
    return answer === 'two' && query.kind.startsWith('by-') ? { ok: true, kind: 'customers', customers: two } : isp.ask(query);
  };
});

const publishable = anyFlows.filter((flows) => isPublishable(checkFlow(flows)));

/** What agents do before somebody writes. */
function agentsAct(chat: Rehearsal, { closes, reopens }: Act): void {
  if (closes && chat.ticket !== undefined) chat.closeTicket();
  else if (reopens && chat.ticket === undefined) chat.openTicket();
}

/** Systems of all kinds: that can do everything, little or nothing, and that do not answer now. */
const anySystem = fc.record({ capabilities: fc.oneof(fc.constant([...everything]), fc.subarray([...everything])).map((some) => new Set(some)), down: fc.boolean() });

function rehearsalOf(flows: Flows, ask: ConstructorParameters<typeof Rehearsal>[1], isp = settingsFor(undefined).isp): Rehearsal {
  return new Rehearsal({ ...settingsFor(firstCustomer.phone), flows, isp }, ask, morningMs);
}

/** Where the bot comes to by itself from the starts of the flows: what `menú` may lead to. */
function startQuestions(flows: Flows): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [startOf(flows.support), startOf(flows.sales)];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seen.has(nameOf(place))) continue;
    seen.add(nameOf(place));
    const type = nodeOf(flows, place)?.type;
    if (type === 'menu' || type === 'ask' || type === 'choose' || type === 'receipt') found.add(nameOf(place));
    open.push(...edgesOf(flows, place).filter((edge) => !edge.waits).map((edge) => edge.to));
  }
  return found;
}

const runs = { numRuns: 400, seed: 20261122 };

describe('flows that the checker has no objection to', () => {
  it('answer every message that nobody else has, and settle each exactly once', () => {
    fc.assert(
      fc.property(publishable, anyIsp, anySystem, fc.array(anyAct, { maxLength: 15 }), (flows, ask, isp, acts) => {
        const chat = rehearsalOf(flows, ask, isp);
        let sent = 0;
        for (const act of acts) {
          const { minutes, contents, author } = act;
          agentsAct(chat.wait(minutes), act);
          const isAgents = chat.ticket !== undefined;
          const said = chat.send(contents, author);
          const outcomes = contents.map((_, index) => chat.outcomes.get(sent + index + 1));
          sent += contents.length;
          expect(outcomes).not.toContain(undefined);
          const went = [...said, ...chat.files.splice(0).map(({ file }) => file.fileName)];
          if (outcomes.includes('answered')) expect(went.join('')).toMatch(/\S/u);
          else expect(went).toEqual([]);
          // While agents have it, the bot only ever tells the place in the queue.
          if (isAgents && author === 'customer') expect(['agent', 'answered']).toEqual(expect.arrayContaining(outcomes));
          if (chat.ticket === undefined) expect(outcomes).not.toContain('agent');
          if (author === 'customer' && chat.ticket === undefined && chat.state.ownerUntilMs === undefined && chat.state.botLoopUntilMs === undefined) {
            expect(new Set(outcomes)).toEqual(new Set(['answered']));
          }
        }
        expect(JSON.stringify(chat.state).length).toBeLessThan(16_000);
      }),
      runs,
    );
  });

  it('are left by "menú" for the start and by "0" for the place before, from wherever a customer can be', () => {
    fc.assert(
      fc.property(publishable, anyIsp, anySystem, fc.array(anyContent, { maxLength: 12 }), (flows, ask, isp, contents) => {
        const chat = rehearsalOf(flows, ask, isp);
        const starts = startQuestions(flows);
        for (const content of contents) {
          chat.wait(2).send([content]);
          if (chat.state.botLoopUntilMs !== undefined) return;
          if (chat.ticket !== undefined) chat.closeTicket();
          const { state } = chat;
          const trail = state.trail.map(nameOf);
          if (trail.length > 0) {
            chat.write('0');
            expect(chat.state.trail.map(nameOf)).toEqual(trail.length > 1 ? trail.slice(0, -1) : trail);
          }
          chat.state = state;
          chat.ticket = undefined;
          chat.outcomes.clear();
          expect(chat.write('menú').join('')).toMatch(/\S/u);
          expect(chat.state.trail.length).toBeLessThanOrEqual(1);
          if (chat.state.trail[0] !== undefined) expect(starts).toContain(nameOf(chat.state.trail[0]));
          chat.state = { ...state, lastSeq: chat.state.lastSeq };
          chat.ticket = undefined;
        }
      }),
      runs,
    );
  });

  it('lead to the same decision again, also from a state that went through the database', () => {
    fc.assert(
      fc.property(publishable, anyIsp, fc.array(anyAct, { maxLength: 8 }), (flows, ask, acts) => {
        const chat = rehearsalOf(flows, ask);
        const twin = rehearsalOf(flows, () => ({ ok: false, reason: 'unavailable' }));
        for (const { minutes, contents, author, closes } of acts) {
          if (closes) chat.ticket = undefined;
          const messages = contents.map((content) => chat.wait(minutes).message(content, author));
          for (let inputs = messages, more = true; more; ) {
            twin.ticket = chat.ticket;
            twin.state = JSON.parse(JSON.stringify(chat.state)) as typeof chat.state;
            twin.nowMs = chat.nowMs;
            const frozen = JSON.stringify(inputs);
            const steps = chat.decide(inputs);
            twin.outcomes.clear();
            expect(twin.decide(JSON.parse(frozen) as typeof inputs)).toEqual(steps);
            expect(JSON.stringify(twin.state)).toBe(JSON.stringify(chat.state));
            expect(steps.filter((step) => step.kind === 'query').length).toBeLessThanOrEqual(1);
            inputs = steps.flatMap((step) =>
              step.kind === 'query' ? [{ kind: 'result', step: step.id, result: ask(step.query) } as const] : [],
            );
            const opener = steps.find((step) => step.kind === 'ticket');
            if (opener) chat.ticket = { step: opener.id, number: chat.state.steps, queued: true, ahead: 1 };
            more = inputs.length > 0 || opener !== undefined;
          }
        }
      }),
      runs,
    );
  });
});

/** The options that a text shows, by number. */
const optionsIn = (text: string): Map<string, string> => new Map([...text.matchAll(/^\*(\d+)\* (.*)$/gmu)].map(([, number, label]) => [number!, label!]));

describe('menus of a system that cannot do everything', () => {
  it('number what they offer without a gap, and never show a menu without options', () => {
    fc.assert(
      fc.property(publishable, anyIsp, anySystem, fc.array(anyText, { maxLength: 8 }), (flows, ask, isp, texts) => {
        const chat = rehearsalOf(flows, ask, isp);
        for (const text of texts) {
          const said = chat.write(text).at(-1) ?? '';
          const place = chat.state.trail.at(-1);
          const node = place === undefined ? undefined : nodeOf(flows, place);
          if (node?.type !== 'menu' || !said.includes(node.text) || chat.state.ticket !== undefined) continue;
          const numbers = [...optionsIn(said).keys()].map(Number).filter((number) => number > 0);
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
          expect(numbers.length).toBeGreaterThan(0);
        }
      }),
      runs,
    );
  });

  it('keep what a number means for as long as a session lasts, whatever becomes of the system', () => {
    fc.assert(
      fc.property(publishable, anySystem, fc.array(fc.tuple(anyText, anySystem), { maxLength: 10 }), (flows, first, acts) => {
        const isp = new FakeIsp();
        const chat = rehearsalOf(flows, isp.ask, { ...first, down: false });
        const meant = new Map<string, Record<string, number[]>>();
        for (const [text, system] of acts) {
          chat.write(text);
          const session = chat.state.shown ?? {};
          for (const [menu, numbers] of Object.entries(meant.get('now') ?? {})) {
            if (session[menu] !== undefined) expect(session[menu]).toEqual(numbers);
          }
          // After a good-bye the next message begins another session.
          meant.set('now', chat.state.trail.length === 0 ? {} : structuredClone(session));
          chat.settings.isp = { ...system, down: false };
        }
      }),
      runs,
    );
  });
});

describe('flows of any kind', () => {
  it('never make the engine do anything but answer or refuse the flow', () => {
    fc.assert(
      fc.property(anyFlows, anyIsp, anySystem, fc.array(anyContent, { maxLength: 6 }), (flows, ask, isp, contents) => {
        const findings = checkFlow(flows);
        const chat = rehearsalOf(flows, ask, isp);
        try {
          for (const content of contents) chat.send([content]);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
          expect((error as DomainError).code).toMatch(/^flow-/u);
          expect(findings.map((finding) => finding.kind)).toContain(
            (error as DomainError).code === 'flow-never-waits' ? 'loop-without-waiting' : 'unknown-target',
          );
        }
      }),
      runs,
    );
  });

  it('pass the checker often enough for the properties above to mean something', () => {
    const passed = fc.sample(anyFlows, { numRuns: 500, seed: 1 }).filter((flows) => isPublishable(checkFlow(flows)));
    expect(passed.length).toBeGreaterThan(50);
    expect(passed.length).toBeLessThan(450);
  });
});
