/** Drafts of statements: how many, and how many letters they have together. */
export interface KeptDrafts {
  count: number;
  size: number;
}

/** Files that one person has before them at once, and all of a company's people together; what nobody confirms is forgotten after a day. */
export const MOST_OF_PERSON: KeptDrafts = { count: 20, size: 60_000_000 };
export const MOST_OF_COMPANY: KeptDrafts = { count: 60, size: 200_000_000 };

/** Whether one more draft of this size may be kept beside those that are there. */
export function hasRoom(size: number, kept: { person: KeptDrafts; company: KeptDrafts }): boolean {
  const fits = (are: KeptDrafts, most: KeptDrafts) => are.count < most.count && are.size + size <= most.size;
  return fits(kept.person, MOST_OF_PERSON) && fits(kept.company, MOST_OF_COMPANY);
}
