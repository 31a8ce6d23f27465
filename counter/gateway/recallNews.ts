import { RECALL_NEWS } from '../../core/contract/changeNews.ts'

/** The server says something, if only that it is there, every 15 seconds; longer silence is a line that is dead. */
const SILENCE_MS = 45_000
/** No event of ours is longer. */
const MOST_PENDING = 4_096

/**
 * Reads server-sent events (WHATWG HTML §9.2) until the stream ends, is silent for too long, or `signal` ends it. Calls
 * `recalled` for each event of that name. Resolves with whether anything came; a broken line is an end like any other.
 */
export async function readRecallNews(
  connect: (signal: AbortSignal) => Promise<Response>,
  recalled: () => void,
  signal: AbortSignal,
): Promise<boolean> {
  const silence = new AbortController()
  const whole = AbortSignal.any([signal, silence.signal])
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  const decoder = new TextDecoder()
  let pending = ''
  let heard = false
  try {
    const response = await connect(whole)
    // A captive portal's page is no news.
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
    if (!response.ok || !isStream || !response.body) {
      await response.body?.cancel()
      return false
    }
    for await (const chunk of response.body) {
      heard = true
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS)
      pending += decoder.decode(chunk as Uint8Array, { stream: true })
      const lines = pending.split('\n')
      pending = (lines.pop() ?? '').slice(-MOST_PENDING)
      if (lines.some((line) => line.trimEnd() === `event: ${RECALL_NEWS}`)) recalled()
    }
    return heard
  } catch {
    // fetch and its stream reject for the line and for the signal; neither message is of use.
    return heard
  } finally {
    clearTimeout(timer)
  }
}
