/** The Node that started the tests: the CLI has to run on it, while vitest runs on a newer one. */
export const usersNode = process.env['SHIPSHAPE_NODE'] ?? process.execPath;
