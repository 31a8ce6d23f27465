/** No answer of the server is larger; a page of changes is far below. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/** The body as text, or null when it is longer than `maxBytes`: then reading stops there. */
export async function readBody(response: Response, maxBytes: number): Promise<string | null> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += (chunk as Uint8Array).byteLength
    // Leaving the loop cancels the stream and with it the connection.
    if (bytes > maxBytes) return null
    text += decoder.decode(chunk as Uint8Array, { stream: true })
  }
  return text + decoder.decode()
}
