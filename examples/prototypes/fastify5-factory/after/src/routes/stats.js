import { listTodos } from '../store.js'

export default async function statsRoutes(fastify) {
  fastify.get('/stats', async () => {
    const todos = listTodos()
    const done = todos.filter((todo) => todo.done).length
    return { total: todos.length, done, open: todos.length - done }
  })
}
