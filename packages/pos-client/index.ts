export { PosClient, type PosClientOptions, USUAL_ADDRESS } from './client.ts'
export type { Connection, ConnectionEvents, Link } from './connection.ts'
export { RefusedError, UnreachableError } from './failures.ts'
export type { Basket, Counter, Discount, Problem, SaleCompleted, Transaction } from './types.ts'
