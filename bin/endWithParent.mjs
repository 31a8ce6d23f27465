// Loaded into the embedded server (`node --import`): when whoever started it is gone, even killed, it ends as if asked
// to, instead of holding its database against the next start.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
