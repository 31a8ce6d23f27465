-- Times are epoch milliseconds, money is minor units, ids are lower-case UUIDv7 text, compared byte by byte (COLLATE "C") as
-- everywhere else. The tables are those of SQLite; docs/decisions/0025 says what is done differently here, and why.
-- Nothing that belongs to a holder or a redemption refers to another table: such tables can be spread over nodes by the
-- first column of their keys (docs/scale.md).

-- definitions: rises whenever a campaign changes, so that a process notices in one look that its copy in memory is old.
CREATE TABLE positions (
  name TEXT COLLATE "C" PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO positions VALUES ('definitions', 0);

-- change_seq: the position of an entity's latest change; every value is given out once. A position that was given to a
-- transaction which was undone stays unused. Where rows change all day long the feed finds them by holder_changes, which
-- grows at its end: an index on change_seq would move an entry at each change.
CREATE SEQUENCE change_positions MINVALUE 0 START WITH 0;
SELECT nextval('change_positions');

-- Gives out n positions to the open transaction. Until it ends it holds a shared lock that says from where on its positions
-- are: the lock is taken before the first of them exists.
CREATE FUNCTION take_changes(n BIGINT) RETURNS BIGINT[] LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared((31336::BIGINT << 48) | (SELECT last_value FROM change_positions));
  RETURN ARRAY(SELECT nextval('change_positions') FROM generate_series(1, n) ORDER BY 1);
END $$;

-- The last position below which no transaction is open: whatever begins to read after this call sees every change up to it.
-- It may lie below what it was a moment ago: positions that were final stay final.
CREATE FUNCTION feed_end() RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
  last BIGINT := (SELECT last_value FROM change_positions);
  open_from BIGINT;
BEGIN
  SELECT min(((classid::BIGINT & 65535) << 32) | objid::BIGINT) INTO open_from FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 1 AND classid::BIGINT >> 16 = 31336
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
  RETURN least(last, coalesce(open_from, last));
END $$;

-- Stops the transaction when a condition that it was decided by does not hold any more: it is decided again.
CREATE FUNCTION must_hold(holds BOOLEAN, what TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  IF holds IS NOT TRUE THEN
    RAISE EXCEPTION 'not what it was decided by: %', what USING ERRCODE = 'TC001';
  END IF;
END $$;

-- Who wrote the positions after from_position: a new one at every start. A cursor names the epoch of its position, so that
-- one of a time that a restored backup does not know is told from ours.
CREATE TABLE feed_epochs (
  from_position BIGINT PRIMARY KEY,
  epoch TEXT COLLATE "C" NOT NULL
);

-- Begins an epoch after every position that anybody can have seen: none is seen beyond it before this has committed.
CREATE FUNCTION begin_epoch(name TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  here BIGINT := (take_changes(1))[1];
BEGIN
  INSERT INTO feed_epochs VALUES (here - 1, name);
END $$;

-- When a holder last was at a store or got a coupon for it; store_id '' stands for every store. day: days since 1970, UTC.
-- change_seq: of the first time that day, when the holder is sent whole to copies that hold only some.
CREATE TABLE holder_activity (
  store_id TEXT COLLATE "C" NOT NULL,
  holder_id TEXT COLLATE "C" NOT NULL,
  day BIGINT NOT NULL,
  change_seq BIGINT NOT NULL,
  PRIMARY KEY (store_id, holder_id)
);
CREATE INDEX holder_activity_by_change ON holder_activity (change_seq);

CREATE TABLE stores (
  store_id TEXT COLLATE "C" PRIMARY KEY,
  store TEXT NOT NULL,
  settings TEXT NOT NULL,
  -- 1: integrators may name media by type and identifier on this store's station tokens.
  accepts_raw_media SMALLINT NOT NULL DEFAULT 0 CHECK (accepts_raw_media IN (0, 1)),
  change_seq BIGINT NOT NULL
);
CREATE INDEX stores_by_change ON stores (change_seq);

CREATE TABLE stations (
  station_id TEXT COLLATE "C" PRIMARY KEY,
  store_id TEXT COLLATE "C" NOT NULL REFERENCES stores (store_id),
  name TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('counter', 'registration')),
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('announced', 'enrolled', 'revoked')),
  -- SHA-256 of the one-time code, which makes a station once; cleared when the station is revoked.
  code_hash BYTEA UNIQUE,
  code_expires_at BIGINT,
  token_hash BYTEA UNIQUE,
  -- Of the token that takes its place when it is first used.
  next_token_hash BYTEA UNIQUE,
  -- Raw Ed25519 key; NULL only for an integrator's or a demo's station, which may then send events without signatures.
  public_key BYTEA CHECK (public_key IS NULL OR octet_length(public_key) = 32),
  announced_by TEXT COLLATE "C",
  announced_at BIGINT NOT NULL,
  enrolled_at BIGINT,
  -- Of its journal, every event up to here has been answered for: settled or quarantined.
  settled_through BIGINT NOT NULL DEFAULT 0,
  revoked_at BIGINT CHECK ((revoked_at IS NOT NULL) = (state = 'revoked')),
  -- Bodies of its old, confirmed events are erased up to here.
  erased_through BIGINT NOT NULL DEFAULT 0,
  -- How its settings differ from its store's, and where that stands in the change feed; NULL: not at all.
  difference TEXT,
  difference_seq BIGINT
);

-- When a station was last heard of, to the minute, and the program that it said it runs.
CREATE TABLE station_seen (
  station_id TEXT COLLATE "C" PRIMARY KEY REFERENCES stations (station_id),
  seen_at BIGINT NOT NULL,
  program TEXT COLLATE "C",
  -- The version of its settings that it said it goes by.
  settings TEXT COLLATE "C"
);

-- Every version of the settings of a store's counters, and of how one station's differ.
CREATE TABLE settings_versions (
  scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('store', 'station')),
  subject_id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  document TEXT NOT NULL,
  set_by TEXT COLLATE "C" NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (scope, subject_id, version)
);

