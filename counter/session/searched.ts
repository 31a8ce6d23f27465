import type { WireUnusable } from '../../core/contract/search.ts'
import { ignoredAside, keptAside } from './aside.ts'
import type { Found, Offers, Presented, Refusal, Session, Step } from './model.ts'
import { cannot, step } from './steps.ts'

/** The answer to a search: offers on the screen, an approval by the tap itself, or why there is nothing to offer. */
export function searched(session: Session, found: Found): Step {
  const { visit } = session
  if (visit.phase !== 'searching' && visit.phase !== 'offers') return step(session)
  const { presented } = visit
  if (found.kind === 'refused') return searchRefused(session, presented, found.refused)
  const { usable, unusable, best, selection } = found.response
  // The whole medium is refused, not a coupon: unknown, blocked, not in the copy.
  const whole = usable.length === 0 ? unusable.find(isAboutTheMedium) : undefined
  if (whole) return searchRefused(session, presented, whole)
  const { type, entry } = presented
  const other = keptAside(visit)
  const selected = visit.phase === 'offers' ? visit.offers.selected : []
  const offers: Offers = {
    medium: { type, entry },
    source: found.source,
    usable,
    unusable,
    best,
    selected,
    selection: selection ?? null,
  }
  // While a stack is put together nobody waits: only the first search keeps the customer.
  const waitedMs = visit.phase === 'offers' ? visit.waitedMs : found.waitedMs
  if (visit.phase === 'searching' && visit.redemptionId !== undefined && offers.best[0]) {
    if (found.askFirst === null) return tapApproves(session, presented, offers, visit.redemptionId, waitedMs)
    return step({
      ...session,
      visit: {
        phase: 'offers',
        presented,
        offers: { ...offers, askFirst: found.askFirst ?? 'choice' },
        waitedMs,
        ...other,
      },
    })
  }
  return step({ ...session, visit: { phase: 'offers', presented, offers, waitedMs, ...other } })
}

/** One-tap: what the cashier would have been shown, and nothing else, is approved. */
function tapApproves(
  session: Session,
  presented: Presented,
  offers: Offers,
  redemptionId: string,
  waitedMs: number,
): Step {
  const [best] = offers.best
  if (!best) return cannot(session)
  const { purchase } = session
  const select = { acquisitionIds: best.lines.map(({ acquisitionId }) => acquisitionId) }
  const expectedTotalDiscount = best.totalDiscount
  const question = session.question + 1
  return step({ ...session, question, visit: { phase: 'approving', presented, offers, redemptionId } }, [
    {
      type: 'redeem',
      redemptionId,
      presented,
      purchase,
      select,
      expectedTotalDiscount,
      offers,
      waitedMs,
      byTap: true,
    },
    ...ignoredAside(session.visit),
  ])
}

const isAboutTheMedium = (entry: WireUnusable): boolean => entry.acquisitionId === undefined

function searchRefused(session: Session, presented: Presented, { reason, reasonGroup, params }: Refusal): Step {
  const refused = { reason, reasonGroup, params }
  return step(
    { ...session, visit: { phase: 'refused', presented, refused: { ...refused, title: null, bestRemaining: null } } },
    [{ type: 'journalRefusal', refused, presented }, ...ignoredAside(session.visit)],
  )
}
