import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { journalCommand } from '../../../bin/journalCommand.ts'
import { productEnvironment, ROOT } from '../../rigs/program.ts'
import { DAY, journalRig, NOW } from '../counter/store/journalRig.ts'

function journal(...args: string[]) {
  const said = { stdout: '', stderr: '' }
  const code = journalCommand(args, {
    out: (line) => {
      said.stdout += `${line}\n`
    },
    err: (line) => {
      said.stderr += `${line}\n`
    },
  })
  return { code, ...said }
}
const verify = (file: string, ...more: string[]) => {
  const { code, stdout } = journal('verify', file, '--json', ...more)
  return { code, ...JSON.parse(stdout) }
}
const keyOf = (rig: ReturnType<typeof journalRig>) => Buffer.from(rig.sealer.publicKey()).toString('base64url')

/** A journal with a checkpoint, events that were sent and two that wait. */
function usedJournal() {
  const rig = journalRig()
  rig.enrol()
  rig.record(NOW - 50 * DAY, NOW - 49 * DAY)
  rig.approve(NOW - 2)
  rig.settle()
  rig.tidy()
  rig.approve(NOW - 1)
  rig.approve(NOW)
  return rig
}

describe('npm run journal -- verify', () => {
  it('a live journal, a copy of it and a rescue file are what the station wrote', () => {
    const rig = usedJournal()
    // The counter is still at work on it.
    const live = verify(rig.path, '--key', keyOf(rig))
    expect(live).toMatchObject({ code: 0, intact: true, firstBad: null, events: 3, last: { seq: 5 }, key: 'given' })
    expect(rig.current().journal.backlog().stored).toBe(2)
    const copy = join(rig.dir, 'copy.db')
    rig.close()
    copyFileSync(rig.path, copy)
    expect(verify(copy)).toMatchObject({ code: 0, intact: true, last: live.last, key: 'file' })

    const saved = join(rig.dir, 'all.jsonl')
    expect(journal('export', '--data-dir', rig.dir, saved, '--all').code).toBe(0)
    expect(verify(saved, '--key', keyOf(rig))).toMatchObject({ code: 0, intact: true, events: 3, last: live.last })
    const queue = join(rig.dir, 'queue.jsonl')
    expect(journal('export', '--data-dir', rig.dir, queue).stdout).toContain('2 events are in')
    expect(verify(queue)).toMatchObject({ code: 0, intact: true, events: 2 })

    const words = journal('verify', rig.path)
    expect(words.stdout).toMatch(/^intact: .*journal\.db is what the station wrote\n/)
    expect(words.stdout).toContain('events 1 to 2')
  }, 60_000)

  it('names the first event that is not, and ends with 1', () => {
    const rig = usedJournal()
    const key = keyOf(rig)
    rig.close()
    rig.tamper(`UPDATE event SET body = json_set(body, '$.totalDiscount', 1) WHERE seq = 4`)
    expect(verify(rig.path, '--key', key)).toMatchObject({ code: 1, intact: false, firstBad: 4, problem: 'signature' })
    rig.tamper('DELETE FROM event WHERE seq = 4')
    expect(verify(rig.path)).toMatchObject({ code: 1, firstBad: 4, problem: 'missing' })
    expect(journal('verify', rig.path).stdout).toMatch(/^BROKEN at event 4: it is missing/)
  }, 60_000)

  it('a journal that another station signed, and a file that was cut off', () => {
    const rig = usedJournal()
    const stranger = keyOf(journalRig())
    expect(verify(rig.path, '--key', stranger)).toMatchObject({ code: 1, intact: false, problem: 'checkpoint' })
    // The key of the machine, where it is beside the file, is asked before the file's own.
    writeFileSync(join(rig.dir, 'station.json'), JSON.stringify({ publicKey: stranger }))
    expect(verify(rig.path)).toMatchObject({ code: 1, key: 'station' })

    const saved = join(rig.dir, 'all.jsonl')
    journal('export', '--data-dir', rig.dir, saved, '--all')
    const folder = join(rig.dir, 'elsewhere')
    mkdirSync(folder)
    const cut = join(folder, 'cut.jsonl')
    writeFileSync(cut, readFileSync(saved, 'utf8').split('\n').slice(0, -2).join('\n'))
    expect(verify(cut)).toMatchObject({ code: 1, intact: false, firstBad: null, problem: 'cut_off' })
  }, 60_000)

  it('a key may begin with a hyphen', () => {
    const rig = journalRig()
    rig.record(NOW)
    expect(verify(rig.path, '--key', `-${'A'.repeat(42)}`)).toMatchObject({ code: 1, problem: 'signature' })
  })

  it('what is no journal cannot be read: 2', () => {
    const rig = journalRig()
    const file = join(rig.dir, 'x.txt')
    writeFileSync(file, 'hello\n')
    expect(journal('verify', file)).toMatchObject({ code: 2, stdout: '' })
    expect(journal('verify', join(rig.dir, 'not-there'))).toMatchObject({ code: 2 })
    expect(journal('verify', file, '--key', 'short')).toMatchObject({ code: 2 })
    expect(journal('explain', file)).toMatchObject({ code: 2 })
  }, 60_000)
})

it('runs as a program', () => {
  const rig = usedJournal()
  const args = ['bin/journal.ts', 'verify', rig.path]
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: productEnvironment(),
    encoding: 'utf8',
  })
  expect(status).toBe(0)
  expect(stdout).toMatch(/^intact: /)
}, 60_000)

describe('npm run journal -- show', () => {
  it('lists events, and of media no key', () => {
    const rig = journalRig()
    const key = 'a1'.repeat(32)
    rig.current().journal.record({
      type: 'refusal',
      id: rig.newId(),
      stationAt: NOW,
      correctedAt: NOW,
      body: { reason: 'medium_unknown', medium: { type: 'felica-idm', keys: [{ v: 1, key }] } },
    })
    const { code, stdout } = journal('show', rig.path)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^1 2026-\S+ refusal /)
    expect(stdout).toContain('"reason":"medium_unknown"')
    expect(stdout).toContain('"type":"felica-idm"')
    expect(stdout).not.toContain(key)
  }, 60_000)
})
