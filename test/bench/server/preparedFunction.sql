-- The same redemption as one function: what a server that keeps its rules in the database would do, with one round trip.
-- It trusts its caller in what ours decides by itself: which coupon is the best, and what it takes off.
CREATE TABLE bench_coupons (n BIGINT PRIMARY KEY, key BYTEA NOT NULL, acquisition_id TEXT NOT NULL, hot_id TEXT NOT NULL);
CREATE FUNCTION bench_redeem(n_in BIGINT, hot BOOLEAN) RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
  asked bench_coupons%ROWTYPE;
  owner media%ROWTYPE;
  held acquisitions%ROWTYPE;
  definition campaigns%ROWTYPE;
  id TEXT := uuidv7()::TEXT;
  coupon TEXT;
  seqs BIGINT[];
  today BIGINT := (extract(epoch FROM now()) / 86400)::BIGINT;
  at BIGINT := (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT;
BEGIN
  SELECT * INTO asked FROM bench_coupons WHERE n = n_in;
  coupon := CASE WHEN hot THEN asked.hot_id ELSE asked.acquisition_id END;
  IF EXISTS (SELECT 1 FROM redemptions WHERE redemption_id = id) THEN RETURN 'again'; END IF;
  SELECT * INTO owner FROM media WHERE key = asked.key AND key_version = 1;
  IF NOT FOUND OR owner.blocked = 1 THEN RETURN 'refused'; END IF;
  SELECT * INTO held FROM acquisitions WHERE holder_id = owner.holder_id AND acquisition_id = coupon;
  SELECT * INTO definition FROM campaigns WHERE campaign_id = held.campaign_id;
  IF definition.state <> 'approved' THEN RETURN 'refused'; END IF;
  seqs := take_changes(3);
  UPDATE acquisitions SET uses_left = uses_left - 1, change_seq = seqs[1]
  WHERE holder_id = owner.holder_id AND acquisition_id = coupon AND uses_left > 0 AND revoked = 0;
  IF NOT FOUND THEN RETURN 'refused'; END IF;
  INSERT INTO holder_usage (holder_id, campaign_id, period, uses, change_seq)
  VALUES (owner.holder_id, held.campaign_id, today::TEXT, 1, seqs[2])
  ON CONFLICT (holder_id, campaign_id, period) DO UPDATE SET uses = holder_usage.uses + 1, change_seq = excluded.change_seq;
  INSERT INTO holder_changes (change_seq, holder_id, acquisition_id, campaign_id, period)
  VALUES (seqs[1], owner.holder_id, coupon, NULL, NULL), (seqs[2], owner.holder_id, NULL, held.campaign_id, today::TEXT);
  INSERT INTO redemptions (redemption_id, intent_hash, station_id, store_id, status, state, origin, decided_at, day, entry, shown,
    decision)
  VALUES (id, sha256(id::BYTEA), 'bench', 's', 'approved', 'active', 'online', at, today, 'tap', 0,
    json_build_object('redemptionId', id, 'status', 'approved', 'changeSeq', seqs[2], 'totalDiscount', 50, 'lines',
      json_build_array(json_build_object('acquisitionId', coupon, 'discount', json_build_object('total', 50,
        'allocations', json_build_array(json_build_object('lineId', '1', 'amount', 50))))))::TEXT);
  INSERT INTO redemption_lines (redemption_id, acquisition_id, campaign_id, holder_id, period, discount, state)
  VALUES (id, coupon, held.campaign_id, owner.holder_id, today::TEXT, 50, 'counted');
  INSERT INTO outbox (position, at, type, store_id, data)
  VALUES (seqs[3], at, 'redemption.approved', 's', json_build_object('redemptionId', id, 'storeId', 's')::TEXT);
  INSERT INTO daily_figures AS f (day, campaign_id, store_id, redeemed, discount) VALUES (today, held.campaign_id, 's', 1, 50)
  ON CONFLICT (day, campaign_id, store_id) DO UPDATE SET redeemed = f.redeemed + 1, discount = f.discount + 50;
  UPDATE campaign_usage SET uses = uses + 1, value = value + 50
  WHERE campaign_id = held.campaign_id AND uses + lent_uses < 1000000000;
  RETURN 'approved';
END $$;
