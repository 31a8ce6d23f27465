import { SyncEventsResponse } from '../../core/events/event.ts'
import type { TestServer } from './fixture.ts'
import { StationJournal } from './stationJournal.ts'

type Results = SyncEventsResponse['results']

export interface EnrolledStation {
  readonly token: string
  readonly journal: StationJournal
  /** Sends events of its journal, or what claims to be some. */
  send(...events: unknown[]): Promise<Results>
}

/** A new station of a store, the first unless told, enrolled with a key of its own. */
export async function enrolledStation(server: TestServer, storeId = 'north'): Promise<EnrolledStation> {
  const journal = new StationJournal()
  const admin = server.operators.admin.token
  const announced = await server.ask('POST', '/v1/stations', { storeId, name: 'lane 1' }, admin)
  const request = { code: announced.body.code, publicKey: journal.publicKey, handshakeVersion: 1 }
  const { token } = (await server.ask('POST', '/v1/stations/enrol', request, null)).body
  return {
    token,
    journal,
    send: async (...events) =>
      SyncEventsResponse.parse((await server.ask('POST', '/v1/sync/events', { events }, token)).body).results,
  }
}