CREATE TABLE operators (
  operator_id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL UNIQUE,
  role TEXT COLLATE "C" NOT NULL,
  active SMALLINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  -- The one store that this person looks after; NULL: every store.
  store_id TEXT COLLATE "C" REFERENCES stores (store_id),
  pin TEXT NOT NULL,
  change_seq BIGINT NOT NULL
);
CREATE INDEX operators_by_change ON operators (change_seq);

-- What people sign in to the office with; nobody has a row before there is something to keep.
CREATE TABLE operator_credentials (
  operator_id TEXT COLLATE "C" PRIMARY KEY REFERENCES operators (operator_id),
  -- Argon2id in PHC form.
  password TEXT COLLATE "C",
  -- Wrong ones since the last right one.
  failures BIGINT NOT NULL DEFAULT 0 CHECK (failures >= 0),
  -- Sealed; confirmed: a code of it was seen. used_step: codes up to it are not good again.
  totp_secret BYTEA,
  totp_confirmed SMALLINT NOT NULL DEFAULT 0 CHECK (totp_confirmed IN (0, 1)),
  totp_used_step BIGINT NOT NULL DEFAULT 0,
  -- JSON list of the hashes of those that are left.
  recovery_codes TEXT NOT NULL DEFAULT '[]',
  -- SHA-256 of the one-time code that sets a password.
  set_up_hash BYTEA UNIQUE,
  set_up_until BIGINT,
  last_sign_in_at BIGINT
);

