import { CardMode, Client, ReaderStatus } from 'pcsc-mini'

/**
 * Another program in the guest that wants a card to itself, like an ID card's: connects exclusively (SCARD_SHARE_EXCLUSIVE)
 * to the first card it sees, says so with one message, and holds it until it is killed.
 */
let connecting = false
const client = new Client().on('reader', (reader) => {
  reader.on('change', async (status) => {
    if (connecting || !status.has(ReaderStatus.PRESENT)) return
    connecting = true
    await reader.connect(CardMode.EXCLUSIVE)
    process.send?.('held')
  })
})
client.on('error', (error) => {
  throw error
})
client.start()
