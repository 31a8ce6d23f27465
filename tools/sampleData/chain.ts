import { sampleId } from './ids.ts'

/** Three shops of one supermarket chain; the convenience store is open all night, so its business day starts at 4. */
export const stores = [
  {
    storeId: 'kichijoji',
    name: 'Hinata Market Kichijoji',
    timeZone: 'Asia/Tokyo',
    currency: 'JPY',
    businessDayStartHour: 0,
  },
  {
    storeId: 'shimokitazawa',
    name: 'Hinata Express Shimokitazawa',
    timeZone: 'Asia/Tokyo',
    currency: 'JPY',
    businessDayStartHour: 4,
  },
  { storeId: 'yanaka', name: 'Hinata Market Yanaka', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 0 },
]

/** Demo PINs and passwords are published; a real deployment sets its own. */
export const operators = [
  { operatorId: sampleId('operator', 1), name: 'Rin Takeda', role: 'cashier', pin: '1234' },
  { operatorId: sampleId('operator', 2), name: 'Sota Aoki', role: 'cashier', pin: '2345' },
  {
    operatorId: sampleId('operator', 3),
    name: 'Kaori Mizuno',
    role: 'manager',
    pin: '3456',
    password: 'demo manager of this chain',
  },
  {
    operatorId: sampleId('operator', 4),
    name: 'Mio Hasegawa',
    role: 'planner',
    pin: '4567',
    password: 'demo planner of this chain',
  },
  {
    operatorId: sampleId('operator', 5),
    name: 'Tsubasa Ono',
    role: 'approver',
    pin: '5678',
    password: 'demo approver of this chain',
  },
  {
    operatorId: sampleId('operator', 6),
    name: 'Naoki Fujita',
    role: 'auditor',
    pin: '6789',
    password: 'demo auditor of this chain',
  },
  {
    operatorId: sampleId('operator', 7),
    name: 'Emi Kuroda',
    role: 'admin',
    pin: '7890',
    password: 'demo admin of this chain',
  },
]

export const PLANNER = sampleId('operator', 4)
export const APPROVER = sampleId('operator', 5)
