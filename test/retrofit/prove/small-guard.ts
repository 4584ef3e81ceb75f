/** A guard as small as can be, for Express in CommonJS: who is no stranger has signed in by the password that add-user has noted. */
export function smallGuard(open: readonly string[]): Record<string, string> {
  return {
    'guardrails/index.cjs': `
const { readFileSync } = require('node:fs');
const open = new Set(${JSON.stringify(['POST /sign-in', ...open])});
exports.guard = (app) => {
  app.use((req, res, next) => {
    if (req.method === 'POST' && req.path === '/sign-in') {
      let text = '';
      req.on('data', (part) => (text += part)).on('end', () => {
        const known = readFileSync('.env', 'utf8').includes(JSON.parse(text).password);
        known ? res.cookie('session', 'known').end() : res.status(401).end();
      });
      return;
    }
    const isOpen = open.has(req.method + ' ' + req.path);
    if (isOpen || (req.headers.cookie ?? '').includes('session=known')) return next();
    res.status(401).json({ title: 'Sign in first' });
  });
  return app;
};
`,
    'guardrails/add-user.cjs': `
require('node:fs').appendFileSync('.env', 'AUTH_USERS=' + process.argv[2] + ':' + process.env.NEW_PASSWORD + '\\n');
`,
  };
}
