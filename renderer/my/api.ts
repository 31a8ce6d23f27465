import type { z } from 'zod'
import { AcquisitionResponse } from '../../core/contract/acquisitions.ts'
import { Holdings } from '../../core/contract/holdings.ts'
import { MySession, MyStaffCode } from '../../core/contract/my.ts'

/** How a question to the server ended. `signed_out`: 401. `too_often`: 429. `away`: nobody answered as they should. */
export type Answer<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'signed_out' | 'too_often' | 'away' }

/** What a customer's phone asks of the server; the session is a cookie that this code never sees. */
export interface MyCoupons {
  signIn(request: { code: string; phone: string }): Promise<Answer<MySession>>
  staffCode(): Promise<Answer<MyStaffCode>>
  coupons(): Promise<Answer<Holdings>>
  take(request: { acquisitionId: string; campaignId?: string; code?: string }): Promise<Answer<AcquisitionResponse>>
  signOut(): Promise<void>
}

const DEADLINE_MS = 15_000

export function httpMyCoupons(): MyCoupons {
  return {
    signIn: (request) => ask('/v1/my/session', MySession, request),
    staffCode: () => ask('/v1/my/staff-code', MyStaffCode, {}),
    coupons: () => ask('/v1/my/coupons', Holdings),
    take: (request) => ask('/v1/my/acquisitions', AcquisitionResponse, request),
    async signOut() {
      await fetch('/v1/my/sign-out', { method: 'POST', credentials: 'same-origin' }).catch(() => {})
    },
  }
}

async function ask<Value>(path: string, answer: z.ZodType<Value>, body?: object): Promise<Answer<Value>> {
  try {
    const response = await fetch(path, {
      credentials: 'same-origin',
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (response.status === 401) return { kind: 'signed_out' }
    if (response.status === 429) return { kind: 'too_often' }
    const parsed = answer.safeParse(await response.json())
    return response.ok && parsed.success ? { kind: 'answered', value: parsed.data } : { kind: 'away' }
  } catch {
    return { kind: 'away' }
  }
}
