import { type Running, type ServerLine, startServer } from '../e2e/product.ts'

/** The real coupon server over one database file: killed and started again as often as a test likes. */
export class RestartableServer {
  readonly #dataDir: string
  #running: Running<ServerLine>
  #starting: Promise<void> | null = null

  private constructor(dataDir: string, running: Running<ServerLine>) {
    this.#dataDir = dataDir
    this.#running = running
  }

  static async start(dataDir: string): Promise<RestartableServer> {
    return new RestartableServer(dataDir, await startServer(dataDir))
  }

  line(): ServerLine {
    return this.#running.line
  }

  /** `kill -9`, then a new process on the same file and port. */
  killAndRestart(): Promise<void> {
    this.#starting ??= this.kill()
      .then(() => this.restart())
      .finally(() => {
        this.#starting = null
      })
    return this.#starting
  }

  /** `kill -9`; nothing if it has ended. */
  async kill(): Promise<void> {
    const { process: child } = this.#running
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** A new process on the same file and port, after a `kill`. */
  async restart(): Promise<void> {
    const { port } = new URL(this.#running.line.url)
    this.#running = await startServer(this.#dataDir, Number(port))
  }

  async stop(): Promise<void> {
    await this.#starting
    await this.#running.stop()
  }
}
