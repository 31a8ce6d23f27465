import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { Sealing } from '../auth/sealing.ts'
import { wireNotice } from '../notices/wire.ts'
import type { CouponStore } from '../store/couponStore.ts'
import type { ClaimedDelivery, DeliveryAttempt, WebhookEndpoint } from '../store/webhookCommands.ts'
import type { Post } from './post.ts'
import { secretContext } from './secret.ts'
import { signedHeaders } from './signature.ts'

export interface SenderOptions {
  readonly store: Pick<CouponStore, 'claimDeliveries' | 'recordAttempts'>
  readonly sealing: Pick<Sealing, 'open'>
  readonly post: Post
  readonly clock: Clock
  readonly scheduler: Scheduler
  /** Told of what could not be done with the database; it is tried again. */
  readonly failed: (error: unknown) => void
  /** 0 to 1; by default random. */
  readonly jitter?: () => number
}

export interface WebhookSender {
  /** Takes no more; resolves when what is under way has ended and is written down, or `withinMs` are over. */
  stop(withinMs: number): Promise<void>
}

const LOOK_EVERY_MS = 500
/** What ends together is written down together. */
const SOON_MS = 20
/** Connections to one endpoint at a time; one for an endpoint that is failing, so that nobody hammers it. */
const MOST_AT_ONCE = 4
/** After so long another process may try what this one took and never reported. */
const CLAIM_MS = 60_000

/**
 * Sends what the outbox holds to whoever wants to be told, in the background, from now on. Each endpoint has a few
 * connections of its own, so one that is slow or dead holds up nobody else. What was sent and could not be written down is
 * sent again: receivers know it by its id.
 */
export function startWebhooks(options: SenderOptions): WebhookSender {
  const { store, sealing, post, clock, scheduler, failed, jitter = Math.random } = options
  const underWay = new Map<string, number>()
  const sending = new Set<Promise<void>>()
  let ended: DeliveryAttempt[] = []
  let stopped = false
  let cancel = (): void => {}
  let round: Promise<void> = Promise.resolve()

  const room = ({ endpointId, failingSince }: WebhookEndpoint): number =>
    (failingSince === null ? MOST_AT_ONCE : 1) - (underWay.get(endpointId) ?? 0)

  const move = (endpointId: string, by: number): void => {
    const now = (underWay.get(endpointId) ?? 0) + by
    if (now > 0) underWay.set(endpointId, now)
    else underWay.delete(endpointId)
  }

  const secretsOf = ({ endpointId, secret, previousSecret, previousUntil }: WebhookEndpoint): Uint8Array[] => {
    const current = sealing.open(secret, secretContext(endpointId))
    const overlaps = previousSecret !== null && previousUntil !== null && previousUntil > clock.now()
    return overlaps ? [current, sealing.open(previousSecret, secretContext(endpointId))] : [current]
  }

  const send = async ({ endpoint, notice }: ClaimedDelivery): Promise<void> => {
    const { endpointId, url } = endpoint
    const { id, ...message } = wireNotice(notice)
    const body = JSON.stringify({ id, ...message })
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Tapcoupon-Webhooks/1',
      ...signedHeaders(id, clock.now(), body, secretsOf(endpoint)),
    }
    const result = await post(url, headers, body)
    const { position } = notice
    ended.push({ endpointId, position, at: clock.now(), jitter: jitter(), ...result })
  }

  const begin = (claimed: ClaimedDelivery): void => {
    const { endpointId } = claimed.endpoint
    move(endpointId, 1)
    const sent = send(claimed)
      .catch(failed)
      .finally(() => {
        move(endpointId, -1)
        sending.delete(sent)
        lookSoon()
      })
    sending.add(sent)
  }

  const writeDown = async (): Promise<void> => {
    if (ended.length === 0) return
    const attempts = ended
    ended = []
    try {
      await store.recordAttempts(attempts, clock.now())
    } catch (error) {
      ended = [...attempts, ...ended]
      throw error
    }
  }

  const look = async (): Promise<void> => {
    try {
      await writeDown()
      if (stopped) return
      const now = clock.now()
      const claimed = await store.claimDeliveries({ now, until: now + CLAIM_MS, room })
      for (const one of claimed) begin(one)
    } catch (error) {
      failed(error)
    }
  }

  let isSoon = false
  const schedule = (afterMs: number): void => {
    cancel()
    if (!stopped) cancel = scheduler.after(afterMs, run)
  }
  const run = (): void => {
    isSoon = false
    round = look().then(() => schedule(isSoon ? SOON_MS : LOOK_EVERY_MS))
  }
  /** A place has become free: results that come together are written down together. */
  const lookSoon = (): void => {
    if (isSoon || stopped) return
    isSoon = true
    void round.then(() => schedule(SOON_MS))
  }
  schedule(0)

  return {
    async stop(withinMs) {
      stopped = true
      cancel()
      const over = new Promise<void>((resolve) => void scheduler.after(withinMs, resolve))
      await round
      await Promise.race([Promise.all(sending), over])
      await writeDown().catch(failed)
    },
  }
}
