import { normalize, numberIn } from '../text/normalize.js';
import { finding, type Finding } from './finding.js';
import type { Flow, Flows, MenuOption, NodeOf } from './flow.js';
import { nodeOf, placesOf } from './graph.js';

/** Words of options that can never be understood as such, because they mean something else first. */
export function checkWords(flows: Flows): Finding[] {
  return placesOf(flows).flatMap((place) => {
    const node = nodeOf(flows, place);
    if (node?.type !== 'menu') return [];
    return shadowed(node, flows[place.flow]).map(({ word, by }) =>
      finding('shadowed-word', place, `En «${place.node}», «${word}» ya significa otra cosa: ${by}.`),
    );
  });
}

function shadowed(menu: NodeOf<'menu'>, flow: Flow): { word: string; by: string }[] {
  const found: { word: string; by: string }[] = [];
  const taken = new Map<string, string>();
  for (const word of flow.words.back) taken.set(normalize(word), 'volver');
  for (const word of flow.words.start) taken.set(normalize(word), 'ir al inicio');
  menu.options.forEach((option, index) => {
    const words = [...new Set(wordsOf(option).map(normalize))].filter((word) => word !== '');
    for (const word of words) {
      const number = numberIn(word);
      const isOtherNumber = number !== undefined && number >= 1 && number <= menu.options.length && number !== index + 1;
      const by = isOtherNumber ? `la opción ${number}` : taken.get(word);
      if (by !== undefined) found.push({ word, by });
    }
    for (const word of words) if (!taken.has(word)) taken.set(word, `la opción ${index + 1}`);
  });
  return found;
}

function wordsOf(option: MenuOption): string[] {
  return [option.label, ...(option.keywords ?? [])];
}
