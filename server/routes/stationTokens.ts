import { verify } from 'node:crypto'
import { StationChallenge, StationToken, StationTokenRequest } from '../../core/contract/stations.ts'
import { tokenProof } from '../../core/stationToken.ts'
import { ed25519Key } from '../auth/ed25519.ts'
import { secretHash } from '../auth/secrets.ts'
import { isOpenChallenge, newChallenge, newStationToken, TOKEN_LASTS_MS } from '../auth/stationTokens.ts'
import { RequestProblem } from '../problems.ts'
import { PROBLEMS, type Routes } from './route.ts'

/** How stations come by the tokens that they ask with: short-lived ones, by the key that never leaves them. */
export const stationTokenRoutes: Routes = (app, { store, sealing, clock, ids }) => {
  app.route({
    method: 'POST',
    url: '/v1/stations/challenge',
    schema: {
      summary: 'What a station signs to get a token, within a minute',
      tags: ['stations'],
      response: { 200: StationChallenge, ...PROBLEMS },
    },
    handler: async () => ({ challenge: newChallenge(sealing, ids, clock.now()) }),
  })

  app.route({
    method: 'POST',
    url: '/v1/stations/token',
    schema: {
      summary: 'A new token for a station that proves itself by its key',
      description:
        'Good for a day. The old one is good until its own end, or until the new one is first used, so a lost answer costs nothing: ask again. Of several that were given out, the last is good. 401 `station_revoked` for a station that was revoked.',
      tags: ['stations'],
      body: StationTokenRequest,
      response: { 200: StationToken, ...PROBLEMS },
    },
    handler: async (request) => {
      const { stationId, challenge, signature } = request.body
      const now = clock.now()
      const station = isOpenChallenge(challenge, sealing, now) ? await store.station(stationId) : null
      const proof = Buffer.from(signature, 'base64url')
      const isTrue =
        station?.publicKey && verify(null, tokenProof(stationId, challenge), ed25519Key(station.publicKey), proof)
      if (!isTrue) throw new RequestProblem(401, 'unauthorized', 'no station has signed this just now')
      const token = newStationToken(ids, now + TOKEN_LASTS_MS)
      const exchanged = await store.exchangeStationToken(stationId, secretHash(token), now)
      if (!exchanged) throw new RequestProblem(401, 'station_revoked', 'this station was revoked')
      request.log.info({ stationId }, 'a station has a new token')
      return { token, lastsSeconds: TOKEN_LASTS_MS / 1_000 }
    },
  })
}
