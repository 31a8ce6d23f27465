/**
 * Redemption lines of a holder, for a WITH: `line (redemption_id, acquisition_id)`, whose one parameter is the holder's id. Every coupon
 * names the last redemption that has a line of it, and every line the one before: an index by holder would write a page
 * somewhere in the file for every redemption, and a coupon's row is written anyway.
 */
export const LINES_OF_HOLDER = `WITH RECURSIVE line (redemption_id, acquisition_id) AS (
    SELECT latest_redemption, acquisition_id FROM acquisitions WHERE holder_id = ? AND latest_redemption IS NOT NULL
    UNION ALL
    SELECT l.earlier_redemption, l.acquisition_id FROM line JOIN redemption_lines l USING (redemption_id, acquisition_id)
    WHERE l.earlier_redemption IS NOT NULL)`

/** The same where lines have an index by holder, as PostgreSQL's have: there a row in the middle costs no page. */
export const LINES_BY_INDEX =
  'WITH line (redemption_id, acquisition_id) AS (SELECT redemption_id, acquisition_id FROM redemption_lines WHERE holder_id = ?)'
