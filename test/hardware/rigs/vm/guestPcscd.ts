import type { GuestProcess } from './guestProcess.ts'
import type { VirtualMachine } from './virtualMachine.ts'

/** Starts it again when it has died, as systemd's pcscd.socket does when its clients come back. */
const KEPT = `trap 'kill -KILL $daemon; exit 0' TERM
while :; do
  /usr/sbin/pcscd --foreground --config /dev/null & daemon=$!
  wait $daemon
  echo "died of $?"
done`

/** The guest's pcscd, with libccid and no other driver. */
export class GuestPcscd {
  readonly #process: GuestProcess

  private constructor(process: GuestProcess) {
    this.#process = process
  }

  static async start(vm: VirtualMachine): Promise<GuestPcscd> {
    return new GuestPcscd(await vm.spawn(['sh', '-c', KEPT]))
  }

  /** Exit codes of the daemons that died by themselves, 128 and a signal's number where one ended them. */
  get deaths(): string[] {
    return [...this.#process.output.matchAll(/died of (\d+)/g)].flatMap(([, code]) => code ?? [])
  }

  /** Ends it at once and for good. */
  async kill(): Promise<void> {
    await this.#process.kill('SIGTERM')
  }
}
