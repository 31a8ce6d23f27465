import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { App, Parts } from '../routes/route.ts'
import { webhookPost } from './post.ts'
import { startWebhooks } from './sender.ts'

/** What is under way at the end of the server may take so long. */
const END_WITHIN_MS = 5_000

/** Sends webhooks as long as the server runs. */
export function webhooksInBackground(
  app: App,
  { store, sealing, webhookTargets, clock }: Pick<Parts, 'store' | 'sealing' | 'webhookTargets' | 'clock'>,
  scheduler: Scheduler,
): void {
  const post = webhookPost(webhookTargets)
  const failed = (error: unknown) => app.log.warn({ err: error }, 'webhooks could not be sent now')
  const sender = startWebhooks({ store, sealing, post, clock, scheduler, failed })
  app.addHook('onClose', () => sender.stop(END_WITHIN_MS))
}
