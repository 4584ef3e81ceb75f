import Fastify from 'fastify'
import cors from '@fastify/cors'
import todoRoutes from './routes/todos.js'
import statsRoutes from './routes/stats.js'
import { guard } from '../guardrails/index.mjs'

/**
 * Creates and configures the Fastify application
 */
export async function createApp(options = {}) {
  const app = Fastify({ logger: false, ...options })
  guard(app)

  await app.register(cors, { origin: true })

  app.setNotFoundHandler((request, reply) => {
    reply.code(404).send({ error: 'Not Found', message: `Route ${request.method} ${request.url} not found` })
  })

  app.setErrorHandler((error, request, reply) => {
    if (error.validation) {
      return reply.code(400).send({ error: 'Validation Error', details: error.validation.map((v) => v.message) })
    }
    console.error(error)
    reply.code(error.statusCode || 500).send({ error: 'Internal Server Error' })
  })

  app.get('/health', async () => ({ status: 'ok', timestamp: new Date().toISOString() }))

  await app.register(todoRoutes, { prefix: '/api/todos' })
  await app.register(statsRoutes, { prefix: '/api' })

  return app
}
