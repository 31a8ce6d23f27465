/** Variables that the counter's programs need of the one that starts them; whatever else it has is not theirs to know. */
const NEEDED: readonly RegExp[] = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|TZ|TZDIR|TERM|NO_COLOR|FORCE_COLOR)$/,
  /^LC_/,
  /^(TMPDIR|TEMP|TMP)$/i,
  // Native libraries of an AppImage; the socket of another pcscd; libusb's own log level.
  /^(LD_LIBRARY_PATH|PCSCLITE_\w+|LIBUSB_DEBUG)$/,
  // An authority of the shop's own, and a proxy on the way to the server.
  /^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|HTTPS?_PROXY|NO_PROXY|NODE_USE_ENV_PROXY)$/i,
  // Windows resolves its own folders and libraries by these.
  /^(SystemRoot|SystemDrive|windir|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|ProgramData|ProgramFiles.*)$/i,
]

/**
 * The environment of a program that a shell starts: only what it needs. One-time codes, other programs' tokens and
 * whatever changes how Node runs (`NODE_OPTIONS`, `ELECTRON_RUN_AS_NODE`, `LD_PRELOAD`) stay behind.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && NEEDED.some((needed) => needed.test(name))) kept[name] = value
  }
  return kept
}