CREATE TABLE sessions (
  token_hash BYTEA PRIMARY KEY,
  operator_id TEXT COLLATE "C" NOT NULL REFERENCES operators (operator_id),
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('cookie', 'bearer')),
  opened_at BIGINT NOT NULL,
  -- To the minute.
  seen_at BIGINT NOT NULL,
  -- How long it may lie unused; 0: until expires_at.
  idle_ms BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  agent TEXT COLLATE "C"
);
CREATE INDEX sessions_by_operator ON sessions (operator_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- What decisions go by: the version in force, or before one is the newest, which no decision takes for approved.
CREATE TABLE api_keys (
  key_id TEXT COLLATE "C" PRIMARY KEY,
  token_hash BYTEA NOT NULL UNIQUE,
  name TEXT COLLATE "C" NOT NULL,
  -- JSON list.
  scopes TEXT NOT NULL,
  -- It acts as the station of its id, which stands in this store; NULL: as none.
  store_id TEXT COLLATE "C" REFERENCES stores (store_id),
  created_by TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  -- To the hour.
  last_used_at BIGINT,
  revoked_at BIGINT
);

-- Every change by a person, an API key or a command: one row each, without holes, written in the transaction that made the
-- change. hash covers the row and the hash of the one before.
CREATE TABLE audit_log (
  position BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_kind TEXT COLLATE "C" NOT NULL,
  actor_id TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  subject_kind TEXT COLLATE "C" NOT NULL,
  subject_id TEXT COLLATE "C" NOT NULL,
  content_hash TEXT COLLATE "C",
  reason TEXT COLLATE "C",
  details TEXT NOT NULL,
  prev_hash BYTEA NOT NULL,
  hash BYTEA NOT NULL
);
CREATE INDEX audit_by_actor ON audit_log (actor_id, position);
CREATE INDEX audit_by_subject ON audit_log (subject_id, position);

CREATE TABLE campaigns (
  campaign_id TEXT COLLATE "C" PRIMARY KEY,
  version BIGINT NOT NULL CHECK (version >= 1),
  state TEXT COLLATE "C" NOT NULL,
  rules TEXT NOT NULL,
  change_seq BIGINT NOT NULL
);
CREATE INDEX campaigns_by_change ON campaigns (change_seq);

-- Every version that was ever written. A draft is written over; what was submitted never changes but for its state.
CREATE TABLE campaign_versions (
  campaign_id TEXT COLLATE "C" NOT NULL REFERENCES campaigns (campaign_id),
  version BIGINT NOT NULL CHECK (version >= 1),
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'submitted', 'changes_requested', 'approved', 'rejected')),
  author_id TEXT COLLATE "C" NOT NULL,
  content_hash TEXT COLLATE "C" NOT NULL,
  rules TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (campaign_id, version)
);
CREATE INDEX campaign_versions_waiting ON campaign_versions (campaign_id) WHERE state = 'submitted';

-- Stores that a new version added to a campaign's: copies of theirs that are older have left its coupons out.
-- store_id '' stands for every store.
CREATE TABLE campaign_widenings (
  store_id TEXT COLLATE "C" NOT NULL,
  change_seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (store_id, change_seq)
);

CREATE TABLE campaign_decisions (
  campaign_id TEXT COLLATE "C" NOT NULL,
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  operator_id TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  content_hash TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C",
  PRIMARY KEY (campaign_id, position)
);

-- uses and value count against the campaign's limits; forced_value is what it cost beyond them.
CREATE TABLE campaign_usage (
  campaign_id TEXT COLLATE "C" PRIMARY KEY,
  uses BIGINT NOT NULL DEFAULT 0 CHECK (uses >= 0),
  value BIGINT NOT NULL DEFAULT 0 CHECK (value >= 0),
  forced_uses BIGINT NOT NULL DEFAULT 0 CHECK (forced_uses >= 0),
  forced_value BIGINT NOT NULL DEFAULT 0 CHECK (forced_value >= 0),
  issued BIGINT NOT NULL DEFAULT 0 CHECK (issued >= 0),
  -- Outstanding leases: lent, and neither drawn nor ended. Limits count uses and lent_uses, value and lent_value together.
  lent_uses BIGINT NOT NULL DEFAULT 0 CHECK (lent_uses >= 0),
  lent_value BIGINT NOT NULL DEFAULT 0 CHECK (lent_value >= 0),
  -- When leases were last called back because nothing else was left: for a while nothing is lent.
  recalled_at BIGINT
) WITH (fillfactor = 20);

