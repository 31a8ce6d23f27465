import type { ReactNode } from 'react'
import type { DisplayState } from '../../core/counter/display.ts'
import { unreachable } from '../../core/outcome.ts'
import { TapPicture } from '../reception/visit/Waiting.tsx'
import { CheckIcon, ReaderIcon, UndoIcon, WarnIcon } from '../ui/icons.tsx'
import { Title } from '../ui/Title.tsx'
import { useWords } from '../words/useWords.ts'

type Now = DisplayState['now']
type Coupons = Extract<Now, { stage: 'offers' | 'approved' }>['coupons']

/** What the customer should do or know at this moment: one picture, one sentence, one figure. */
export function Stage({ state }: { state: DisplayState }) {
  const words = useWords()
  const { t } = words
  const { now } = state
  switch (now.stage) {
    case 'closed':
      return <Frame look="quiet" title={t('display.closed')} text={t('display.closedWords')} />
    case 'welcome':
      return now.ready ? (
        <Frame look="welcome" picture={<TapPicture />} title={t('display.welcome')} text={t('display.welcomeWords')} />
      ) : (
        <Frame look="quiet" picture={<ReaderIcon />} title={t('display.wait')} text={t('display.waitWords')} />
      )
    case 'reading':
      return (
        <Frame look="welcome" picture={<TapPicture />} title={t('display.reading')} text={t('display.readingWords')} />
      )
    case 'offers':
      return now.coupons.length === 0 ? (
        <Frame look="quiet" title={t('display.offersNone')} text="" />
      ) : (
        <Frame
          look="offers"
          title={t('display.offers')}
          figure={words.discount(now.totalDiscount)}
          text={t('display.offersWords')}
        >
          <CouponList coupons={now.coupons} />
        </Frame>
      )
    case 'approved':
      return (
        <Frame
          look="approved"
          picture={<CheckIcon />}
          title={t('display.approved')}
          figure={words.discount(now.totalDiscount)}
          text=""
        >
          <CouponList coupons={now.coupons} />
        </Frame>
      )
    case 'refused':
      return (
        <Frame
          look="refused"
          picture={now.again ? <ReaderIcon /> : <WarnIcon />}
          title={t(now.again ? 'display.again' : 'display.refused')}
          text=""
        />
      )
    case 'undone':
      return (
        <Frame
          look="quiet"
          picture={<UndoIcon />}
          title={t('display.undone')}
          figure={words.money(now.totalDiscount)}
          text=""
        />
      )
    default:
      return unreachable(now)
  }
}

function Frame({
  look,
  picture,
  title,
  figure,
  text,
  children,
}: {
  look: 'quiet' | 'welcome' | 'offers' | 'approved' | 'refused'
  picture?: ReactNode
  title: string
  figure?: string
  text: string
  children?: ReactNode
}) {
  return (
    <main className={`stage stage--${look}`} aria-live="polite">
      {picture && <span className="stage__picture">{picture}</span>}
      <h2>{title}</h2>
      {figure && (
        <p className="stage__figure figure">
          <bdi>{figure}</bdi>
        </p>
      )}
      {text && <p className="stage__text">{text}</p>}
      {children}
    </main>
  )
}

function CouponList({ coupons }: { coupons: Coupons }) {
  const words = useWords()
  return (
    <ul className="stage__coupons">
      {coupons.map((coupon, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: coupons have no identifier here, on purpose
        <li key={index}>
          <Title text={words.title(coupon)} lines={1} />
          <bdi className="figure">{words.discount(coupon.discount)}</bdi>
        </li>
      ))}
    </ul>
  )
}
