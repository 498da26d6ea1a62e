/** One stage in the life of a message, as processes log it at level debug and `npm run bench -- reply` adds it up. Ids, never texts. */
export interface StageEnd {
  stage: 'journal' | 'dispatch' | 'decide' | 'send';
  /** How long it took, in milliseconds. */
  ms: number;
  /** When it ended: milliseconds since 1970, with fractions, comparable between processes of one machine. */
  endedAt: number;
}

export const stageEnd = (stage: StageEnd['stage'], ms: number): StageEnd => ({
  stage,
  ms,
  endedAt: performance.timeOrigin + performance.now(),
});
