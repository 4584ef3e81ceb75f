import request from 'supertest';
import { expect, test } from 'vitest';
import { testApp } from './support.js';

const order = { id: '3f0c6c52-5d0a-4c3e-8f43-0d7a3a5f9a10', article: 'tea', quantity: 2 };

test('a user orders something', async () => {
  const response = await request(testApp([order]))
    .post('/orders')
    .set('authorization', 'Bearer ana')
    .send({ article: 'tea', quantity: 2 });
  expect(response.status).toBe(201);
  expect(response.body).toEqual(order);
});

test('a price is not something that a user may send', async () => {
  const response = await request(testApp())
    .post('/orders')
    .set('authorization', 'Bearer ana')
    .send({ article: 'tea', quantity: 2, price: 0 });
  expect(response.status).toBe(400);
});

test('an order of somebody else is not found', async () => {
  const response = await request(testApp()).get(`/orders/${order.id}`).set('authorization', 'Bearer ana');
  expect(response.status).toBe(404);
});

test('the app says that it is alive, to everybody', async () => {
  const response = await request(testApp()).get('/livez');
  expect(response.status).toBe(200);
});