-- A part of a limited campaign that a station may spend alone. What is left of it is in campaign_usage's lent_uses and
-- lent_value while state is out or recalled. Drawn: by lines that were settled.
CREATE TABLE leases (
  lease_id TEXT COLLATE "C" PRIMARY KEY,
  campaign_id TEXT COLLATE "C" NOT NULL,
  station_id TEXT COLLATE "C" NOT NULL,
  intent_hash BYTEA NOT NULL,
  uses BIGINT NOT NULL CHECK (uses > 0),
  -- NULL: no budget limits the campaign.
  value BIGINT CHECK (value > 0),
  drawn_uses BIGINT NOT NULL DEFAULT 0 CHECK (drawn_uses BETWEEN 0 AND uses),
  drawn_value BIGINT NOT NULL DEFAULT 0 CHECK (drawn_value >= 0 AND drawn_value <= coalesce(value, drawn_value)),
  lent_at BIGINT NOT NULL,
  spend_until BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('out', 'recalled', 'returned', 'written_off')),
  recalled_at BIGINT,
  ended_at BIGINT,
  -- Who wrote it off, and why; NULL for one that the station returned.
  ended_by TEXT COLLATE "C",
  ended_reason TEXT COLLATE "C",
  change_seq BIGINT NOT NULL
);
CREATE INDEX leases_by_station ON leases (station_id, change_seq);
CREATE INDEX leases_recalled ON leases (change_seq) WHERE state = 'recalled';
CREATE INDEX leases_outstanding ON leases (campaign_id) WHERE state IN ('out', 'recalled');

CREATE TABLE holders (
  holder_id TEXT COLLATE "C" PRIMARY KEY,
  created_at BIGINT NOT NULL
);

-- Clustered by key: every tap asks by it, and finds all there is to know in one look.
CREATE TABLE media (
  medium_id TEXT COLLATE "C" NOT NULL,
  key_version BIGINT NOT NULL,
  key BYTEA NOT NULL CHECK (octet_length(key) = 32),
  type TEXT COLLATE "C" NOT NULL,
  holder_id TEXT COLLATE "C" NOT NULL,
  blocked SMALLINT NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
  change_seq BIGINT NOT NULL,
  PRIMARY KEY (key, key_version)
);
CREATE INDEX media_by_change ON media (change_seq);

-- A holder that enters a station's copy is sent whole.
CREATE INDEX media_by_holder ON media (holder_id);

-- Clustered by holder: a search reads one run of pages.
CREATE TABLE acquisitions (
  holder_id TEXT COLLATE "C" NOT NULL,
  acquisition_id TEXT COLLATE "C" NOT NULL,
  campaign_id TEXT COLLATE "C" NOT NULL,
  uses_left BIGINT NOT NULL CHECK (uses_left >= 0),
  expires_at BIGINT,
  revoked SMALLINT NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
  acquired_at BIGINT NOT NULL,
  change_seq BIGINT NOT NULL,
  -- As on SQLite, which finds a holder's lines by it. Here an index does, and it stays NULL.
  latest_redemption TEXT COLLATE "C",
  PRIMARY KEY (holder_id, acquisition_id)
) WITH (fillfactor = 80);

-- The answer to every request to acquire, by its id; refusals too.
CREATE TABLE acquisition_requests (
  acquisition_id TEXT COLLATE "C" PRIMARY KEY,
  intent_hash BYTEA NOT NULL,
  answer TEXT NOT NULL
);
-- Across nodes this cannot be unique: there the locks of the deciding program are what keeps an id to one holder.
CREATE UNIQUE INDEX acquisitions_by_id ON acquisitions (acquisition_id);

-- Only what a limit of the campaign asks for is counted: period is 'ever' or a period key.
CREATE TABLE holder_usage (
  holder_id TEXT COLLATE "C" NOT NULL,
  campaign_id TEXT COLLATE "C" NOT NULL,
  period TEXT COLLATE "C" NOT NULL,
  uses BIGINT NOT NULL CHECK (uses >= 0),
  change_seq BIGINT NOT NULL,
  PRIMARY KEY (holder_id, campaign_id, period)
) WITH (fillfactor = 80);

-- Every change of an acquisition (acquisition_id) or a count of holder_usage (campaign_id, period), in order; an entry whose
-- row has changed since says nothing. What no cursor can reach any more is erased.
CREATE TABLE holder_changes (
  change_seq BIGINT PRIMARY KEY,
  holder_id TEXT COLLATE "C" NOT NULL,
  acquisition_id TEXT COLLATE "C",
  campaign_id TEXT COLLATE "C",
  period TEXT COLLATE "C"
);

