import { Inject, Injectable } from '@nestjs/common';
import { heartbeatFindings } from './heartbeats.js';
import type { Health, ProcessHealth, ProcessState } from './health.schema.js';
import type { Finding } from './probes.js';
import { SOURCES, type Sources } from '../sources.js';

/** Processes that say in the database how they are. The API itself is fit when it can answer. */
const BEATING = ['worker', 'whatsapp'];

/** Asks every process at once; those who ask at the same time share one round. */
@Injectable()
export class HealthService {
  private readonly seen = new Map<string, { state: ProcessState; since: string }>();
  private round: Promise<Health> | undefined;

  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  check(): Promise<Health> {
    this.round ??= this.ask().finally(() => (this.round = undefined));
    return this.round;
  }

  private async ask(): Promise<Health> {
    const { pool, probes } = this.sources;
    const [beats, probed] = await Promise.all([
      heartbeatFindings(pool, BEATING),
      Promise.all(probes.map(async (probe) => [probe.name, await probe.ask()] as const)),
    ]);
    const findings: (readonly [string, Finding])[] = [['api', { state: 'fit' }], ...beats, ...probed];
    const processes = findings.map(([name, finding]) => this.withSince(name, finding));
    return { state: processes.every(({ state }) => state === 'fit') ? 'fit' : 'unfit', processes };
  }

  private withSince(name: string, finding: Finding): ProcessHealth {
    const before = this.seen.get(name);
    const since = before?.state === finding.state ? before.since : new Date().toISOString();
    this.seen.set(name, { state: finding.state, since });
    return { name, since, ...finding };
  }
}
