import 'dotenv/config'
import { createApp } from './app.js'

const PORT = process.env.PORT || 3001
const HOST = process.env.HOST || '0.0.0.0'

const app = await createApp({ logger: true })

const shutdown = async (signal) => {
  app.log.info(`Received ${signal}, shutting down gracefully`)
  try {
    await app.close()
    process.exit(0)
  } catch (err) {
    app.log.error(err)
    process.exit(1)
  }
}

process.on('SIGTERM', () => shutdown('SIGTERM'))
process.on('SIGINT', () => shutdown('SIGINT'))

try {
  await app.listen({ port: PORT, host: HOST })
} catch (err) {
  app.log.error(err)
  process.exit(1)
}