-- One row a redemptionId, whatever became of it. The id is time-ordered, so rows are appended.
CREATE TABLE redemptions (
  redemption_id TEXT COLLATE "C" PRIMARY KEY,
  -- NULL: known from an event that did not carry its intent.
  intent_hash BYTEA,
  station_id TEXT COLLATE "C" NOT NULL,
  store_id TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL CHECK (status IN ('approved', 'refused')),
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'rolled_back', 'held')),
  -- online: decided here. offline: decided by the station and settled here.
  origin TEXT COLLATE "C" NOT NULL CHECK (origin IN ('online', 'offline')),
  decided_at BIGINT NOT NULL,
  -- The store's business day, days since 1970.
  day BIGINT NOT NULL,
  entry TEXT COLLATE "C",
  operator_id TEXT COLLATE "C",
  sale_ref TEXT,
  -- 1: a station's journal says that its cashier was shown this.
  shown SMALLINT NOT NULL DEFAULT 0 CHECK (shown IN (0, 1)),
  decision TEXT NOT NULL
) WITH (fillfactor = 80);

-- Lists of them: grows at its end, and says by itself which store a row is of.
CREATE INDEX redemptions_by_day ON redemptions (day, redemption_id, store_id);

-- Refusals are kept as answers alone, and leave when nobody can ask for them any more.
CREATE INDEX redemptions_refused ON redemptions (redemption_id) WHERE status = 'refused';

CREATE TABLE redemption_lines (
  redemption_id TEXT COLLATE "C" NOT NULL,
  acquisition_id TEXT COLLATE "C" NOT NULL,
  -- Both empty for an acquisition that an event named and nobody has.
  campaign_id TEXT COLLATE "C" NOT NULL,
  holder_id TEXT COLLATE "C" NOT NULL,
  -- Of holder_usage, as counted: what a rollback gives back.
  period TEXT COLLATE "C",
  discount BIGINT NOT NULL CHECK (discount >= 0),
  -- The lease it was drawn from; NULL for what was counted from the pool, and for what is not counted.
  lease_id TEXT COLLATE "C",
  -- counted: took a use and counts in limits. forced: also in overuse. rolled_back: gives nothing any more.
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('counted', 'forced', 'rolled_back')),
  -- As on SQLite; here it stays NULL.
  earlier_redemption TEXT COLLATE "C",
  PRIMARY KEY (redemption_id, acquisition_id)
) WITH (fillfactor = 80);
-- What else a customer has used of a campaign: the other side of a conflict's story.
CREATE INDEX redemption_lines_by_holder ON redemption_lines (holder_id, campaign_id);

-- What happened of a campaign at a store on a business day of it (days since 1970), for reports: they never look at single
-- acquisitions or redemptions. store_id '': at no store. redeemed and discount are of what stands, forced included.
CREATE TABLE daily_figures (
  day BIGINT NOT NULL,
  campaign_id TEXT COLLATE "C" NOT NULL,
  store_id TEXT COLLATE "C" NOT NULL,
  issued BIGINT NOT NULL DEFAULT 0,
  -- Uses that the issued coupons had.
  issued_uses BIGINT NOT NULL DEFAULT 0,
  -- Issued because a customer took it.
  acquired BIGINT NOT NULL DEFAULT 0,
  redeemed BIGINT NOT NULL DEFAULT 0,
  discount BIGINT NOT NULL DEFAULT 0,
  forced BIGINT NOT NULL DEFAULT 0,
  forced_discount BIGINT NOT NULL DEFAULT 0,
  rolled_back BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (day, campaign_id, store_id)
) WITH (fillfactor = 20);

-- What happened offline and would have been refused online: kept, counted in cost and not in limits.
CREATE TABLE overuse (
  acquisition_id TEXT COLLATE "C" NOT NULL,
  redemption_id TEXT COLLATE "C" NOT NULL,
  campaign_id TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  -- 1: the acquisition still had a use, which this line took, though another limit was passed.
  took_use SMALLINT NOT NULL CHECK (took_use IN (0, 1)),
  discount BIGINT NOT NULL,
  at BIGINT NOT NULL,
  resolution TEXT COLLATE "C" CHECK (resolution IN ('accepted', 'rolled_back', 'written_off', 'covered')),
  PRIMARY KEY (acquisition_id, redemption_id)
);

