import { test, beforeEach } from 'node:test'
import assert from 'node:assert/strict'
import { createApp } from '../src/app.js'
import { resetTodos } from '../src/store.js'

beforeEach(() => resetTodos())

test('health answers ok', async () => {
  const app = await createApp()
  const res = await app.inject('/health')
  assert.equal(res.statusCode, 200)
  assert.equal(res.json().status, 'ok')
  await app.close()
})

test('creates and lists todos', async () => {
  const app = await createApp()
  const created = await app.inject({ method: 'POST', url: '/api/todos', payload: { title: 'Call Ines' } })
  assert.equal(created.statusCode, 201)
  const listed = await app.inject('/api/todos')
  assert.deepEqual(
    listed.json().map((todo) => todo.title),
    ['Call Ines'],
  )
  await app.close()
})

test('refuses a todo without a title', async () => {
  const app = await createApp()
  const res = await app.inject({ method: 'POST', url: '/api/todos', payload: {} })
  assert.equal(res.statusCode, 400)
  assert.equal(res.json().error, 'Validation Error')
  await app.close()
})

test('toggles and deletes', async () => {
  const app = await createApp()
  await app.inject({ method: 'POST', url: '/api/todos', payload: { title: 'Pay rent' } })
  const toggled = await app.inject({ method: 'PATCH', url: '/api/todos/1' })
  assert.equal(toggled.json().done, true)
  const removed = await app.inject({ method: 'DELETE', url: '/api/todos/1' })
  assert.equal(removed.statusCode, 204)
  await app.close()
})

test('unknown routes get our own 404', async () => {
  const app = await createApp()
  const res = await app.inject('/nope')
  assert.equal(res.statusCode, 404)
  assert.equal(res.json().message, 'Route GET /nope not found')
  await app.close()
})
