import { answerApart } from '../apart/answer-apart.js';
import { parseTable, type ReadOptions } from './parse-table.js';

export interface TableQuestion {
  bytes: Uint8Array;
  options: ReadOptions;
}

answerApart(({ bytes, options }: TableQuestion) => parseTable(bytes, options));
