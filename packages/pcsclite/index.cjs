'use strict'

/**
 * The interface of `@pokusew/pcsclite`, as `nfc-pcsc` uses it, over `pcsc-mini`. The original is bound to one ABI and
 * needs a compiler at install; pcsc-mini is Node-API with prebuilt binaries, so one install loads in Node and in Electron.
 *
 * A PC/SC service that does not run is an `error` event here, never an exception. After an `error` the emitter is dead,
 * because pcsc-mini's monitor has ended: make another one.
 */

const { EventEmitter } = require('node:events')
const { Client } = require('pcsc-mini')
const { CardReader, release } = require('./cardReader.cjs')

/**
 * Clients that lost the service while they ran: pcsc-mini 0.1.3 can neither stop nor restart them, and when one is
 * garbage-collected its finalizer throws where nobody can catch it, which ends the process. And clients whose connections
 * were lost, which live in their memory. So they are kept; they are as few as the mishaps that made them.
 */
const keptClients = []

/** A command that was under way at a client's end lives in its memory, and has ended by then. */
const COMMAND_MS = 60_000

/**
 * A reader that does not say by then where it is must do without. Long, because a card must not be connected to while the
 * reader is still being asked.
 */
const IDENTIFY_MS = 1_000

/** libccid puts the serial number of a reader that has one into its name, before two numbers: it need not be asked. */
const NAMES_ITS_SERIAL = /\([^()]+\) [0-9A-F]{2} [0-9A-F]{2}$/

const SCARD_SHARE_DIRECT = 3
const SCARD_PROTOCOL_UNDEFINED = 0
const SCARD_LEAVE_CARD = 0
const SCARD_ATTR_CHANNEL_ID = 0x00020110
/** Upper half of a channel id on USB: the lower holds bus and address (PC/SC part 3, SCARD_ATTR_CHANNEL_ID). */
const CHANNEL_USB = 0x0020

/** Where on the USB a reader is; null: not told. Connects to the reader and not to a card. */
async function usbAddress(native, connectionLost) {
  const card = await native.connect(SCARD_SHARE_DIRECT, SCARD_PROTOCOL_UNDEFINED)
  try {
    const bytes = await card.attributeGet(SCARD_ATTR_CHANNEL_ID)
    if (bytes.length < 4 || bytes[2] + bytes[3] * 256 !== CHANNEL_USB) return null
    return { bus: bytes[1], address: bytes[0] }
  } finally {
    await release(card, SCARD_LEAVE_CARD, connectionLost).catch(() => {})
  }
}

/** What a promise resolves to; null when it rejects or takes longer. */
function within(milliseconds, promise) {
  let timer
  const deadline = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds, null)
  })
  return Promise.race([promise.catch(() => null), deadline]).finally(() => clearTimeout(timer))
}

/** Events: `reader` {CardReader}; `error` {Error with `code`}; `started`, ours: the service answers. */
class PCSCLite extends EventEmitter {
  #client = new Client()
  #started = false
  #closed = false
  /** @type {Record<string, CardReader>} */
  readers = {}
  /** Of the four connections there can be at a time, those that are lost until there is another PCSCLite. */
  lostConnections = 0

  constructor() {
    super()
    this.#client.on('reader', (native) => void this.#found(native))
    this.#client.on('error', (error) => this.#fail(error))
    // After the caller has attached its listeners.
    setImmediate(() => {
      if (this.#closed) return
      try {
        this.#client.start()
      } catch (error) {
        return this.#fail(error)
      }
      this.#started = true
      this.emit('started')
    })
  }

  /** Tells of a reader once it is known where it is plugged in; what it has said until then is said again. */
  async #found(native) {
    const early = []
    const keep = (...change) => early.push(change)
    let gone = false
    const end = () => {
      gone = true
    }
    native.on('change', keep)
    native.on('disconnect', end)
    const lost = () => {
      this.lostConnections += 1
    }
    const usb = NAMES_ITS_SERIAL.test(native.name()) ? null : await within(IDENTIFY_MS, usbAddress(native, lost))
    native.off('change', keep)
    native.off('disconnect', end)
    if (gone || this.#closed) return
    const reader = new CardReader(native, usb, lost)
    this.readers[reader.name] = reader
    reader.once('end', () => delete this.readers[reader.name])
    this.emit('reader', reader)
    for (const change of early) native.emit('change', ...change)
  }

  close() {
    if (this.#closed) return
    this.#closed = true
    const client = this.#client
    try {
      if (this.#started) client.stop()
      setTimeout(() => this.lostConnections > 0 && keptClients.push(client), COMMAND_MS).unref()
    } catch {
      keptClients.push(client)
    }
    for (const reader of Object.values(this.readers)) reader.close()
  }

  #fail(error) {
    if (this.#closed) return
    this.close()
    this.emit('error', error)
  }
}

module.exports = () => new PCSCLite()
