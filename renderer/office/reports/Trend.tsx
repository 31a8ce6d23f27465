import { useId, useState } from 'react'
import type { DayReport } from '../../../core/contract/reports.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'

const SERIES = ['redeemed', 'acquired', 'issued', 'expired', 'discount'] as const
type Series = (typeof SERIES)[number]

const WIDTH = 960
const HEIGHT = 220
const LEFT = 88
const BOTTOM = 28
const TOP = 12

/** One figure over the days as columns; the same as a table for whoever reads instead of looks. */
export function Trend({ days, currency }: { days: DayReport['days']; currency: string }) {
  const { t, count, amount, day } = useOfficeWords()
  const [series, setSeries] = useState<Series>('redeemed')
  const [table, setTable] = useState(false)
  const title = useId()
  const write = (value: number) => (series === 'discount' ? amount(currency, value) : count(value))
  const most = Math.max(1, ...days.map((one) => one[series]))
  const top = niceTop(most)
  const room = (WIDTH - LEFT) / days.length
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const every = Math.max(1, Math.ceil(days.length / 8))
  return (
    <div className="trend">
      <div className="trend__head">
        <Segmented<Series>
          label={t('office.reports.figure')}
          labelHidden
          value={series}
          choices={SERIES.map((value) => ({ value, face: t(`office.figures.${value}`) }))}
          onChange={setSeries}
        />
        <Switch label={t('office.reports.asTable')} on={table} onChange={setTable} />
      </div>
      {table ? (
        <DayTable days={days} currency={currency} />
      ) : (
        <figure className="trend__figure" aria-labelledby={title}>
          <figcaption id={title} className="visuallyHidden">
            {t('office.reports.chart', {
              figure: t(`office.figures.${series}`),
              most: write(most),
              total: write(days.reduce((sum, one) => sum + one[series], 0)),
            })}
          </figcaption>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
            {[0, 0.5, 1].map((part) => (
              <g key={part}>
                <path className="trend__line" d={`M${LEFT} ${y(top * part)}H${WIDTH}`} />
                <text className="trend__text" x={LEFT - 8} y={y(top * part) + 4} textAnchor="end">
                  {write(Math.round(top * part))}
                </text>
              </g>
            ))}
            {days.map((one, index) => {
              const x = LEFT + index * room
              const height = HEIGHT - BOTTOM - y(one[series])
              return (
                <g key={one.day}>
                  <rect
                    className="trend__column"
                    x={x + room * 0.15}
                    width={room * 0.7}
                    y={y(one[series])}
                    height={height}
                    rx={Math.min(3, room * 0.2)}
                  >
                    <title>{`${day(one.day)}: ${write(one[series])}`}</title>
                  </rect>
                  {index % every === 0 && (
                    <text className="trend__text" x={x + room / 2} y={HEIGHT - 6} textAnchor="middle">
                      {one.day.slice(5).replace('-', '/')}
                    </text>
                  )}
                </g>
              )
            })}
          </svg>
        </figure>
      )}
    </div>
  )
}

/** The next round number at or above that has a round half: 2, 4 or 10 and zeros. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [2, 4, 10, 20].map((step) => step * power).find((value) => value >= most) ?? most
}

function DayTable({ days, currency }: { days: DayReport['days']; currency: string }) {
  const { t, count, amount, day } = useOfficeWords()
  return (
    <Table columns={[t('office.reports.day'), ...SERIES.map((name) => ({ number: t(`office.figures.${name}`) }))]}>
      {days.map((one) => (
        <tr key={one.day}>
          <th scope="row">{day(one.day)}</th>
          {SERIES.map((name) => (
            <td key={name} className="table__number">
              {name === 'discount' ? amount(currency, one[name]) : count(one[name])}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}
