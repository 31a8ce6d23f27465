import type { Migrations } from './database.ts'

/** `journal.db`. Times are epoch milliseconds; ids are UUIDv7 text, which sorts by time. */
export const JOURNAL_MIGRATIONS: Migrations = [
  `
  CREATE TABLE station (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    station_id TEXT NOT NULL,
    role TEXT NOT NULL,
    store TEXT NOT NULL,
    settings TEXT NOT NULL
  ) STRICT;

  -- Whose signatures the chain bears: the station's raw Ed25519 key. A journal has one for ever.
  CREATE TABLE signing_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32)
  ) STRICT;

  -- What has taken the place of the chain's settled beginning: a signed checkpoint, as JSON.
  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    signed TEXT NOT NULL
  ) STRICT;

  -- The chain: what this station did, never changed once written.
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    station_at INTEGER NOT NULL,
    corrected_at INTEGER NOT NULL,
    -- base64url, as it is hashed and sent
    prev_hash TEXT NOT NULL,
    salt BLOB NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    sig BLOB NOT NULL
  ) STRICT;

  -- Events the server has not answered for, and those it refuses ('quarantined').
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY REFERENCES event (seq),
    redemption_id TEXT,
    -- Discount of an approval given offline; NULL for everything else and once annulled.
    stored_value INTEGER,
    state TEXT NOT NULL DEFAULT 'stored' CHECK (state IN ('stored', 'quarantined')),
    reason TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  -- Those that are put off; what has just come is due at once, and every approval writes a row.
  CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at > 0;

  CREATE TABLE settlement (
    seq INTEGER PRIMARY KEY REFERENCES event (seq),
    -- resolved: was forced or set aside, and the server says how that ended (see resolution).
    status TEXT NOT NULL CHECK (status IN ('confirmed', 'forced', 'resolved')),
    reason TEXT,
    change_seq INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX settlement_forced ON settlement (status) WHERE status = 'forced';

  CREATE TABLE intent (
    redemption_id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'shown', 'closed')),
    -- What the cashier was shown as approved, exactly when state is 'shown'.
    shown TEXT CHECK ((shown IS NOT NULL) = (state = 'shown')),
    -- 1: the cashier has gone on from it.
    dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1)),
    rollback_id TEXT,
    -- The POS's sale that it is for; NULL: entered by hand.
    pos_id TEXT GENERATED ALWAYS AS (json_extract(request, '$.saleRef.posId')) VIRTUAL,
    sale_id TEXT GENERATED ALWAYS AS (json_extract(request, '$.saleRef.saleId')) VIRTUAL
  ) STRICT;
  CREATE INDEX intent_sale ON intent (pos_id, sale_id) WHERE pos_id IS NOT NULL;
  CREATE INDEX intent_open ON intent (redemption_id) WHERE state = 'open';

  -- Uses the replica does not contain yet.
  CREATE TABLE overlay (
    redemption_id TEXT NOT NULL,
    acquisition_id TEXT NOT NULL,
    discount INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    change_seq INTEGER,
    PRIMARY KEY (redemption_id, acquisition_id)
  ) STRICT, WITHOUT ROWID;

  -- How far uses have left the overlay: an older replica would not contain them.
  CREATE TABLE overlay_dropped (one INTEGER PRIMARY KEY CHECK (one = 1), through INTEGER NOT NULL) STRICT;
  INSERT INTO overlay_dropped VALUES (1, 0);

  CREATE TABLE undo (
    redemption_id TEXT PRIMARY KEY,
    rollback_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    operator_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'rolled_back', 'annulled', 'refused'))
  ) STRICT, WITHOUT ROWID;

  -- Parts of limited campaigns that the server has lent to this station; see LeaseBook. A closed one leaves.
  CREATE TABLE lease (
    lease_id TEXT PRIMARY KEY,
    campaign_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'held', 'returning')),
    want_uses INTEGER NOT NULL,
    want_value INTEGER,
    asked_at INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    value INTEGER,
    spend_until INTEGER NOT NULL DEFAULT 0,
    drawn_uses INTEGER NOT NULL DEFAULT 0 CHECK (drawn_uses BETWEEN 0 AND uses),
    drawn_value INTEGER NOT NULL DEFAULT 0 CHECK (drawn_value >= 0 AND drawn_value <= coalesce(value, drawn_value)),
    -- The event of the last draw.
    through_seq INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  -- Uses of limited campaigns at this station, by whole hours since 1970: what leases are sized by.
  CREATE TABLE campaign_demand (
    campaign_id TEXT NOT NULL,
    hour INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, hour)
  ) STRICT, WITHOUT ROWID;

  -- What managers have set aside of the offline policy, as JSON; one of a kind.
  CREATE TABLE override (kind TEXT PRIMARY KEY, override TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- Conflicts about this station's own events that have ended on the server.
  CREATE TABLE resolution (
    conflict_id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    -- Name of who decided; NULL: the server by itself.
    by_name TEXT,
    reason TEXT,
    at INTEGER NOT NULL,
    -- Conflicts of the same event that were still open then: at 0 the event is resolved.
    remaining INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX resolution_event ON resolution (event_id);

  -- Where the server's time stood on this machine's monotonic clock; holds for one boot.
  CREATE TABLE clock_anchor (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    server_time REAL NOT NULL,
    monotonic REAL NOT NULL,
    uncertainty_ms REAL NOT NULL,
    boot_id TEXT NOT NULL,
    suspended_ms REAL NOT NULL
  ) STRICT;

  -- The server's last word was that this station may nothing.
  CREATE TABLE turned_away (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    how TEXT NOT NULL CHECK (how IN ('by_name', 'unnamed'))
  ) STRICT;

  -- POS software that managers have let in. token_hash: SHA-256 of the token, which is nowhere.
  CREATE TABLE pos_access (
    pos_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    origins TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;

  -- Sales as POS software reports them. change_seq rises with every change of any of them, for a POS that was away.
  CREATE TABLE pos_sale (
    pos_id TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    basket TEXT NOT NULL,
    on_screen INTEGER NOT NULL CHECK (on_screen IN (0, 1)),
    opened_at INTEGER NOT NULL,
    ended TEXT CHECK (ended IN ('completed', 'voided')),
    -- What was reported of a completed one.
    total INTEGER,
    discount INTEGER,
    ended_at INTEGER,
    change_seq INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (pos_id, sale_id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX pos_sale_on_screen ON pos_sale (on_screen) WHERE on_screen = 1;
  CREATE INDEX pos_sale_ended ON pos_sale (ended_at) WHERE ended_at IS NOT NULL;
  CREATE TRIGGER pos_sale_decided AFTER UPDATE OF state ON intent WHEN NEW.pos_id IS NOT NULL BEGIN
    UPDATE pos_sale SET change_seq = (SELECT max(change_seq) + 1 FROM pos_sale)
    WHERE pos_id = NEW.pos_id AND sale_id = NEW.sale_id;
  END;
  CREATE TRIGGER pos_sale_shown AFTER INSERT ON intent WHEN NEW.pos_id IS NOT NULL AND NEW.state = 'shown' BEGIN
    UPDATE pos_sale SET change_seq = (SELECT max(change_seq) + 1 FROM pos_sale)
    WHERE pos_id = NEW.pos_id AND sale_id = NEW.sale_id;
  END;
  CREATE TRIGGER pos_sale_undone AFTER UPDATE OF state ON undo BEGIN
    UPDATE pos_sale SET change_seq = (SELECT max(change_seq) + 1 FROM pos_sale)
    WHERE (pos_id, sale_id) IN
      (SELECT pos_id, sale_id FROM intent WHERE redemption_id = NEW.redemption_id AND pos_id IS NOT NULL);
  END;

  CREATE TABLE sign_in_throttle (
    operator_id TEXT PRIMARY KEY,
    wrong INTEGER NOT NULL,
    retry_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- One without an end at most. first_seq: the event that began it; everything after it is of this shift.
  CREATE TABLE shift (
    shift_id TEXT PRIMARY KEY,
    first_seq INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    -- The whole of it with its totals, as JSON, once it has ended.
    ended TEXT,
    -- 1: somebody has read those.
    read INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1))
  ) STRICT, WITHOUT ROWID;
  -- Whose staff card a medium is at this counter, by its key, hex.
  CREATE TABLE staff_card (
    key_version INTEGER NOT NULL,
    key TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    PRIMARY KEY (key_version, key)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX shift_open ON shift (ended IS NULL) WHERE ended IS NULL;
  `,
  `
  -- What managers have set about this counter's readers, as JSON.
  CREATE TABLE reader_settings (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    settings TEXT NOT NULL
  ) STRICT;
  -- What was chosen here instead of what the office has set, as JSON.
  CREATE TABLE chosen_settings (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    settings TEXT NOT NULL
  ) STRICT;
  `,
]
