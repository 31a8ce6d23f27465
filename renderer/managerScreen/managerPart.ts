/** What a manager opens at the counter: one at a time. */
export type ManagerPart = 'readers' | 'offline' | 'day'
