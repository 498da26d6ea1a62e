import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import type pg from 'pg';
import type { ProcessState } from './health.schema.js';

const { SERVING } = proto.grpc.health.v1.HealthCheckResponse.ServingStatus;

/** How long a process may take to say that it is fit, in milliseconds. */
export const PROBE_LIMIT_MS = 1_000;

/** What is known of a process at this moment. */
export interface Finding {
  state: ProcessState;
  ageMs?: number;
  detail?: string;
}

/** Asks one process. Never rejects, and takes no longer than its limit. */
export interface Probe {
  name: string;
  ask(): Promise<Finding>;
  close(): Promise<void>;
}

const GONE: Finding = { state: 'gone', detail: 'no responde' };

/** Temporal's frontend, by the gRPC health service. */
export function temporalProbe(address: string): Probe {
  const connection = Connection.lazy({
    address,
    connectTimeout: PROBE_LIMIT_MS,
    // gRPC would wait longer and longer, up to two minutes, and a server that is back would count as gone for that time.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 1_000 },
  });
  return {
    name: 'temporal',
    ask: async () => {
      try {
        const { status } = await connection.withDeadline(Date.now() + PROBE_LIMIT_MS, () =>
          connection.healthService.check({ service: 'temporal.api.workflowservice.v1.WorkflowService' }),
        );
        return status === SERVING ? { state: 'fit' } : { state: 'unfit', detail: 'está arrancando o cerrando' };
      } catch {
        return GONE;
      }
    },
    close: () => connection.close(),
  };
}

/** A process with `GET /health` of its own, such as the simulator. */
export function httpProbe(name: string, url: string): Probe {
  return {
    name,
    ask: async () => {
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
        await response.arrayBuffer();
        return response.ok ? { state: 'fit' } : { state: 'unfit', detail: `responde ${response.status}` };
      } catch {
        return GONE;
      }
    },
    close: () => Promise.resolve(),
  };
}

/** PostgreSQL, by a query. @param pool with limits of a second */
export function postgresProbe(pool: pg.Pool): Probe {
  return {
    name: 'postgres',
    ask: async () => {
      try {
        await pool.query({ name: 'health', text: 'select 1' });
        return { state: 'fit' };
      } catch {
        return GONE;
      }
    },
    close: () => Promise.resolve(),
  };
}
