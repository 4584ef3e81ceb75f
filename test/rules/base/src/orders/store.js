/** The orders of one user; nobody sees those of others. */
export function orderStore(database) {
  return {
    async list(ownerId, { limit, offset }) {
      const { rows } = await database.query(
        'select id, article, quantity from orders where owner_id = $1 order by id limit $2 offset $3',
        [ownerId, limit, offset],
      );
      return rows;
    },
    async get(ownerId, id) {
      const { rows } = await database.query(
        'select id, article, quantity from orders where id = $1 and owner_id = $2',
        [id, ownerId],
      );
      return rows[0];
    },
    async add(ownerId, { article, quantity }) {
      const { rows } = await database.query(
        'insert into orders (owner_id, article, quantity) values ($1, $2, $3) returning id, article, quantity',
        [ownerId, article, quantity],
      );
      return rows[0];
    },
  };
}
