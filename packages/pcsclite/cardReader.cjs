'use strict'

const { EventEmitter } = require('node:events')

/** SCARD_* as winscard.h and pcsclite.h define them; readers carry them as properties, as the original's did. */
const CONSTANTS = {
  SCARD_STATE_UNAWARE: 0x0000,
  SCARD_STATE_IGNORE: 0x0001,
  SCARD_STATE_CHANGED: 0x0002,
  SCARD_STATE_UNKNOWN: 0x0004,
  SCARD_STATE_UNAVAILABLE: 0x0008,
  SCARD_STATE_EMPTY: 0x0010,
  SCARD_STATE_PRESENT: 0x0020,
  SCARD_STATE_ATRMATCH: 0x0040,
  SCARD_STATE_EXCLUSIVE: 0x0080,
  SCARD_STATE_INUSE: 0x0100,
  SCARD_STATE_MUTE: 0x0200,
  SCARD_SHARE_EXCLUSIVE: 1,
  SCARD_SHARE_SHARED: 2,
  SCARD_SHARE_DIRECT: 3,
  SCARD_PROTOCOL_UNDEFINED: 0,
  SCARD_PROTOCOL_T0: 1,
  SCARD_PROTOCOL_T1: 2,
  SCARD_PROTOCOL_RAW: process.platform === 'win32' ? 0x10000 : 4,
  SCARD_LEAVE_CARD: 0,
  SCARD_RESET_CARD: 1,
  SCARD_UNPOWER_CARD: 2,
  SCARD_EJECT_CARD: 3,
  /** SCARD_CTL_CODE(3500) of Microsoft's CCID driver, SCARD_CTL_CODE(1) of libccid. */
  IOCTL_CCID_ESCAPE: process.platform === 'win32' ? 0x310000 + 3500 * 4 : 0x42000000 + 1,
}

const ANY_PROTOCOL = CONSTANTS.SCARD_PROTOCOL_T0 | CONSTANTS.SCARD_PROTOCOL_T1

/**
 * One reader. Events: `status` {state, atr}; `end` when it is unplugged; `connectFailed` {Error}, ours, because nfc-pcsc
 * 0.8.1 loses that error (`this.emit(err)`, without a name). `state` is the last status already told. `atr`, ours, is that
 * of the connected card: the one in pcsc-mini 0.1.3's events has the right length and the wrong bytes. `usb`, ours, is
 * where the reader is plugged in.
 */
class CardReader extends EventEmitter {
  #reader
  /** @type {import('pcsc-mini').Card | null} */
  #card = null
  /** Ends with the command under way; until then the card cannot be let go of. */
  #working = Promise.resolve()
  #connectionLost

  /**
   * @param {import('pcsc-mini').Reader} reader
   * @param {{bus: number, address: number} | null} usb
   * @param {() => void} connectionLost Called for each connection that pcsc-mini does not get back.
   */
  constructor(reader, usb = null, connectionLost = () => {}) {
    super()
    Object.assign(this, CONSTANTS)
    this.#reader = reader
    this.#connectionLost = connectionLost
    this.usb = usb
    this.name = reader.name()
    this.state = 0
    this.atr = Buffer.alloc(0)
    reader.on('change', ({ raw: state }, atr) => {
      this.emit('status', { state, atr: Buffer.from(atr) })
      this.state = state
    })
    reader.on('disconnect', () => this.close())
  }

  get connected() {
    return this.#card !== null
  }

  /**
   * @param {{share_mode?: number, protocol?: number} | ((error: Error | null, protocol?: number) => void)} options
   * @param {(error: Error | null, protocol?: number) => void} [callback]
   */
  connect(options, callback) {
    if (typeof options === 'function') return this.connect({}, options)
    const mode = options.share_mode ?? CONSTANTS.SCARD_SHARE_EXCLUSIVE
    const protocol =
      options.protocol ?? (mode === CONSTANTS.SCARD_SHARE_DIRECT ? CONSTANTS.SCARD_PROTOCOL_UNDEFINED : ANY_PROTOCOL)
    const connect = async () => {
      // A handle left from a card that has gone would fail every later call: it never survives a new connect.
      await this.#drop(CONSTANTS.SCARD_LEAVE_CARD).catch(() => {})
      try {
        const card = await this.#reader.connect(mode, protocol)
        this.#card = card
        this.atr = mode === CONSTANTS.SCARD_SHARE_DIRECT ? Buffer.alloc(0) : Buffer.from((await card.state()).atr)
        return card.protocol()
      } catch (error) {
        this.emit('connectFailed', error)
        throw error
      }
    }
    settle(connect(), callback)
  }

  /**
   * @param {number | ((error: Error | null) => void)} disposition
   * @param {(error: Error | null) => void} [callback]
   */
  disconnect(disposition, callback) {
    if (typeof disposition === 'function') return this.disconnect(CONSTANTS.SCARD_UNPOWER_CARD, disposition)
    settle(this.#drop(disposition), callback)
  }

  /**
   * @param {Uint8Array} data
   * @param {number} responseLength Most bytes of the answer, status word included.
   * @param {number} protocol
   * @param {(error: Error | null, response?: Buffer) => void} callback
   */
  transmit(data, responseLength, protocol, callback) {
    const card = this.#card
    if (!card) return callback(new Error('Card Reader not connected'))
    settle(this.#work(card.transmitProtocol(protocol, data, new ArrayBuffer(responseLength))), callback)
  }

  /**
   * @param {Uint8Array} data
   * @param {number} code
   * @param {number} responseLength
   * @param {(error: Error | null, response?: Buffer) => void} callback
   */
  control(data, code, responseLength, callback) {
    const card = this.#card
    if (!card) return callback(new Error('Card Reader not connected'))
    settle(this.#work(card.control(code, data, new ArrayBuffer(responseLength))), callback)
  }

  /** Ends this reader: it has been unplugged, or the service has stopped. */
  close() {
    // What could not be let go of has been counted.
    void this.#working.then(() => this.#drop(CONSTANTS.SCARD_LEAVE_CARD)).catch(() => {})
    this.emit('end')
    this.removeAllListeners()
  }

  async #drop(disposition) {
    const card = this.#card
    this.#card = null
    await release(card, disposition, this.#connectionLost)
  }

  /** pcsc-mini answers with a view of the buffer it was given. */
  #work(answer) {
    this.#working = answer.then(
      () => {},
      () => {},
    )
    return answer.then((bytes) => Buffer.from(bytes))
  }
}

/**
 * Lets go of a card. pcsc-mini 0.1.3 has room for four connections and keeps one for ever whose disconnect has failed:
 * because its reader has been pulled, because a command is still under way.
 */
async function release(card, disposition, connectionLost) {
  try {
    await card?.disconnect(disposition)
  } catch (error) {
    connectionLost()
    throw error
  }
}

/** Answers a Node-style callback from a promise; an exception in the callback stays the callback's own. */
function settle(promise, callback = () => {}) {
  promise.then(
    (value) => setImmediate(callback, null, value),
    (error) => setImmediate(callback, error),
  )
}

module.exports = { CardReader, release }
