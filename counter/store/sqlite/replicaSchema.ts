import type { Migrations } from './database.ts'

/** `replica.db`: entities as the server's feed last told them. */
export const REPLICA_MIGRATIONS: Migrations = [
  `
  CREATE TABLE position (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    cursor TEXT NOT NULL,
    change_seq INTEGER NOT NULL,
    as_of INTEGER
  ) STRICT;
  INSERT INTO position VALUES (1, '', 0, NULL);

  CREATE TABLE campaign (campaign_id TEXT PRIMARY KEY, definition TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE medium (
    medium_id TEXT PRIMARY KEY,
    key_version INTEGER NOT NULL,
    key TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    blocked INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX medium_key ON medium (key, key_version);

  CREATE TABLE acquisition (
    acquisition_id TEXT PRIMARY KEY,
    campaign_id TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    uses_left INTEGER NOT NULL,
    expires_at INTEGER,
    revoked INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX acquisition_holder ON acquisition (holder_id);

  CREATE TABLE holder_usage (
    holder_id TEXT NOT NULL,
    campaign_id TEXT NOT NULL,
    period TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (holder_id, campaign_id, period)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE operator (operator_id TEXT PRIMARY KEY, change TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
]
