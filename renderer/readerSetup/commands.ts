/** What of a driver's advice can be typed into a terminal as it stands; the drivers write commands after a colon. */
export function commandsIn(fix: string): string[] {
  // A full stop ends a command where a sentence ends, not within a file's name; so do a comma and a bracket.
  return [...fix.matchAll(/(?<=:\s)(?:sudo|echo) .+?(?=,\s|\s\(|\)|\.\s|\.?$|;\s)/g)].map(([command]) => command.trim())
}

/**
 * Puts text on the clipboard. Where the browser does not allow it, as in a locked-down kiosk, the older way by a
 * selection is tried. False: neither worked, and the text is selected for the person to copy.
 */
export async function copy(text: string, shownIn: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const selection = getSelection()
    selection?.selectAllChildren(shownIn)
    return document.execCommand('copy')
  }
}
