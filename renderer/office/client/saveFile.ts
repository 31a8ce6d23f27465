/** Gives the person a file that was put together here; it went over no network. */
export function saveFile(name: string, text: string, type = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Some browsers begin to read it later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
