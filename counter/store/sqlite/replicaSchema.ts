import { REPLICA_SCHEMA } from '../../../core/replica/schema.ts'
import type { Migrations } from './database.ts'

/** `replica.db`: made here or by the server. One of another version is thrown away, never migrated. */
export const REPLICA_MIGRATIONS: Migrations = [REPLICA_SCHEMA]
