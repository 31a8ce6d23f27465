import { uuid7From } from '../../../core/ids.ts'

/** A UUIDv7: ids are made by the caller, so that a request that is sent again makes nothing twice. */
export function newId(): string {
  return uuid7From(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
