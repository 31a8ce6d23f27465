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
const { CardReader } = require('./cardReader.cjs')

/**
 * Clients that lost the service while they ran. pcsc-mini 0.1.3 can neither stop nor restart them, and when one is
 * garbage-collected its finalizer throws where nobody can catch it, which ends the process. So they are kept: one for
 * each time that the service went away.
 */
const lostClients = []

/** Events: `reader` {CardReader}; `error` {Error with `code`}; `started`, ours: the service answers. */
class PCSCLite extends EventEmitter {
  #client = new Client()
  #started = false
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
      this.#started = true
      this.emit('started')
    })
  }

  close() {
    if (this.#closed) return
    this.#closed = true
    try {
      if (this.#started) this.#client.stop()
    } catch {
      lostClients.push(this.#client)
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
