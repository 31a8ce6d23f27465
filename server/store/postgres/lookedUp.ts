/**
 * Rows of a table for each row that stands before it in a FROM. OFFSET 0 keeps it what it says, a look-up by index: tables grow
 * from nothing while a statement stays prepared, and a plan that was made for a small one reads the whole of a large one.
 */
export const lookedUp = (table: string, where: string): string =>
  `LATERAL (SELECT * FROM ${table} WHERE ${where} OFFSET 0)`

/**
 * For a connection that decides: everything there is found by index. Of many ids at once PostgreSQL expects ten, whatever
 * they are, so there is nothing to plan anew each time either.
 */
export const BY_INDEX = `SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off;
  SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off`