-- What a manager has to look at: a forced line, or an event that was quarantined. An id is made of what it is about.
CREATE TABLE conflicts (
  conflict_id TEXT COLLATE "C" PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('forced', 'quarantined')),
  station_id TEXT COLLATE "C" NOT NULL,
  store_id TEXT COLLATE "C" NOT NULL,
  event_id TEXT COLLATE "C",
  seq BIGINT,
  -- Of the row in quarantine; NULL when the event is in events.
  digest BYTEA,
  redemption_id TEXT COLLATE "C",
  acquisition_id TEXT COLLATE "C",
  campaign_id TEXT COLLATE "C",
  operator_id TEXT COLLATE "C",
  discount BIGINT,
  reason TEXT COLLATE "C" NOT NULL,
  happened_at BIGINT,
  opened_at BIGINT NOT NULL,
  -- NULL: open.
  outcome TEXT COLLATE "C" CHECK (outcome IN ('accepted', 'rolled_back', 'written_off', 'covered', 'settled')),
  resolution_id TEXT COLLATE "C" UNIQUE,
  -- NULL where the server ended it by itself.
  resolved_by TEXT COLLATE "C",
  resolved_at BIGINT,
  resolved_reason TEXT COLLATE "C",
  -- Of its end, which is news for its station.
  change_seq BIGINT
);
CREATE INDEX conflicts_by_time ON conflicts (opened_at);
CREATE INDEX conflicts_open ON conflicts (opened_at, store_id) WHERE outcome IS NULL;
CREATE INDEX conflicts_by_event ON conflicts (station_id, event_id);
CREATE INDEX conflicts_by_line ON conflicts (redemption_id, acquisition_id);
CREATE INDEX conflicts_ended ON conflicts (station_id, change_seq) WHERE change_seq IS NOT NULL;

-- Everything that was done about a conflict, by whom and why; never changed.
CREATE TABLE conflict_steps (
  conflict_id TEXT COLLATE "C" NOT NULL,
  position BIGINT NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  operator_id TEXT COLLATE "C",
  reason TEXT COLLATE "C",
  at BIGINT NOT NULL,
  PRIMARY KEY (conflict_id, position)
);

CREATE TABLE rollbacks (
  rollback_id TEXT COLLATE "C" PRIMARY KEY,
  redemption_id TEXT COLLATE "C" NOT NULL,
  -- By whom: a station, an operator, or both.
  station_id TEXT COLLATE "C",
  operator_id TEXT COLLATE "C",
  reason TEXT COLLATE "C" NOT NULL,
  intent_hash BYTEA NOT NULL,
  at BIGINT NOT NULL,
  -- waiting: came before its redemption and undoes it when it comes.
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'applied')),
  answer TEXT NOT NULL
);
CREATE INDEX rollbacks_by_redemption ON rollbacks (redemption_id);
-- Annuls whose redemption never came are forgotten in time.
CREATE INDEX rollbacks_waiting ON rollbacks (rollback_id) WHERE state = 'waiting';

CREATE TABLE events (
  station_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  event_id TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL,
  prev_hash BYTEA,
  station_at BIGINT NOT NULL,
  corrected_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  -- The event as sent, media by key; the body may be erased later, its hash stays.
  event TEXT,
  result TEXT NOT NULL,
  PRIMARY KEY (station_id, seq)
);

-- Events that could not be settled, as received, without identifiers; the same one arrives once.
CREATE TABLE quarantine (
  station_id TEXT COLLATE "C" NOT NULL,
  digest BYTEA NOT NULL,
  seq BIGINT,
  event_id TEXT COLLATE "C",
  reason TEXT COLLATE "C" NOT NULL,
  received_at BIGINT NOT NULL,
  event TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (station_id, digest)
);
CREATE INDEX quarantine_by_seq ON quarantine (station_id, seq);

