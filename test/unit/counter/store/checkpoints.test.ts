import { statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openJournalFile } from '../../../../counter/store/sqlite/journalFile.ts'
import { DAY, journalRig, NOW } from './journalRig.ts'

const OLD = NOW - 40 * DAY

const checkpointOf = (path: string) => {
  const file = openJournalFile(path)
  if (!file.ok) throw new Error(file.problem)
  const { checkpoint } = file.value
  file.value.close()
  return checkpoint?.checkpoint ?? null
}

describe('a checkpoint takes the place of what is settled and old', () => {
  it('sums it up, signed; the chain goes on from it, and the next event too', () => {
    const rig = journalRig()
    rig.approve(OLD, 300)
    rig.approve(OLD + 1, 200)
    rig.record(OLD + 2, NOW)
    rig.settle()
    expect(rig.tidy()).toBe(3)
    expect(checkpointOf(rig.path)).toMatchObject({
      throughSeq: 3,
      types: { redemption: 2, session: 1 },
      settled: { confirmed: 3, forced: 0 },
      totalDiscount: 500,
      kept: [],
      through: new Date(OLD + 2).toISOString(),
    })
    rig.record(NOW + 1)
    expect(rig.verify()).toMatchObject({ broken: null, last: { seq: 5 }, events: 2 })
    rig.open()
    expect(rig.verify()).toMatchObject({ broken: null })
  })

  it('takes in the one before it', () => {
    const rig = journalRig()
    rig.record(OLD, OLD + 1, NOW - 20 * DAY, NOW)
    rig.settle()
    rig.tidy()
    rig.tidy(NOW + 20 * DAY)
    expect(checkpointOf(rig.path)).toMatchObject({
      throughSeq: 3,
      types: { session: 3 },
      from: new Date(OLD).toISOString(),
    })
    expect(rig.verify()).toMatchObject({ broken: null, last: { seq: 4 } })
  })

  it('leaves what is not old, whatever has settled', () => {
    const rig = journalRig()
    rig.record(NOW - 30 * DAY, NOW)
    rig.settle()
    expect(rig.tidy()).toBe(0)
    expect(checkpointOf(rig.path)).toBeNull()
  })

  it('stops at what waits to be sent, and takes it in once it is', () => {
    const rig = journalRig()
    rig.record(OLD, OLD + 1, OLD + 2, NOW)
    rig.settle('confirmed', [1, 3, 4])
    expect(rig.tidy()).toBe(1)
    expect(rig.waiting().map(({ seq }) => seq)).toEqual([2])
    rig.settle()
    expect(rig.tidy()).toBe(2)
    expect(rig.verify()).toMatchObject({ broken: null, last: { seq: 4 } })
  })

  it('passes what was set aside, names it, and keeps it until somebody has decided', () => {
    const rig = journalRig()
    rig.record(OLD, OLD + 1, OLD + 2, NOW)
    rig.settle('quarantined', [2])
    rig.settle()
    expect(rig.tidy()).toBe(2)
    expect(checkpointOf(rig.path)?.kept.map(({ seq }) => seq)).toEqual([2])
    expect(rig.verify()).toMatchObject({ broken: null, events: 2 })
    expect(rig.current().journal.waiting().quarantined).toBe(1)
    rig.current().journal.sendAgain()
    rig.settle()
    expect(rig.tidy()).toBe(1)
    expect(checkpointOf(rig.path)).toMatchObject({ kept: [], types: { session: 3 }, throughSeq: 3 })
    expect(rig.verify()).toMatchObject({ broken: null, events: 1 })
  })

  it('keeps a forced line four times as long while nobody has resolved it', () => {
    const rig = journalRig()
    rig.approve(OLD)
    rig.record(NOW)
    rig.settle('forced')
    expect(rig.tidy()).toBe(0)
    expect(rig.current().journal.waiting().forced).toBe(2)
    expect(rig.tidy(NOW + 110 * DAY)).toBe(1)
  })

  it('an event that was kept cannot be taken out unseen, nor a checkpoint be changed', () => {
    const rig = journalRig()
    rig.record(OLD, OLD + 1, NOW)
    rig.settle('quarantined', [1])
    rig.settle()
    rig.tidy()
    rig.close()
    rig.tamper('DELETE FROM event WHERE seq = 1')
    expect(rig.verify().broken).toEqual({ seq: 1, problem: 'missing' })
    rig.tamper(`UPDATE checkpoint SET signed = json_set(signed, '$.checkpoint.totalDiscount', 7)`)
    expect(rig.verify().broken).toEqual({ seq: 2, problem: 'checkpoint' })
    expect(rig.attempt()).toMatchObject({ ok: false, code: 'journal_corrupt' })
  })
})

describe('what else is old', () => {
  it('closed intents, ended undos and settled uses leave; open ones stay', () => {
    const rig = journalRig()
    const redemptionId = rig.approve(OLD)
    const { journal } = rig.current()
    journal.beginUndo({ redemptionId, rollbackId: redemptionId, reason: 'x', operatorId: null })
    rig.approve(NOW)
    journal.openIntent({
      redemptionId: `${redemptionId.slice(0, -4)}ffff`,
      createdAt: OLD,
      rollbackId: null,
      request: {
        redemptionId,
        medium: { keys: [] },
        objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
        select: 'best',
        entry: 'tap',
      },
    })
    rig.settle()
    rig.tidy()
    const rows = () => ['intent', 'undo', 'overlay'].map((table) => rig.count(table))
    expect(rows()).toEqual([2, 1, 1])
    journal.endUndo(redemptionId, 'refused', null)
    rig.tidy()
    expect(rows()).toEqual([2, 0, 1])
  })

  it('gives the space back: the file becomes smaller', () => {
    const rig = journalRig()
    for (let n = 0; n < 300; n++) rig.approve(OLD + n)
    rig.record(NOW)
    rig.settle()
    rig.close()
    const before = statSync(rig.path).size
    rig.open()
    expect(rig.tidy()).toBe(300)
    rig.close()
    expect(statSync(rig.path).size).toBeLessThan(before / 2)
    expect(rig.verify()).toMatchObject({ broken: null, events: 1, last: { seq: 301 } })
  }, 60_000)
})

it('whatever is settled, set aside or waiting, whenever it is tidied up: nothing unsettled leaves and the chain holds', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          ageDays: fc.integer({ min: 0, max: 80 }),
          fate: fc.constantFrom('confirmed', 'forced', 'quarantined', 'waits'),
          tidyAfter: fc.boolean(),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      (steps) => {
        const rig = journalRig()
        const ages = steps.map(({ ageDays }) => ageDays).sort((a, b) => b - a)
        const must: number[] = []
        steps.forEach(({ fate, tidyAfter }, index) => {
          const seq = index + 1
          rig.record(NOW - (ages[index] ?? 0) * DAY)
          if (fate !== 'waits') rig.settle(fate, [seq])
          if (fate === 'quarantined' || fate === 'waits') must.push(seq)
          if (tidyAfter) rig.tidy()
        })
        rig.tidy()
        expect(rig.verify()).toMatchObject({ broken: null, last: { seq: steps.length } })
        const { stored, quarantined } = rig.current().journal.backlog()
        expect(stored + quarantined).toBe(must.length)
        const file = openJournalFile(rig.path)
        if (!file.ok) throw new Error(file.problem)
        expect(file.value.waiting).toEqual(must)
        for (const seq of must) expect(file.value.event(seq)?.seq).toBe(seq)
        file.value.close()
        rig.close()
      },
    ),
    { numRuns: 10 },
  )
}, 60_000)
