import { answerApart } from '../apart/answer-apart.js';
import { pdfContent } from './pdf-content.js';

answerApart(pdfContent);