-- Unique codes: HMACs under the deployment's key, never the codes.
CREATE TABLE code_lists (
  list_id TEXT COLLATE "C" PRIMARY KEY,
  campaign_id TEXT COLLATE "C" NOT NULL REFERENCES campaigns (campaign_id),
  name TEXT COLLATE "C" NOT NULL,
  uses_per_code BIGINT NOT NULL CHECK (uses_per_code > 0),
  -- NULL: as long as its campaign.
  until BIGINT,
  made_by TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  codes BIGINT NOT NULL DEFAULT 0,
  redeemed BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX code_lists_by_campaign ON code_lists (campaign_id);
CREATE TABLE codes (
  key BYTEA NOT NULL CHECK (octet_length(key) = 32),
  key_version BIGINT NOT NULL,
  list_id TEXT COLLATE "C" NOT NULL REFERENCES code_lists (list_id),
  uses_left BIGINT NOT NULL CHECK (uses_left >= 0),
  PRIMARY KEY (key, key_version)
);

-- Coupons that a redemption brought by itself: revoked, while unused, when it is undone.
CREATE TABLE issued_coupons (
  redemption_id TEXT COLLATE "C" NOT NULL,
  acquisition_id TEXT COLLATE "C" NOT NULL,
  campaign_id TEXT COLLATE "C" NOT NULL,
  uses BIGINT NOT NULL,
  PRIMARY KEY (redemption_id, acquisition_id)
);

-- Lists of acquisitions that come as files. Nothing of a row is kept but its number and why it is bad.
CREATE TABLE acquisition_imports (
  import_id TEXT COLLATE "C" PRIMARY KEY,
  intent_hash BYTEA NOT NULL,
  header TEXT COLLATE "C" NOT NULL,
  campaign_id TEXT COLLATE "C",
  store_id TEXT COLLATE "C",
  dry_run SMALLINT NOT NULL CHECK (dry_run IN (0, 1)),
  -- As announced; NULL: not known.
  row_count BIGINT,
  next_row BIGINT NOT NULL DEFAULT 1,
  acquired BIGINT NOT NULL DEFAULT 0,
  -- Bad rows by reason, JSON.
  reasons TEXT COLLATE "C" NOT NULL DEFAULT '{}',
  state TEXT COLLATE "C" NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'finished', 'cancelled')),
  started_by TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE TABLE acquisition_import_faults (
  import_id TEXT COLLATE "C" NOT NULL,
  row_number BIGINT NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (import_id, row_number)
);
-- What a dry run would have given so far, by whom (a hash) and campaign; campaign alone: in all.
CREATE TABLE acquisition_import_tries (
  import_id TEXT COLLATE "C" NOT NULL,
  tried TEXT COLLATE "C" NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (import_id, tried)
);

-- A medium that was tapped or scanned at a station just now, or a phone that its customer is signed in on: one of the two.
-- The proof is the token, of which the hash is kept. A phone is at no store.
CREATE TABLE presentations (
  token_hash BYTEA PRIMARY KEY,
  medium TEXT COLLATE "C",
  holder_id TEXT COLLATE "C" CHECK ((holder_id IS NULL) <> (medium IS NULL)),
  store_id TEXT COLLATE "C",
  station_id TEXT COLLATE "C",
  expires_at BIGINT NOT NULL
);
CREATE INDEX presentations_by_holder ON presentations (holder_id) WHERE holder_id IS NOT NULL;
-- Answers to what was done to holders and their media, by id: linked, blocked, transferred, erased.
CREATE TABLE holder_actions (
  action_id TEXT COLLATE "C" PRIMARY KEY,
  intent_hash BYTEA NOT NULL,
  answer TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL
);
-- Erased, or merged into another: copies forget what they have of them.
CREATE TABLE gone_holders (
  holder_id TEXT COLLATE "C" PRIMARY KEY,
  gone_at BIGINT NOT NULL,
  change_seq BIGINT NOT NULL UNIQUE
);
-- Keys of erased media, until every body of an event that names them is erased too; then the row goes.
CREATE TABLE erasures (
  erasure_id TEXT COLLATE "C" PRIMARY KEY,
  keys TEXT COLLATE "C" NOT NULL,
  station_id TEXT COLLATE "C" NOT NULL DEFAULT '',
  seq BIGINT NOT NULL DEFAULT 0
);

