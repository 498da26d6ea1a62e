import { describe, expect, it } from 'vitest';
import { clientLogger, masked } from './client-log.js';

describe("the client's log", () => {
  it('drops every object and keeps the sentence', () => {
    const lines: string[] = [];
    clientLogger((_level, message) => lines.push(message)).error({ node: '<message from="5493415550101@s.whatsapp.net"/>' }, 'error in handling');
    expect(lines).toEqual(['error in handling']);
  });

  it('says why, without numbers, addresses and keys', () => {
    const lines: string[] = [];
    const error = new Error('no session for 5493415550101.0 for 123@lid with AAECAwQFBgcICQoLDA0ODxAREhMUFRYX');
    clientLogger((_level, message) => lines.push(message)).warn({ error }, 'could not send');
    expect(lines).toEqual(['could not send: no session for ….0 for … with …']);
  });

  it('masks what is written into the sentence itself', () => {
    expect(masked('migrating 5493415550101@s.whatsapp.net now')).toBe('migrating … now');
    expect(masked('close code 515 after 20 s')).toBe('close code 515 after 20 s');
  });
});
