import { expect, test } from 'vitest';
import { quickRepliesIn } from './quick-replies';

const keys = (text: string) => quickRepliesIn(text).map(({ key }) => key);

test('reads the usual ways of numbering a menu', () => {
  expect(quickRepliesIn('¿Qué necesitás?\n\n*1.* Mi saldo\n*2.* Mi _conexión_\n\n*0.* Volver')).toEqual([
    { key: '1', label: 'Mi saldo' },
    { key: '2', label: 'Mi conexión' },
    { key: '0', label: 'Volver' },
  ]);
  for (const menu of ['1. a\n2. b', '1) a\n2) b', '1 - a\n2 - b', '[1] a\n[2] b', '*1* a\n*2* b', '1️⃣ a\n2️⃣ b', '1 · a\n2 · b', '*1)* a\n*2)* b']) {
    expect(keys(menu), menu).toEqual(['1', '2']);
  }
});

test('reads the menus of the demo company, and a way back that stands alone', () => {
  expect(keys('¡Hola, *Ana*! 👋\n\n¿En qué te puedo ayudar?\n\n*1* Mi saldo y vencimiento\n*2* Estado de mi conexión\n*0* Volver')).toEqual(['1', '2', '0']);
  expect(keys('✅ *Estás al día, Ana.*\n\n*0* Volver')).toEqual(['0']);
});

test('offers nothing where there is no menu', () => {
  for (const text of ['Tu saldo es $ 18.500', '1. Un solo paso', '12:30 llegó\n12:45 se fue', '1. a\n1. b', '18 de mayo\n19 de mayo']) {
    expect(keys(text), text).toEqual([]);
  }
});