-- One-time codes that sign a phone in: a part that finds them and a secret part, hashed, with few tries. A used one stays
-- for its minutes, for the phone that used it: its answer may have been lost.
CREATE TABLE phone_codes (
  locator TEXT COLLATE "C" PRIMARY KEY,
  secret_hash BYTEA NOT NULL,
  used_by BYTEA,
  holder_id TEXT COLLATE "C" NOT NULL,
  tries_left BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE TABLE phone_sessions (
  token_hash BYTEA PRIMARY KEY,
  holder_id TEXT COLLATE "C" NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX phone_sessions_by_holder ON phone_sessions (holder_id);

CREATE TABLE settings (
  name TEXT COLLATE "C" PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);

-- What others are told of (core/contract/notices): one row each, written by the transaction that it tells of, in the order of
-- the change feed. Rows older than what is kept are erased from the beginning.
CREATE TABLE outbox (
  position BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  -- NULL: of the whole chain.
  store_id TEXT COLLATE "C",
  data TEXT COLLATE "C" NOT NULL
);

CREATE TABLE webhook_endpoints (
  endpoint_id TEXT COLLATE "C" PRIMARY KEY,
  url TEXT COLLATE "C" NOT NULL,
  description TEXT COLLATE "C" NOT NULL,
  -- JSON list; empty: every type.
  types TEXT COLLATE "C" NOT NULL,
  store_id TEXT COLLATE "C" REFERENCES stores (store_id),
  -- NULL: enabled.
  disabled_why TEXT COLLATE "C" CHECK (disabled_why IN ('by_hand', 'failing', 'gone')),
  created_by TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  failing_since BIGINT,
  -- Sealed with the server's key.
  secret BYTEA NOT NULL,
  previous_secret BYTEA,
  previous_until BIGINT,
  -- Of the outbox, what has become deliveries.
  through_position BIGINT NOT NULL
);

-- One notice on its way to one endpoint. next_at: when somebody may try it; NULL: never.
CREATE TABLE webhook_deliveries (
  endpoint_id TEXT COLLATE "C" NOT NULL REFERENCES webhook_endpoints (endpoint_id),
  position BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
  attempts BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  next_at BIGINT CHECK ((next_at IS NOT NULL) = (state = 'waiting')),
  last_at BIGINT,
  status BIGINT,
  error TEXT COLLATE "C",
  excerpt TEXT COLLATE "C",
  PRIMARY KEY (endpoint_id, position)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_position ON webhook_deliveries (position);

CREATE FUNCTION audit_stays() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is never changed, and nothing leaves it';
END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log EXECUTE FUNCTION audit_stays();

-- Statements over many rows write holder_changes and daily_figures themselves. Work that goes row by row says so
-- (SET LOCAL tapcoupon.by_row = 'on'), and has it done for it here.
CREATE FUNCTION by_row() RETURNS BOOLEAN LANGUAGE sql STABLE
  RETURN coalesce(current_setting('tapcoupon.by_row', TRUE), '') = 'on';

CREATE FUNCTION acquisition_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO holder_changes (change_seq, holder_id, acquisition_id)
  VALUES (NEW.change_seq, NEW.holder_id, NEW.acquisition_id);
  RETURN NULL;
END $$;
CREATE TRIGGER acquisition_comes AFTER INSERT ON acquisitions FOR EACH ROW
  WHEN (by_row()) EXECUTE FUNCTION acquisition_changed();
CREATE TRIGGER acquisition_changes AFTER UPDATE OF change_seq ON acquisitions FOR EACH ROW
  WHEN (by_row()) EXECUTE FUNCTION acquisition_changed();

CREATE FUNCTION usage_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO holder_changes (change_seq, holder_id, campaign_id, period)
  VALUES (NEW.change_seq, NEW.holder_id, NEW.campaign_id, NEW.period);
  RETURN NULL;
END $$;
CREATE TRIGGER usage_comes AFTER INSERT ON holder_usage FOR EACH ROW WHEN (by_row()) EXECUTE FUNCTION usage_changed();
CREATE TRIGGER usage_changes AFTER UPDATE OF change_seq ON holder_usage FOR EACH ROW
  WHEN (by_row()) EXECUTE FUNCTION usage_changed();
