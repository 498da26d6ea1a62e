import { describe, expect, it } from 'vitest';
import { flows as sound } from '../conversation/scripted-flows.js';
import { checkFlow, isPublishable } from './check.js';
import type { Finding, FindingKind } from './finding.js';
import type { Flow, FlowNode } from './flow.js';

/** The sound flows with something changed in the support flow. */
function changed(change: (support: Flow, sales: Flow) => void): Finding[] {
  const flows = structuredClone(sound);
  change(flows.support, flows.sales);
  return checkFlow(flows);
}

const at = (findings: readonly Finding[], kind: FindingKind): string[] =>
  findings.filter((finding) => finding.kind === kind).map((finding) => finding.node);

const say = (text: string, next: string): FlowNode => ({ type: 'message', text, next });

describe('checkFlow', () => {
  it('has nothing to say about sound flows', () => {
    expect(checkFlow(sound)).toEqual([]);
  });

  it('finds a way to a node that does not exist', () => {
    const findings = changed((support) => {
      support.nodes.clear = say('Estás al día.', 'gone');
    });
    expect(findings).toMatchObject([
      { flow: 'support', node: 'clear', kind: 'unknown-target', severity: 'error', message: '«clear» lleva a «gone», que no existe.' },
    ]);
    expect(isPublishable(findings)).toBe(false);
  });

  it('finds a start, a shortcut and another flow that do not exist', () => {
    expect(at(changed((support) => void (support.start = 'gone')), 'unknown-target')).toContain('gone');
    const shortcut = changed((support) => support.shortcuts.push({ keywords: ['x'], next: 'lost' }));
    expect(at(shortcut, 'unknown-target')).toEqual(['lost']);
    const across = changed((support) => void (support.nodes.sales = { type: 'goto', flow: 'sales', node: 'gone' }));
    expect(at(across, 'unknown-target')).toEqual(['sales']);
  });

  it('does not take what every object inherits for a node', () => {
    const findings = changed((support) => void (support.nodes.clear = say('Estás al día.', 'constructor')));
    expect(at(findings, 'unknown-target')).toEqual(['clear']);
  });

  it('finds what nobody can come to, and lets it be published', () => {
    const findings = changed((support) => void (support.nodes.island = say('¿Hay alguien?', 'main')));
    expect(findings).toMatchObject([{ node: 'island', kind: 'unreachable', severity: 'warning' }]);
    expect(isPublishable(findings)).toBe(true);
  });

  it('finds a whole flow that nobody can come to, and that it has no way back', () => {
    const findings = changed((support) => {
      support.nodes.sales = say('No vendemos.', 'main');
    });
    expect(findings.filter((finding) => finding.kind === 'unreachable').every((finding) => finding.flow === 'sales')).toBe(true);
    expect(at(findings, 'no-way-back')).toEqual(['who']);
  });

  it('finds the missing words for back and start', () => {
    const findings = changed((support) => {
      support.words.back = [];
      support.words.start = [];
    });
    expect(at(findings, 'no-way-back')).toEqual(['who', 'who']);
  });

  it('finds a question of which all answers lead to itself, but not one that says something', () => {
    const menu: FlowNode = { type: 'menu', text: '¿Y?', options: [{ label: 'Nada', next: 'help' }] };
    expect(at(changed((support) => void (support.nodes.help = menu)), 'dead-end')).toEqual(['help']);
    const around = changed((support) => {
      support.nodes.help = { ...menu, options: [{ label: 'Nada', next: 'detour' }] };
      support.nodes.detour = { type: 'goto', flow: 'support', node: 'help' };
    });
    expect(at(around, 'dead-end')).toEqual(['help']);
    const speaking = changed((support) => {
      support.nodes.help = { ...menu, options: [{ label: 'Nada', next: 'slow' }] };
    });
    expect(at(speaking, 'dead-end')).toEqual([]);
  });

  it('finds circles in which nobody is asked anything, through queries and identification, too', () => {
    const messages = changed((support) => {
      support.nodes.clear = say('Estás al día.', 'owing');
      support.nodes.owing = say('Debés {{saldo}}.', 'clear');
    });
    expect(at(messages, 'loop-without-waiting')).toHaveLength(1);
    const queries = changed((support) => {
      const account = support.nodes.account;
      if (account?.type === 'query' && account.query === 'account') account.on.unavailable = 'account';
    });
    expect(at(queries, 'loop-without-waiting')).toEqual(['account']);
    const acrossFlows = changed((support, sales) => {
      support.start = 'sales';
      sales.start = 'support';
      sales.nodes.support = { type: 'goto', flow: 'support' };
    });
    expect(at(acrossFlows, 'loop-without-waiting').length).toBeGreaterThan(0);
  });

  it('finds circles through a choice, which passes where there is one thing only', () => {
    const findings = changed((support) => {
      support.nodes.service = { type: 'choose', of: 'service', text: '¿Cuál?', none: 'down', next: 'again' };
      support.nodes.again = { type: 'goto', flow: 'support', node: 'service' };
    });
    expect(at(findings, 'loop-without-waiting')).toHaveLength(1);
  });

  it.each([
    ['a global word', 'menú', 'ir al inicio'],
    ['the number of another option', '2', 'la opción 2'],
    ['the name of another option', 'mi conexion', 'la opción 2'],
  ])('finds a keyword that already is %s', (_, keyword, by) => {
    const findings = changed((support) => {
      const main = support.nodes.main;
      if (main?.type === 'menu') main.options[2]!.keywords = [keyword];
    });
    expect(findings).toMatchObject([{ node: 'main', kind: 'shadowed-word', severity: 'warning' }]);
    expect(findings[0]?.message).toContain(by);
  });

  it('finds variables that do not exist', () => {
    const findings = changed((support) => void (support.nodes.clear = say('Hola, {{ apellido }}.', 'main')));
    expect(findings).toMatchObject([{ node: 'clear', kind: 'unknown-variable', severity: 'error' }]);
    const common = changed((support) => void (support.texts.thanks = 'De nada, {{apodo}}.'));
    expect(at(common, 'unknown-variable')).toEqual(['who']);
  });

  it('finds variables that may have no value at a place, following every way to it', () => {
    const findings = changed((support) => void (support.nodes.slow = say('Reiniciá, {{nombre}}. Debés {{saldo}}.', 'help')));
    expect(at(findings, 'variable-without-value')).toEqual(['slow', 'slow']);
    const known = changed((support) => void (support.nodes.overdue = say('{{nombre}}: {{saldo}} {{facturas}}', 'main')));
    expect(known).toEqual([]);
  });

  it('knows that another customer’s balance is forgotten when somebody else is recognised', () => {
    const findings = changed((support) => {
      support.nodes.owing = say('Debés {{saldo}}.', 'once-more');
      support.nodes['once-more'] = {
        type: 'identify',
        by: 'phone',
        on: { recognised: 'and-now', several: 'which', unknown: 'known', unavailable: 'known' },
      };
      support.nodes['and-now'] = say('Debés {{saldo}}.', 'main');
    });
    expect(at(findings, 'variable-without-value')).toEqual(['and-now']);
  });

  it('finds empty texts and menus', () => {
    const findings = changed((support) => {
      support.nodes.clear = say('  ', 'main');
      support.nodes.help = { type: 'menu', text: '¿Qué pasa?', options: [] };
      support.texts.thanks = '';
    });
    expect(at(findings, 'empty').toSorted()).toEqual(['clear', 'help', 'who']);
    expect(isPublishable(findings)).toBe(false);
  });

  it('finds in the words about a ticket what is forgotten by then, and lets number and place be named nowhere else', () => {
    const findings = changed((support) => {
      support.nodes.agents = { type: 'handoff', summary: '{{texto_escrito}}', text: '{{nombre}}, sos el {{lugar}} ({{ticket}})', closed: 'Chau, {{lugar}}' };
      support.nodes.clear = say('Tu pedido {{ticket}}', 'main');
    });
    expect(findings.map(({ node, kind, message }) => [node, kind, /\{\{\w+\}\}/u.exec(message)?.[0]])).toEqual([
      ['clear', 'variable-without-value', '{{ticket}}'],
      ['agents', 'variable-without-value', '{{nombre}}'],
      ['agents', 'variable-without-value', '{{lugar}}'],
    ]);
  });

  it('finds a handoff that says nothing', () => {
    const findings = changed((support) => {
      support.nodes.agents = { type: 'handoff', summary: 'Pide ayuda', text: ' ', closed: 'Listo.' };
    });
    expect(at(findings, 'empty')).toEqual(['agents']);
  });
});
