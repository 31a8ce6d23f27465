-- Times are epoch milliseconds, money is minor units, ids are lower-case UUIDv7 text.
-- change_seq: the position of an entity's latest change; every value is given out once. Where rows change all day long the
-- feed finds them by holder_changes, which grows at its end: an index on change_seq would move an entry at each change.

CREATE TABLE positions (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- change: the last change_seq given out. definitions: rises whenever a campaign changes, so that a process notices
-- in one look that its copy in memory is old.
-- stations: rises whenever a station or a store changes, for the same reason.
INSERT INTO positions VALUES ('change', 0), ('definitions', 0), ('stations', 0);

-- Who wrote the positions after from_position: a new one at every start. A cursor names the epoch of its position, so that
-- one of a time that a restored backup does not know is told from ours.
CREATE TABLE feed_epochs (
  from_position INTEGER PRIMARY KEY,
  epoch TEXT NOT NULL
) STRICT;

-- When a holder last was at a store or got a coupon for it; store_id '' stands for every store. day: days since 1970, UTC.
-- change_seq: of the first time that day, when the holder is sent whole to copies that hold only some.
CREATE TABLE holder_activity (
  store_id TEXT NOT NULL,
  holder_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  change_seq INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (store_id, holder_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE stores (
  store_id TEXT PRIMARY KEY,
  store TEXT NOT NULL CHECK (json_valid(store)),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  -- 1: integrators may name media by type and identifier on this store's station tokens.
  accepts_raw_media INTEGER NOT NULL DEFAULT 0 CHECK (accepts_raw_media IN (0, 1)),
  change_seq INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE stations (
  station_id TEXT PRIMARY KEY,
  store_id TEXT NOT NULL REFERENCES stores (store_id),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('counter', 'registration')),
  state TEXT NOT NULL CHECK (state IN ('announced', 'enrolled', 'revoked')),
  -- SHA-256 of the one-time code, which makes a station once; cleared when the station is revoked.
  code_hash BLOB UNIQUE,
  code_expires_at INTEGER,
  token_hash BLOB UNIQUE,
  -- Of the token that takes its place when it is first used.
  next_token_hash BLOB UNIQUE,
  -- Raw Ed25519 key; NULL only for an integrator's or a demo's station, which may then send events without signatures.
  public_key BLOB CHECK (public_key IS NULL OR length(public_key) = 32),
  announced_by TEXT,
  announced_at INTEGER NOT NULL,
  enrolled_at INTEGER,
  -- Of its journal, every event up to here has been answered for: settled or quarantined.
  settled_through INTEGER NOT NULL DEFAULT 0,
  revoked_at INTEGER CHECK ((revoked_at IS NOT NULL) = (state = 'revoked')),
  -- Bodies of its old, confirmed events are erased up to here.
  erased_through INTEGER NOT NULL DEFAULT 0,
  -- How its settings differ from its store's, and where that stands in the change feed; NULL: not at all.
  difference TEXT CHECK (difference IS NULL OR json_valid(difference)),
  difference_seq INTEGER UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TRIGGER store_comes AFTER INSERT ON stores BEGIN
  UPDATE positions SET value = value + 1 WHERE name = 'stations';
END;
CREATE TRIGGER store_changes AFTER UPDATE ON stores BEGIN
  UPDATE positions SET value = value + 1 WHERE name = 'stations';
END;
CREATE TRIGGER station_comes AFTER INSERT ON stations BEGIN
  UPDATE positions SET value = value + 1 WHERE name = 'stations';
END;
CREATE TRIGGER station_changes AFTER UPDATE OF store_id, name, role, state, token_hash, next_token_hash, public_key,
  revoked_at, difference ON stations BEGIN
  UPDATE positions SET value = value + 1 WHERE name = 'stations';
END;

-- When a station was last heard of, to the minute, and the program that it said it runs.
CREATE TABLE station_seen (
  station_id TEXT PRIMARY KEY REFERENCES stations (station_id),
  seen_at INTEGER NOT NULL,
  program TEXT,
  -- The version of its settings that it said it goes by.
  settings TEXT
) STRICT, WITHOUT ROWID;

-- Every version of the settings of a store's counters, and of how one station's differ.
CREATE TABLE settings_versions (
  scope TEXT NOT NULL CHECK (scope IN ('store', 'station')),
  subject_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  document TEXT NOT NULL CHECK (json_valid(document)),
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  PRIMARY KEY (scope, subject_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE operators (
  operator_id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  -- The one store that this person looks after; NULL: every store.
  store_id TEXT REFERENCES stores (store_id),
  pin TEXT NOT NULL CHECK (json_valid(pin)),
  change_seq INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- What people sign in to the office with; nobody has a row before there is something to keep.
CREATE TABLE operator_credentials (
  operator_id TEXT PRIMARY KEY REFERENCES operators (operator_id),
  -- Argon2id in PHC form.
  password TEXT,
  -- Wrong ones since the last right one.
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  -- Sealed; confirmed: a code of it was seen. used_step: codes up to it are not good again.
  totp_secret BLOB,
  totp_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (totp_confirmed IN (0, 1)),
  totp_used_step INTEGER NOT NULL DEFAULT 0,
  -- JSON list of the hashes of those that are left.
  recovery_codes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(recovery_codes)),
  -- SHA-256 of the one-time code that sets a password.
  set_up_hash BLOB UNIQUE,
  set_up_until INTEGER,
  last_sign_in_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY,
  operator_id TEXT NOT NULL REFERENCES operators (operator_id),
  kind TEXT NOT NULL CHECK (kind IN ('cookie', 'bearer')),
  opened_at INTEGER NOT NULL,
  -- To the minute.
  seen_at INTEGER NOT NULL,
  -- How long it may lie unused; 0: until expires_at.
  idle_ms INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  agent TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_operator ON sessions (operator_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- What decisions go by: the version in force, or before one is the newest, which no decision takes for approved.
CREATE TABLE api_keys (
  key_id TEXT PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  -- JSON list.
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  -- It acts as the station of its id, which stands in this store; NULL: as none.
  store_id TEXT REFERENCES stores (store_id),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- To the hour.
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- Every change by a person, an API key or a command: one row each, without holes, written in the transaction that made the
-- change. hash covers the row and the hash of the one before.
CREATE TABLE audit_log (
  position INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  content_hash TEXT,
  reason TEXT,
  details TEXT NOT NULL CHECK (json_valid(details)),
  prev_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_by_actor ON audit_log (actor_id, position);
CREATE INDEX audit_by_subject ON audit_log (subject_id, position);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit_log BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit_log BEGIN
  SELECT RAISE(ABORT, 'nothing leaves the audit log');
END;

CREATE TABLE campaigns (
  campaign_id TEXT PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  state TEXT NOT NULL,
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  change_seq INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Every version that was ever written. A draft is written over; what was submitted never changes but for its state.
CREATE TABLE campaign_versions (
  campaign_id TEXT NOT NULL REFERENCES campaigns (campaign_id),
  version INTEGER NOT NULL CHECK (version >= 1),
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'changes_requested', 'approved', 'rejected')),
  author_id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_versions_waiting ON campaign_versions (campaign_id) WHERE state = 'submitted';

-- Stores that a new version added to a campaign's: copies of theirs that are older have left its coupons out.
-- store_id '' stands for every store.
CREATE TABLE campaign_widenings (
  store_id TEXT NOT NULL,
  change_seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (store_id, change_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_decisions (
  campaign_id TEXT NOT NULL REFERENCES campaigns (campaign_id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  action TEXT NOT NULL,
  operator_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (campaign_id, position)
) STRICT, WITHOUT ROWID;

-- uses and value count against the campaign's limits; forced_value is what it cost beyond them.
CREATE TABLE campaign_usage (
  campaign_id TEXT PRIMARY KEY REFERENCES campaigns (campaign_id),
  uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
  value INTEGER NOT NULL DEFAULT 0 CHECK (value >= 0),
  forced_uses INTEGER NOT NULL DEFAULT 0 CHECK (forced_uses >= 0),
  forced_value INTEGER NOT NULL DEFAULT 0 CHECK (forced_value >= 0),
  issued INTEGER NOT NULL DEFAULT 0 CHECK (issued >= 0),
  -- Outstanding leases: lent, and neither drawn nor ended. Limits count uses and lent_uses, value and lent_value together.
  lent_uses INTEGER NOT NULL DEFAULT 0 CHECK (lent_uses >= 0),
  lent_value INTEGER NOT NULL DEFAULT 0 CHECK (lent_value >= 0),
  -- When leases were last called back because nothing else was left: for a while nothing is lent.
  recalled_at INTEGER
) STRICT, WITHOUT ROWID;

-- A part of a limited campaign that a station may spend alone. What is left of it is in campaign_usage's lent_uses and
-- lent_value while state is out or recalled. Drawn: by lines that were settled.
CREATE TABLE leases (
  lease_id TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaigns (campaign_id),
  station_id TEXT NOT NULL REFERENCES stations (station_id),
  intent_hash BLOB NOT NULL,
  uses INTEGER NOT NULL CHECK (uses > 0),
  -- NULL: no budget limits the campaign.
  value INTEGER CHECK (value > 0),
  drawn_uses INTEGER NOT NULL DEFAULT 0 CHECK (drawn_uses BETWEEN 0 AND uses),
  drawn_value INTEGER NOT NULL DEFAULT 0 CHECK (drawn_value >= 0 AND drawn_value <= coalesce(value, drawn_value)),
  lent_at INTEGER NOT NULL,
  spend_until INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('out', 'recalled', 'returned', 'written_off')),
  recalled_at INTEGER,
  ended_at INTEGER,
  -- Who wrote it off, and why; NULL for one that the station returned.
  ended_by TEXT,
  ended_reason TEXT,
  change_seq INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX leases_by_station ON leases (station_id, change_seq);
CREATE INDEX leases_recalled ON leases (change_seq) WHERE state = 'recalled';
CREATE INDEX leases_outstanding ON leases (campaign_id) WHERE state IN ('out', 'recalled');

CREATE TABLE holders (
  holder_id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Clustered by key: every tap asks by it, and finds all there is to know in one look.
CREATE TABLE media (
  medium_id TEXT NOT NULL UNIQUE,
  key_version INTEGER NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  type TEXT NOT NULL,
  holder_id TEXT NOT NULL REFERENCES holders (holder_id),
  blocked INTEGER NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
  change_seq INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (key, key_version)
) STRICT, WITHOUT ROWID;

-- A holder that enters a station's copy is sent whole.
CREATE INDEX media_by_holder ON media (holder_id);

-- Clustered by holder: a search reads one run of pages.
CREATE TABLE acquisitions (
  holder_id TEXT NOT NULL REFERENCES holders (holder_id),
  acquisition_id TEXT NOT NULL UNIQUE,
  campaign_id TEXT NOT NULL REFERENCES campaigns (campaign_id),
  uses_left INTEGER NOT NULL CHECK (uses_left >= 0),
  expires_at INTEGER,
  revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
  acquired_at INTEGER NOT NULL,
  change_seq INTEGER NOT NULL,
  -- The last one that got a line of it: how a holder's lines are found. NULL: it was never used.
  latest_redemption TEXT,
  PRIMARY KEY (holder_id, acquisition_id)
) STRICT, WITHOUT ROWID;

-- The answer to every request to acquire, by its id; refusals too.
CREATE TABLE acquisition_requests (
  acquisition_id TEXT PRIMARY KEY,
  intent_hash BLOB NOT NULL,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Only what a limit of the campaign asks for is counted: period is 'ever' or a period key.
CREATE TABLE holder_usage (
  holder_id TEXT NOT NULL REFERENCES holders (holder_id),
  campaign_id TEXT NOT NULL REFERENCES campaigns (campaign_id),
  period TEXT NOT NULL,
  uses INTEGER NOT NULL CHECK (uses >= 0),
  change_seq INTEGER NOT NULL,
  PRIMARY KEY (holder_id, campaign_id, period)
) STRICT, WITHOUT ROWID;

-- Every change of an acquisition (acquisition_id) or a count of holder_usage (campaign_id, period), in order; an entry whose
-- row has changed since says nothing. What no cursor can reach any more is erased.
CREATE TABLE holder_changes (
  change_seq INTEGER PRIMARY KEY,
  holder_id TEXT NOT NULL,
  acquisition_id TEXT,
  campaign_id TEXT,
  period TEXT
) STRICT;
CREATE TRIGGER acquisition_comes AFTER INSERT ON acquisitions BEGIN
  INSERT INTO holder_changes (change_seq, holder_id, acquisition_id)
  VALUES (NEW.change_seq, NEW.holder_id, NEW.acquisition_id);
END;
CREATE TRIGGER acquisition_changes AFTER UPDATE OF change_seq ON acquisitions BEGIN
  INSERT INTO holder_changes (change_seq, holder_id, acquisition_id)
  VALUES (NEW.change_seq, NEW.holder_id, NEW.acquisition_id);
END;
CREATE TRIGGER usage_comes AFTER INSERT ON holder_usage BEGIN
  INSERT INTO holder_changes (change_seq, holder_id, campaign_id, period)
  VALUES (NEW.change_seq, NEW.holder_id, NEW.campaign_id, NEW.period);
END;
CREATE TRIGGER usage_changes AFTER UPDATE OF change_seq ON holder_usage BEGIN
  INSERT INTO holder_changes (change_seq, holder_id, campaign_id, period)
  VALUES (NEW.change_seq, NEW.holder_id, NEW.campaign_id, NEW.period);
END;

-- One row a redemptionId, whatever became of it. The id is time-ordered, so rows are appended.
CREATE TABLE redemptions (
  redemption_id TEXT PRIMARY KEY,
  -- NULL: known from an event that did not carry its intent.
  intent_hash BLOB,
  station_id TEXT NOT NULL,
  store_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('approved', 'refused')),
  state TEXT NOT NULL CHECK (state IN ('active', 'rolled_back', 'held')),
  -- online: decided here. offline: decided by the station and settled here.
  origin TEXT NOT NULL CHECK (origin IN ('online', 'offline')),
  decided_at INTEGER NOT NULL,
  -- The store's business day, days since 1970.
  day INTEGER NOT NULL,
  entry TEXT,
  operator_id TEXT,
  sale_ref TEXT,
  -- 1: a station's journal says that its cashier was shown this.
  shown INTEGER NOT NULL DEFAULT 0 CHECK (shown IN (0, 1)),
  decision TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Lists of them: grows at its end, and says by itself which store a row is of.
CREATE INDEX redemptions_by_day ON redemptions (day, redemption_id, store_id);

-- Refusals are kept as answers alone, and leave when nobody can ask for them any more.
CREATE INDEX redemptions_refused ON redemptions (redemption_id) WHERE status = 'refused';

CREATE TABLE redemption_lines (
  redemption_id TEXT NOT NULL REFERENCES redemptions (redemption_id),
  acquisition_id TEXT NOT NULL,
  -- Both empty for an acquisition that an event named and nobody has.
  campaign_id TEXT NOT NULL,
  holder_id TEXT NOT NULL,
  -- Of holder_usage, as counted: what a rollback gives back.
  period TEXT,
  discount INTEGER NOT NULL CHECK (discount >= 0),
  -- The lease it was drawn from; NULL for what was counted from the pool, and for what is not counted.
  lease_id TEXT,
  -- counted: took a use and counts in limits. forced: also in overuse. rolled_back: gives nothing any more.
  state TEXT NOT NULL CHECK (state IN ('counted', 'forced', 'rolled_back')),
  -- The one whose line the acquisition got before this; NULL: none.
  earlier_redemption TEXT,
  PRIMARY KEY (redemption_id, acquisition_id)
) STRICT, WITHOUT ROWID;

-- What happened of a campaign at a store on a business day of it (days since 1970), for reports: they never look at single
-- acquisitions or redemptions. store_id '': at no store. redeemed and discount are of what stands, forced included.
CREATE TABLE daily_figures (
  day INTEGER NOT NULL,
  campaign_id TEXT NOT NULL,
  store_id TEXT NOT NULL,
  issued INTEGER NOT NULL DEFAULT 0,
  -- Uses that the issued coupons had.
  issued_uses INTEGER NOT NULL DEFAULT 0,
  -- Issued because a customer took it.
  acquired INTEGER NOT NULL DEFAULT 0,
  redeemed INTEGER NOT NULL DEFAULT 0,
  discount INTEGER NOT NULL DEFAULT 0,
  forced INTEGER NOT NULL DEFAULT 0,
  forced_discount INTEGER NOT NULL DEFAULT 0,
  rolled_back INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, campaign_id, store_id)
) STRICT, WITHOUT ROWID;

-- What happened offline and would have been refused online: kept, counted in cost and not in limits.
CREATE TABLE overuse (
  acquisition_id TEXT NOT NULL,
  redemption_id TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- 1: the acquisition still had a use, which this line took, though another limit was passed.
  took_use INTEGER NOT NULL CHECK (took_use IN (0, 1)),
  discount INTEGER NOT NULL,
  at INTEGER NOT NULL,
  resolution TEXT CHECK (resolution IN ('accepted', 'rolled_back', 'written_off', 'covered')),
  PRIMARY KEY (acquisition_id, redemption_id)
) STRICT, WITHOUT ROWID;

-- What a manager has to look at: a forced line, or an event that was quarantined. An id is made of what it is about.
CREATE TABLE conflicts (
  conflict_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('forced', 'quarantined')),
  station_id TEXT NOT NULL REFERENCES stations (station_id),
  store_id TEXT NOT NULL,
  event_id TEXT,
  seq INTEGER,
  -- Of the row in quarantine; NULL when the event is in events.
  digest BLOB,
  redemption_id TEXT,
  acquisition_id TEXT,
  campaign_id TEXT,
  operator_id TEXT,
  discount INTEGER,
  reason TEXT NOT NULL,
  happened_at INTEGER,
  opened_at INTEGER NOT NULL,
  -- NULL: open.
  outcome TEXT CHECK (outcome IN ('accepted', 'rolled_back', 'written_off', 'covered', 'settled')),
  resolution_id TEXT UNIQUE,
  -- NULL where the server ended it by itself.
  resolved_by TEXT REFERENCES operators (operator_id),
  resolved_at INTEGER,
  resolved_reason TEXT,
  -- Of its end, which is news for its station.
  change_seq INTEGER UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX conflicts_by_time ON conflicts (opened_at);
CREATE INDEX conflicts_open ON conflicts (opened_at, store_id) WHERE outcome IS NULL;
CREATE INDEX conflicts_by_event ON conflicts (station_id, event_id);
CREATE INDEX conflicts_by_line ON conflicts (redemption_id, acquisition_id);
CREATE INDEX conflicts_ended ON conflicts (station_id, change_seq) WHERE change_seq IS NOT NULL;

-- Everything that was done about a conflict, by whom and why; never changed.
CREATE TABLE conflict_steps (
  conflict_id TEXT NOT NULL REFERENCES conflicts (conflict_id),
  position INTEGER NOT NULL,
  action TEXT NOT NULL,
  operator_id TEXT,
  reason TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (conflict_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollbacks (
  rollback_id TEXT PRIMARY KEY,
  redemption_id TEXT NOT NULL,
  -- By whom: a station, an operator, or both.
  station_id TEXT,
  operator_id TEXT,
  reason TEXT NOT NULL,
  intent_hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  -- waiting: came before its redemption and undoes it when it comes.
  state TEXT NOT NULL CHECK (state IN ('waiting', 'applied')),
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rollbacks_by_redemption ON rollbacks (redemption_id);
-- Annuls whose redemption never came are forgotten in time.
CREATE INDEX rollbacks_waiting ON rollbacks (rollback_id) WHERE state = 'waiting';

CREATE TABLE events (
  station_id TEXT NOT NULL REFERENCES stations (station_id),
  seq INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  hash BLOB NOT NULL,
  prev_hash BLOB,
  station_at INTEGER NOT NULL,
  corrected_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  -- The event as sent, media by key; the body may be erased later, its hash stays.
  event TEXT,
  result TEXT NOT NULL,
  PRIMARY KEY (station_id, seq)
) STRICT, WITHOUT ROWID;

-- Events that could not be settled, as received, without identifiers; the same one arrives once.
CREATE TABLE quarantine (
  station_id TEXT NOT NULL REFERENCES stations (station_id),
  digest BLOB NOT NULL,
  seq INTEGER,
  event_id TEXT,
  reason TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  event TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (station_id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantine_by_seq ON quarantine (station_id, seq);

-- Unique codes: HMACs under the deployment's key, never the codes.
CREATE TABLE code_lists (
  list_id TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaigns (campaign_id),
  name TEXT NOT NULL,
  uses_per_code INTEGER NOT NULL CHECK (uses_per_code > 0),
  -- NULL: as long as its campaign.
  until INTEGER,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  codes INTEGER NOT NULL DEFAULT 0,
  redeemed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX code_lists_by_campaign ON code_lists (campaign_id);
CREATE TABLE codes (
  key BLOB NOT NULL CHECK (length(key) = 32),
  key_version INTEGER NOT NULL,
  list_id TEXT NOT NULL REFERENCES code_lists (list_id),
  uses_left INTEGER NOT NULL CHECK (uses_left >= 0),
  PRIMARY KEY (key, key_version)
) STRICT, WITHOUT ROWID;

-- Coupons that a redemption brought by itself: revoked, while unused, when it is undone.
CREATE TABLE issued_coupons (
  redemption_id TEXT NOT NULL,
  acquisition_id TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  uses INTEGER NOT NULL,
  PRIMARY KEY (redemption_id, acquisition_id)
) STRICT, WITHOUT ROWID;

-- Lists of acquisitions that come as files. Nothing of a row is kept but its number and why it is bad.
CREATE TABLE acquisition_imports (
  import_id TEXT PRIMARY KEY,
  intent_hash BLOB NOT NULL,
  header TEXT NOT NULL,
  campaign_id TEXT,
  store_id TEXT,
  dry_run INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
  -- As announced; NULL: not known.
  row_count INTEGER,
  next_row INTEGER NOT NULL DEFAULT 1,
  acquired INTEGER NOT NULL DEFAULT 0,
  -- Bad rows by reason, JSON.
  reasons TEXT NOT NULL DEFAULT '{}',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'finished', 'cancelled')),
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE acquisition_import_faults (
  import_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (import_id, row_number)
) STRICT, WITHOUT ROWID;
-- What a dry run would have given so far, by whom (a hash) and campaign; campaign alone: in all.
CREATE TABLE acquisition_import_tries (
  import_id TEXT NOT NULL,
  tried TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (import_id, tried)
) STRICT, WITHOUT ROWID;

-- A medium that was tapped or scanned at a station just now, or a phone that its customer is signed in on: one of the two.
-- The proof is the token, of which the hash is kept. A phone is at no store.
CREATE TABLE presentations (
  token_hash BLOB PRIMARY KEY,
  medium TEXT,
  holder_id TEXT CHECK ((holder_id IS NULL) <> (medium IS NULL)),
  store_id TEXT,
  station_id TEXT,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX presentations_by_holder ON presentations (holder_id) WHERE holder_id IS NOT NULL;
-- Answers to what was done to holders and their media, by id: linked, blocked, transferred, erased.
CREATE TABLE holder_actions (
  action_id TEXT PRIMARY KEY,
  intent_hash BLOB NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Erased, or merged into another: copies forget what they have of them.
CREATE TABLE gone_holders (
  holder_id TEXT PRIMARY KEY,
  gone_at INTEGER NOT NULL,
  change_seq INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
-- Keys of erased media, until every body of an event that names them is erased too; then the row goes.
CREATE TABLE erasures (
  erasure_id TEXT PRIMARY KEY,
  keys TEXT NOT NULL,
  station_id TEXT NOT NULL DEFAULT '',
  seq INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One-time codes that sign a phone in: a part that finds them and a secret part, hashed, with few tries. A used one stays
-- for its minutes, for the phone that used it: its answer may have been lost.
CREATE TABLE phone_codes (
  locator TEXT PRIMARY KEY,
  secret_hash BLOB NOT NULL,
  used_by BLOB,
  holder_id TEXT NOT NULL,
  tries_left INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE phone_sessions (
  token_hash BLOB PRIMARY KEY,
  holder_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX phone_sessions_by_holder ON phone_sessions (holder_id);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- What others are told of (core/contract/notices): one row each, written by the transaction that it tells of, in the order of
-- the change feed. Rows older than what is kept are erased from the beginning.
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  -- NULL: of the whole chain.
  store_id TEXT,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE webhook_endpoints (
  endpoint_id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  -- JSON list; empty: every type.
  types TEXT NOT NULL CHECK (json_valid(types)),
  store_id TEXT REFERENCES stores (store_id),
  -- NULL: enabled.
  disabled_why TEXT CHECK (disabled_why IN ('by_hand', 'failing', 'gone')),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  failing_since INTEGER,
  -- Sealed with the server's key.
  secret BLOB NOT NULL,
  previous_secret BLOB,
  previous_until INTEGER,
  -- Of the outbox, what has become deliveries.
  through_position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One notice on its way to one endpoint. next_at: when somebody may try it; NULL: never.
CREATE TABLE webhook_deliveries (
  endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (endpoint_id),
  position INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
  attempts INTEGER NOT NULL,
  began_at INTEGER NOT NULL,
  next_at INTEGER CHECK ((next_at IS NOT NULL) = (state = 'waiting')),
  last_at INTEGER,
  status INTEGER,
  error TEXT,
  excerpt TEXT,
  PRIMARY KEY (endpoint_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_position ON webhook_deliveries (position);
