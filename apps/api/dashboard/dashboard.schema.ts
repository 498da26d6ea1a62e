import { z } from 'zod';
import { channelStates } from '../../../libs/domain/channel.js';

export const problemKinds = ['channel-down', 'channel-logged-out', 'channel-banned', 'channel-refused', 'channel-restricted', 'waiting-too-long', 'sends-failed', 'isp-down', 'isp-budget-spent'] as const;

export const dashboardSchema = z
  .object({
    bot: z.array(z.object({ id: z.uuid(), channel: z.string().meta({ description: 'Its name' }), state: z.enum(channelStates), since: z.iso.datetime() })),
    openTickets: z.object({ pending: z.number().int(), inProgress: z.number().int() }),
    waitingTooLong: z.number().int().meta({ description: 'Open tickets whose customers have waited longer than the company wants' }),
    problems: z.array(
      z.object({
        kind: z.enum(problemKinds),
        text: z.string().meta({ description: 'What is wrong, in Spanish' }),
        since: z.iso.datetime(),
        action: z.string().optional().meta({ description: 'What to do about it, in Spanish' }),
      }),
    ),
  })
  .meta({ id: 'Dashboard' });
export type Dashboard = z.infer<typeof dashboardSchema>;
export type Trouble = Dashboard['problems'][number];
