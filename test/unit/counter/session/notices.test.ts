import { expect, it } from 'vitest'
import { Notices } from '../../../../counter/session/notices.ts'
import { systemIds } from '../../../../counter/system.ts'
import { NOW } from '../counterParts.ts'

it('that a second card was ignored is not said to the next customer; what a manager must know stays', () => {
  const notices = new Notices(systemIds)
  notices.add('read_ignored', {}, NOW)
  notices.add('event_forced', {}, NOW)
  notices.visitEnded()
  expect(notices.list().map(({ code }) => code)).toEqual(['event_forced'])
})
