import { uuidv7 } from 'uuidv7'
import type { CampaignRules } from '../../core/campaigns/rules.ts'
import { CONTRACT_HEADER, CONTRACT_VERSION } from '../../core/contract/version.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import type { ServerLine } from '../e2e/product.ts'

/** One request to a coupon server as curl would make it. */
export function ask(url: string, token: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(new URL(path, url), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      [CONTRACT_HEADER]: String(CONTRACT_VERSION),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The body of an answer; throws with it when the answer is not 2xx. */
export async function call(url: string, token: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await ask(url, token, method, path, body)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

/** A campaign drafted by the demo's planner and approved by its approver; returns its id. */
export async function approveCampaign(line: ServerLine, rules: Partial<CampaignRules>): Promise<string> {
  const campaignId = uuidv7()
  const draft = {
    title: 'Proof',
    currency: 'JPY',
    validFrom: '2020-01-01T00:00:00.000Z',
    validUntil: '2099-12-31T00:00:00.000Z',
    ...rules,
  }
  await call(line.url, tokenOf(line, 'planner'), 'POST', '/v1/campaigns', { campaignId, rules: draft })
  await call(line.url, tokenOf(line, 'planner'), 'POST', `/v1/campaigns/${campaignId}/submit`, {})
  await call(line.url, tokenOf(line, 'approver'), 'POST', `/v1/campaigns/${campaignId}/approve`, {})
  return campaignId
}

/** One coupon of a campaign for a medium; returns the acquisition's id. */
export async function acquire(line: ServerLine, campaignId: string, medium: RawMedium): Promise<string> {
  const acquisitionId = uuidv7()
  const [station] = line.stations
  if (!station) throw new Error('the demo has no station')
  const answer = await call(line.url, station.token, 'POST', '/v1/acquisitions', { acquisitionId, campaignId, medium })
  if ((answer as { status: string }).status !== 'acquired') throw new Error(`not acquired: ${JSON.stringify(answer)}`)
  return acquisitionId
}

export function tokenOf(line: ServerLine, role: string): string {
  const operator = line.operators.find((candidate) => candidate.role === role)
  if (!operator) throw new Error(`the demo has no ${role}`)
  return operator.token
}
