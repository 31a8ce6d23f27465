import fastify from 'fastify'

/** The limit that redemptions are measured against: a Fastify POST that reads JSON and answers a little. */
const app = fastify({ logger: false })
app.post('/empty', async () => ({ ok: true }))
console.log(JSON.stringify({ url: await app.listen({ port: 0, host: '127.0.0.1' }), paths: ['/empty'] }))
