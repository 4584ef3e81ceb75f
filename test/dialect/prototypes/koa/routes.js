import Router from '@koa/router';

const all = [{ id: 1, text: 'first' }];

export const notes = new Router({ prefix: '/api/notes' });
notes.get('/', (ctx) => (ctx.body = all));
notes.post('/', async (ctx) => {
  let text = '';
  for await (const chunk of ctx.req) text += chunk;
  ctx.status = 201;
  ctx.body = { id: 2, ...JSON.parse(text) };
});
notes.get('/:id', (ctx) => (ctx.body = { id: ctx.params.id }));
notes.get('/:id/tags', (ctx) => (ctx.body = []));
notes.delete('/:id/tags', (ctx) => (ctx.status = 204));

const people = new Router();
people.get('/people', (ctx) => (ctx.body = ['anna']));

export const admin = new Router();
admin.use('/inner', people.routes());
