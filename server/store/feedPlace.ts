/** Whom a copy holds: holders whose last day of activity (days since 1970, UTC) and id are not below these. */
export interface CopyScope {
  /** 0: everybody. */
  readonly day: number
  readonly holderId: string
}

export const EVERYBODY: CopyScope = { day: 0, holderId: '' }

/** How far a station's copy has come in the change feed. */
export interface FeedPlace {
  /** Everything that stations share is in the copy up to here. */
  readonly position: number
  /** What concerns this station or its store alone is; behind `position` after a snapshot, which many stations share. */
  readonly own: number
  /** Of `position`: tells a feed from the one of a backup that was restored. */
  readonly epoch: string
  /** When the copy was begun, the server's clock, epoch milliseconds. */
  readonly beganAt: number
  readonly scope: CopyScope
}

const CURSOR = /^p2:(\d{1,15}):(\d{1,15}):([0-9a-f]{0,16}):(\d{1,15}):(\d{1,9}):(.{0,64})$/

/** A place as it travels; opaque to receivers, so that it may become something else. */
export function cursorOf({ position, own, epoch, beganAt, scope }: FeedPlace): string {
  const text = `p2:${position}:${own}:${epoch}:${beganAt}:${scope.day}:${scope.holderId}`
  return Buffer.from(text, 'utf8').toString('base64url')
}

/** null: not one of ours. */
export function placeOf(cursor: string): FeedPlace | null {
  const parts = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!parts) return null
  const [, position, own, epoch = '', beganAt, day, holderId = ''] = parts
  return {
    position: Number(position),
    own: Number(own),
    epoch,
    beganAt: Number(beganAt),
    scope: { day: Number(day), holderId },
  }
}
