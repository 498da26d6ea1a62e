import { familyNames, givenNames } from './names.js';
import { chance, type Chance } from './prng.js';
import type { Profile } from './profile.js';
import { wellKnown } from './well-known.js';

const seed = 20_261_122;
/** One customer in so many shares the phone of the one before; the first ones don't, so that loads can be made of them. */
const coupleEvery = 31;
const firstCouple = 2 * coupleEvery;
/** One in so many has no phone. */
const phonelessEvery = 17;

/** `count` different people, the well-known ones first. */
export function profiles(count: number): Profile[] {
  const luck = chance(seed);
  const people: Profile[] = Object.values(wellKnown);
  const documents = new Set(people.map((person) => person.document));
  const phones = new Set(people.flatMap((person) => person.phones));
  while (people.length < count) {
    const previous = people.at(-1);
    const number = people.length;
    const shared = number >= firstCouple && number % coupleEvery === 0 && previous !== undefined ? [...previous.phones] : undefined;
    people.push({
      name: name(luck),
      document: unused(documents, () => String(luck.between(11_000_000, 47_500_000))),
      phones: shared ?? (number % phonelessEvery === 0 ? [] : ownPhones(luck, phones)),
      services: luck.next() < 0.08 ? 2 : 1,
      ...situation(luck),
    });
  }
  return people;
}

function name(luck: Chance): string {
  const { first, middle } = luck.pick(givenNames);
  const second = luck.next() < 0.3 ? [luck.pick(middle)] : [];
  return [luck.pick(first), ...second, luck.pick(familyNames)].join(' ');
}

/** One or two mobiles in 341 555: no number of real people is known to lie there. From 9000 up they stay free for strangers. */
function ownPhones(luck: Chance, taken: Set<string>): string[] {
  const phone = (): string => unused(taken, () => `549341555${luck.between(1000, 8999)}`);
  return luck.next() < 0.1 ? [phone(), phone()] : [phone()];
}

function situation(luck: Chance): Pick<Profile, 'debt' | 'link'> {
  const debt = luck.next();
  const link = luck.next();
  return {
    debt: debt < 0.6 ? 'none' : debt < 0.8 ? 'due' : debt < 0.93 ? 'overdue' : debt < 0.99 ? 'suspended' : 'paid-suspended',
    link: link < 0.92 ? 'online' : link < 0.97 ? 'weak' : 'offline',
  };
}

function unused(taken: Set<string>, make: () => string): string {
  let made = make();
  while (taken.has(made)) made = make();
  taken.add(made);
  return made;
}
