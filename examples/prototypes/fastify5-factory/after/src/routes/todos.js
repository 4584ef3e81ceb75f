import { addTodo, getTodo, listTodos, removeTodo } from '../store.js'

const todoBody = {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 200 },
    due: { type: 'string', nullable: true },
  },
}
const idParams = { type: 'object', properties: { id: { type: 'integer' } } }

export default async function todoRoutes(fastify) {
  fastify.get('/', async () => listTodos())

  fastify.post('/', { schema: { body: todoBody } }, async (request, reply) => {
    reply.code(201)
    return addTodo(request.body.title, request.body.due)
  })

  fastify.get('/:id', { schema: { params: idParams } }, async (request, reply) => {
    const todo = getTodo(request.params.id)
    return todo ?? reply.code(404).send({ error: 'Todo not found' })
  })

  // Toggle done
  fastify.route({
    method: ['PUT', 'PATCH'],
    url: '/:id',
    schema: { params: idParams },
    handler: async (request, reply) => {
      const todo = getTodo(request.params.id)
      if (!todo) return reply.code(404).send({ error: 'Todo not found' })
      todo.done = !todo.done
      return todo
    },
  })

  fastify.delete('/:id', { schema: { params: idParams } }, async (request, reply) => {
    if (!removeTodo(request.params.id)) return reply.code(404).send({ error: 'Todo not found' })
    return reply.code(204).send()
  })
}
