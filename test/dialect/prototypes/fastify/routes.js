const all = [{ id: 1, text: 'first' }];

export async function notes(app) {
  app.get('/', async () => all);
  app.post('/', async (request, reply) => reply.code(201).send({ id: 2, ...request.body }));
  app.get('/:id', (request) => ({ id: request.params.id }));
  app.get('/:id/tags', async () => []);
  app.delete('/:id/tags', async (_request, reply) => reply.code(204).send());
}

async function people(app) {
  app.get('/people', async () => ['anna']);
}

export async function admin(app) {
  app.register(people, { prefix: '/inner' });
}
