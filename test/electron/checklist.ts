/** Where a line of the checklist is proven: `here`, with the real thing; `double`, of Electron's API; `binary`, in Electron. */
export type Proof = 'here' | 'double' | 'binary'

export interface ChecklistLine {
  readonly topic: string
  readonly claim: string
  readonly proofs: readonly { readonly proof: Proof; readonly file: string; readonly test: string }[]
}

const unit = (proof: Proof, file: string, test: string) => ({ proof, file: `test/unit/${file}.test.ts`, test })
const here = (file: string, test: string) => unit('here', file, test)
const double = (file: string, test: string) => unit('double', `electron/${file}`, test)
const browser = (test: string) => ({ proof: 'here' as const, file: 'test/e2e/kiosk.test.ts', test })
const shell = (test: string) => ({ proof: 'binary' as const, file: 'test/electron/shell.electron.ts', test })
const kiosk = (test: string) => ({ proof: 'binary' as const, file: 'test/electron/kiosk.electron.ts', test })

/** Everything that an Electron kiosk has to do, and the test that holds it; docs/electron-status.md is this list. */
export const CHECKLIST: readonly ChecklistLine[] = [
  {
    topic: 'Support',
    claim: 'one Electron, of a major that is kept up; the packages are made of the one that is tested',
    proofs: [here('packaging/electronBuilder', 'of the Electron that is tested')],
  },
  {
    topic: 'Binary',
    claim: 'looked for without loading Electron, which would fetch it; where it cannot be had, that is known and said',
    proofs: [
      here('bin/startParts', 'is not there in a package that has not fetched it'),
      here('bin/startParts', 'cannot be fetched without its package'),
      here('electron/status', 'says by name that the program is not here'),
    ],
  },
  {
    topic: 'Bundling',
    claim: 'one file a program; main and preload load nothing but Electron; the preload is CommonJS',
    proofs: [
      here('electron/bundle', 'keeps natives out of the shell'),
      here('electron/bundle', 'has a preload that runs where a sandbox gives it nothing'),
    ],
  },
  {
    topic: 'Isolation',
    claim: 'sandbox, context isolation, no Node in the page',
    proofs: [
      double('shell', 'opens one isolated, sandboxed kiosk window'),
      shell('without any of Node or Electron in it'),
    ],
  },
  {
    topic: 'Protocol',
    claim: '`app://` serves files under its root and nothing else, whatever the path',
    proofs: [
      double('appProtocol', 'has nothing for %s'),
      here('counter/supervisor/rendererFiles', 'stays inside the root for any path at all'),
      shell('shows the screen from its own origin'),
    ],
  },
  {
    topic: 'Content',
    claim: "a policy that begins with `default-src 'none'`",
    proofs: [double('appProtocol', 'serves the page with a policy'), kiosk('enforces its content security policy')],
  },
  {
    topic: 'Navigation',
    claim: 'no navigation, redirect, window or embedded page; parsed origins, exact',
    proofs: [
      double('lockdown', 'goes nowhere, whatever address it is given'),
      shell('stays where it is and opens nothing'),
    ],
  },
  {
    topic: 'Permissions',
    claim: 'every permission, device and download refused',
    proofs: [double('lockdown', 'grants no permission and no device'), kiosk('grants no permission')],
  },
  {
    topic: 'IPC',
    claim:
      'one way in: main frame, exact origin, a schema for each channel, fails closed; commands answer with outcomes',
    proofs: [
      double('screenGate', 'lets nothing in that is not exactly our origin'),
      double('screenGate', 'drops what comes from %s'),
      double('screenBridge', 'gives nothing of Electron to the page'),
    ],
  },
  {
    topic: 'utilityProcess',
    claim: 'a name, only the environment it needs, ended when it hangs, started again',
    proofs: [
      double('utilityProcesses', 'runs the bundled program under a name'),
      here('counter/livingProgram', 'ends with 1 when nobody handles a rejection'),
      here('counter/supervisor/childEnvironment', 'and nothing of %s'),
      here('counter/supervisor/counterSupervisor', 'is ended after half a minute, and started again'),
      shell('recovers when its %s process is killed'),
    ],
  },
  {
    topic: 'Fuses',
    claim: 'no `runAsNode`, no NODE_OPTIONS, no inspector, no file privileges, only from its archive',
    proofs: [
      here('packaging/electronBuilder', 'every fuse is said'),
      here('packaging/fuses', 'are read in their order'),
      kiosk('has every fuse as the configuration says'),
    ],
  },
  {
    topic: 'End to end',
    claim: 'Playwright works the shell of the sources; the packed one, which lets nobody inspect it, by its fuses',
    proofs: [shell('does the main job'), kiosk('has every fuse as the configuration says')],
  },
  {
    topic: 'Native',
    claim: 'nothing is rebuilt; native modules lie unpacked and load from there',
    proofs: [
      here('packaging/electronBuilder', 'rebuilds nothing and unpacks native modules'),
      here('packaging/staged', 'has native modules that load from where they lie'),
      shell('does the main job'),
    ],
  },
  {
    topic: 'Single instance',
    claim: 'claimed before anything is opened; the second ends by itself',
    proofs: [double('shell', 'ends at once where another instance runs'), shell('a second instance ends by itself')],
  },
  {
    topic: 'Crash',
    claim: 'a crashed page is loaded again, five times in five minutes, then code 1',
    proofs: [double('shell', 'is loaded again, five times in five minutes'), shell('loads a page that crashed again')],
  },
  {
    topic: 'Hang',
    claim: 'a page that is not heard for half a minute is ended and comes back',
    proofs: [
      double('shell', 'is ended when it was heard and then is not'),
      here('counter/supervisor/silenceWatch', 'is not blamed for a night that the computer slept'),
      kiosk('brings a page that hangs back by itself'),
    ],
  },
  {
    topic: 'Kiosk',
    claim: 'null menu, no developer tools, no zoom, no key that leads out; the window cannot be closed',
    proofs: [
      double('shell', 'stays open, whole and in front'),
      double('lockdown', 'is not left by %s'),
      kiosk('has no menu, no developer tools, no zoom'),
      kiosk('cannot be closed by its window'),
    ],
  },
  {
    topic: 'Page',
    claim:
      'no menu, zoom, drop or key that leads away; an idle screen; a screen that cannot be drawn comes back or says so',
    proofs: [
      browser('has no menu, no zoom, nothing dropped on it'),
      browser('goes dark when nobody is here'),
      browser('loads a screen that cannot be drawn again'),
    ],
  },
  {
    topic: 'Way out',
    claim: "a manager's PIN, with an exit code of its own",
    proofs: [
      here('counter/besideShell', 'is not ended by anybody else, whoever asks'),
      double('shell', 'is left by a manager, with a code of its own'),
      kiosk('is left by its own button, with code 40'),
    ],
  },
  {
    topic: 'Secrets',
    claim: 'sealed by the keystore; `basic_text` counts as none: a 0600 file, and the manager is told',
    proofs: [
      double('secretsKey', 'is not kept by %s, which is no keystore'),
      here('counter/station/sealedSecrets', 'holds no secret in the clear'),
      double('shell', 'says that secrets are in a file'),
      kiosk('says what keeps its keys, as the keystore is'),
    ],
  },
  {
    topic: 'Power',
    claim: 'the display stays awake',
    proofs: [double('shell', 'claims its folder and names its scheme'), kiosk('keeps the display awake')],
  },
  {
    topic: 'Supervision',
    claim: 'systemd hears ready only after the page has spoken, and a beat; it starts everything but a way out again',
    proofs: [
      double('shell', 'hears that the service is ready when the page speaks'),
      here('counter/supervisor/serviceNotifier', 'beats three times within what the watchdog allows'),
      here('packaging/systemFiles', 'starts it again whatever happens'),
    ],
  },
  {
    topic: 'Autostart',
    claim: 'a systemd user unit in the graphical session; a desktop entry where systemd does not run it',
    proofs: [here('packaging/systemFiles', 'runs what the package installs, in the session of who sits there')],
  },
  {
    topic: 'Update',
    claim: 'fetched by day, installed in the maintenance window, never during a shift, never by the way at the end',
    proofs: [
      double('updates', 'never during a shift'),
      double('updates', 'installs at night, ten minutes after nobody works here'),
      double('shell', 'is installed once both processes have ended'),
    ],
  },
  {
    topic: 'Installed copy',
    claim: 'reads its settings file and names what is wrong in it',
    proofs: [double('shellSettings', 'needs nothing but the server'), kiosk('asks for its settings when it has none')],
  },
  {
    topic: 'Tests',
    claim: 'nothing that runs in Node loads Electron: it is a value under `electron/` alone',
    proofs: [here('architecture', 'keeps its import directions')],
  },
]

/** The list as a table in Markdown. */
export function checklistTable(lines: readonly ChecklistLine[]): string {
  const words: Readonly<Record<Proof, string>> = {
    here: 'proven here',
    double: 'by double',
    binary: 'needs the binary',
  }
  const rows = lines.flatMap(({ topic, claim, proofs }) =>
    proofs.map(({ proof, file, test }, index) => {
      const command =
        proof === 'binary'
          ? '`npm run verify:electron`'
          : `\`npx vitest run --project ${file.split('/')[1]} ${file.replace(/^test\/\w+\//, '')}\``
      return `| ${index === 0 ? `**${topic}**: ${claim}` : ''} | ${words[proof]} | ${test} | ${command} |`
    }),
  )
  return ['| line | proof | test | command |', '|---|---|---|---|', ...rows].join('\n')
}
