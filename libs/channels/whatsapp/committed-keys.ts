/** What one session keeps at most: room for some thousand chats' ratchets. */
const MOST_CHARACTERS = 1_000_000;

const placeOf = (type: string, id: string): string => `${type}/${id}`;

/**
 * Keys as PostgreSQL has them, for one session alone: what a read answered and what a commit has written, never what a commit is
 * about to write. A session is the only writer of its keys, and every write names its epoch, so that one whose number has passed on
 * may read an old key here but can never commit, and so never use, what it makes of it. Values are kept as text: each reader gets a
 * copy of its own, as Baileys changes some of them in place. The ones not asked for the longest leave first.
 */
export class CommittedKeys {
  /** Null for a key that is known not to exist. In order of their last use. */
  private readonly texts = new Map<string, string | null>();
  /** Keys that a commit under way will change, with how many commits that are. */
  private readonly changing = new Map<string, number>();
  private characters = 0;

  constructor(private readonly most = MOST_CHARACTERS) {}

  /** Text of a key, null if there is none, undefined when only the store knows. */
  read(type: string, id: string): string | null | undefined {
    const place = placeOf(type, id);
    const text = this.texts.get(place);
    if (text === undefined) return undefined;
    this.texts.delete(place);
    this.texts.set(place, text);
    return text;
  }

  /** The store's answer to a read. It counts for nothing while the key is being changed. */
  answered(type: string, id: string, text: string | null): void {
    const place = placeOf(type, id);
    if (!this.changing.has(place)) this.keep(place, text);
  }

  /** From now until `committed` these are known to the store alone. To be called before the commit begins. */
  change(keys: readonly { type: string; id: string }[]): void {
    for (const { type, id } of keys) {
      const place = placeOf(type, id);
      this.drop(place);
      this.changing.set(place, (this.changing.get(place) ?? 0) + 1);
    }
  }

  /** A commit is in PostgreSQL. One that failed ends the session, and all this with it. */
  committed(keys: readonly { type: string; id: string; text: string | null }[]): void {
    for (const { type, id, text } of keys) {
      const place = placeOf(type, id);
      const left = (this.changing.get(place) ?? 1) - 1;
      if (left > 0) {
        this.changing.set(place, left);
      } else {
        this.changing.delete(place);
        this.keep(place, text);
      }
    }
  }

  private keep(place: string, text: string | null): void {
    this.drop(place);
    this.texts.set(place, text);
    this.characters += place.length + (text?.length ?? 0);
    for (const oldest of this.texts.keys()) {
      if (this.characters <= this.most) return;
      this.drop(oldest);
    }
  }

  private drop(place: string): void {
    const text = this.texts.get(place);
    if (text === undefined) return;
    this.texts.delete(place);
    this.characters -= place.length + (text?.length ?? 0);
  }
}
