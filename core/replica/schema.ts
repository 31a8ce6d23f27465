/**
 * The file a station keeps of what the server knows (`replica.db`), which is also what a snapshot is: the server writes
 * one, the counter puts it in place and goes on by changes. A copy of another version is not migrated but fetched again.
 */
export const REPLICA_SCHEMA_VERSION = 1

/**
 * Lean, because a million coupons travel in it. Ids that are UUIDs are kept as their 16 bytes, any other as text; holders
 * and campaigns are named by small numbers of this file. Coupons lie by holder, as a tap reads them. Times are epoch
 * milliseconds, keys of media their 32 bytes.
 */
export const REPLICA_SCHEMA = `
  CREATE TABLE position (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    cursor TEXT NOT NULL,
    change_seq INTEGER NOT NULL,
    -- When it was last complete, by the server's clock; NULL: never yet.
    as_of INTEGER
  ) STRICT;
  INSERT INTO position VALUES (1, '', 0, NULL);

  CREATE TABLE campaign (
    ref INTEGER PRIMARY KEY,
    campaign_id TEXT NOT NULL UNIQUE,
    -- NULL: a coupon of it came before it.
    definition TEXT
  ) STRICT;

  CREATE TABLE holder (holder_id ANY PRIMARY KEY, ref INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE medium (
    medium_id ANY PRIMARY KEY,
    key_version INTEGER NOT NULL,
    key BLOB NOT NULL,
    holder_ref INTEGER NOT NULL,
    blocked INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- The first bytes of a key find it; the whole key is compared.
  CREATE INDEX medium_key ON medium (substr(key, 1, 8));

  CREATE TABLE acquisition (
    holder_ref INTEGER NOT NULL,
    acquisition_id ANY NOT NULL,
    campaign_ref INTEGER NOT NULL,
    uses_left INTEGER NOT NULL,
    expires_at INTEGER,
    revoked INTEGER NOT NULL,
    PRIMARY KEY (holder_ref, acquisition_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE holder_usage (
    holder_ref INTEGER NOT NULL,
    campaign_ref INTEGER NOT NULL,
    period TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (holder_ref, campaign_ref, period)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE operator (operator_id TEXT PRIMARY KEY, change TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- What a snapshot says is in it, when it was made; empty in a copy that began with changes.
  CREATE TABLE contents (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

/** The tables whose rows a snapshot counts in `contents`. */
export const COUNTED_TABLES = ['campaign', 'holder', 'medium', 'acquisition', 'holder_usage', 'operator'] as const
