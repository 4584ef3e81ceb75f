import pino from 'pino';

/** JSON lines on standard output. What could open a door is left out. */
export const log = pino({
  base: { service: 'orders' },
  redact: {
    paths: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]', '*.password', '*.token'],
    remove: true,
  },
});
