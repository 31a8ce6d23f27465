'use strict'

/**
 * The interface of `@pokusew/pcsclite`, as `nfc-pcsc` uses it, over `pcsc-mini`. The original is bound to one ABI and
 * needs a compiler at install; pcsc-mini is Node-API with prebuilt binaries, so one install loads in Node and in Electron.
 *
 * Where the two differ:
 * - A PC/SC service that does not run is an `error` event, never an exception. After an `error` the emitter is dead,
 *   because pcsc-mini's monitor has ended: make another one.
 * - A card that was swapped between two polls shows as removed and inserted. pcsc-mini drops the event counter, so a
 *   changed ATR is the only trace.
 */

const { EventEmitter } = require('node:events')
const { Client, CardDisposition, CardMode, controlCode, Protocol, ReaderStatus } = require('pcsc-mini')

/** SCARD_* as winscard.h names them; readers carry them as properties, as the original's did. */
const CONSTANTS = {
  SCARD_STATE_UNAWARE: 0,
  SCARD_STATE_IGNORE: ReaderStatus.IGNORE,
  SCARD_STATE_CHANGED: ReaderStatus.CHANGED,
  SCARD_STATE_UNKNOWN: ReaderStatus.UNKNOWN,
  SCARD_STATE_UNAVAILABLE: ReaderStatus.UNAVAILABLE,
  SCARD_STATE_EMPTY: ReaderStatus.EMPTY,
  SCARD_STATE_PRESENT: ReaderStatus.PRESENT,
  SCARD_STATE_ATRMATCH: ReaderStatus.ATR_MATCH,
  SCARD_STATE_EXCLUSIVE: ReaderStatus.EXCLUSIVE,
  SCARD_STATE_INUSE: ReaderStatus.IN_USE,
  SCARD_STATE_MUTE: ReaderStatus.MUTE,
  SCARD_SHARE_SHARED: CardMode.SHARED,
  SCARD_SHARE_EXCLUSIVE: CardMode.EXCLUSIVE,
  SCARD_SHARE_DIRECT: CardMode.DIRECT,
  SCARD_PROTOCOL_UNDEFINED: Protocol.UNSET,
  SCARD_PROTOCOL_T0: Protocol.T0,
  SCARD_PROTOCOL_T1: Protocol.T1,
  SCARD_PROTOCOL_RAW: Protocol.RAW,
  SCARD_LEAVE_CARD: CardDisposition.LEAVE,
  SCARD_RESET_CARD: CardDisposition.RESET,
  SCARD_UNPOWER_CARD: CardDisposition.UNPOWER,
  SCARD_EJECT_CARD: CardDisposition.EJECT,
}

/**
 * One reader. Events: `status` {state, atr}; `end` when it is unplugged; `connectFailed` {Error}, ours, because nfc-pcsc
 * 0.8.1 loses that error (`this.emit(err)`, without a name). `state` is the last status already told.
 */
class CardReader extends EventEmitter {
  #reader
  /** @type {import('pcsc-mini').Card | null} */
  #card = null
  #atr = Buffer.alloc(0)

  /** @param {import('pcsc-mini').Reader} reader */
  constructor(reader) {
    super()
    Object.assign(this, CONSTANTS, { IOCTL_CCID_ESCAPE: controlCode(1) })
    this.#reader = reader
    this.name = reader.name()
    this.state = 0
    reader.on('change', (status, atr) => this.#onChange(status.raw, Buffer.from(atr)))
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
    const mode = options.share_mode ?? CardMode.EXCLUSIVE
    const protocol = options.protocol ?? (mode === CardMode.DIRECT ? Protocol.UNSET : Protocol.ANY)
    const connect = async () => {
      // A handle left from a card that has gone would fail every later call: it never survives a new connect.
      await this.#drop(CardDisposition.LEAVE).catch(() => {})
      try {
        this.#card = await this.#reader.connect(mode, protocol)
      } catch (error) {
        this.emit('connectFailed', error)
        throw error
      }
      return this.#card.protocol()
    }
    settle(connect(), callback)
  }

  /**
   * @param {number | ((error: Error | null) => void)} disposition
   * @param {(error: Error | null) => void} [callback]
   */
  disconnect(disposition, callback) {
    if (typeof disposition === 'function') return this.disconnect(CardDisposition.UNPOWER, disposition)
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
    settle(card.transmitProtocol(protocol, data, new ArrayBuffer(responseLength)).then(copy), callback)
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
    settle(card.control(code, data, new ArrayBuffer(responseLength)).then(copy), callback)
  }

  /** Ends this reader: it has been unplugged, or the service has stopped. */
  close() {
    this.#card = null
    this.emit('end')
    this.removeAllListeners()
  }

  async #drop(disposition) {
    const card = this.#card
    this.#card = null
    await card?.disconnect(disposition)
  }

  #onChange(state, atr) {
    const swapped =
      (this.state & state & ReaderStatus.PRESENT) !== 0 &&
      this.#atr.length > 0 &&
      atr.length > 0 &&
      !this.#atr.equals(atr)
    if (swapped) this.#tell((state & ~ReaderStatus.PRESENT) | ReaderStatus.EMPTY, Buffer.alloc(0))
    this.#tell(state, atr)
  }

  #tell(state, atr) {
    if (state & ReaderStatus.EMPTY) this.#atr = Buffer.alloc(0)
    else if (atr.length > 0) this.#atr = atr
    this.emit('status', { state, atr })
    this.state = state
  }
}

/** Events: `reader` {CardReader}; `error` {Error with `code`}; `started`, ours: the service answers. */
class PCSCLite extends EventEmitter {
  #client = new Client()
  #closed = false
  /** @type {Record<string, CardReader>} */
  readers = {}

  constructor() {
    super()
    this.#client.on('reader', (native) => {
      const reader = new CardReader(native)
      this.readers[reader.name] = reader
      reader.once('end', () => delete this.readers[reader.name])
      this.emit('reader', reader)
    })
    this.#client.on('error', (error) => this.#fail(error))
    // After the caller has attached its listeners.
    setImmediate(() => {
      if (this.#closed) return
      try {
        this.#client.start()
      } catch (error) {
        return this.#fail(error)
      }
      this.emit('started')
    })
  }

  close() {
    if (this.#closed) return
    this.#closed = true
    try {
      this.#client.stop()
    } catch {
      // The service is gone already: there is nothing left to detach from.
    }
    for (const reader of Object.values(this.readers)) reader.close()
  }

  #fail(error) {
    if (this.#closed) return
    this.close()
    this.emit('error', error)
  }
}

/** pcsc-mini answers with a view of the buffer it was given. */
const copy = (bytes) => Buffer.from(bytes)

/** Answers a Node-style callback from a promise; an exception in the callback stays the callback's own. */
function settle(promise, callback = () => {}) {
  promise.then(
    (value) => setImmediate(callback, null, value),
    (error) => setImmediate(callback, error),
  )
}

module.exports = () => new PCSCLite()
module.exports.CardReader = CardReader
