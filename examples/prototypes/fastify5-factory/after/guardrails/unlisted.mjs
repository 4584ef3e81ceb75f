// Finds the routes that nobody has put into the access table: the program does not start with one.
import { access } from './access.mjs';
import { checkedTable } from './access-rules.mjs';
import { listRoutes } from './framework.mjs';
import { log } from './log.mjs';
import { ownKeys } from './own-routes.mjs';
import { isWatchingOnly } from './refusal.mjs';
import { beforeListening } from './server-lock.mjs';

/** Who may call what, as guardrails/access says it. */
export const table = checkedTable(access);

const apps = new Set();
const warned = new Set();

/** Stops the program before it listens when a route has no entry in the access table; in report mode it says so. */
export function requireAccess(app) {
  apps.add(app);
  beforeListening(() => {
    const unlisted = [...listRoutes(app), ...ownKeys()].filter((key) => !(key in table));
    if (unlisted.length === 0) return;
    const lines = unlisted.map((key) => `  ${entryFor(key)}`).join('\n');
    const text = `these routes have no entry in guardrails/access, so nobody could call them. Add:\n${lines}`;
    if (!isWatchingOnly) throw new Error(text);
    log.warn({ unlisted }, text);
  });
}

/** A route that was added after the start stays closed; the log says once how to open it. */
export function warnUnlisted(key) {
  if (warned.has(key)) return;
  warned.add(key);
  log.warn({ key }, `this route has no entry in guardrails/access, so nobody can call it. Add: ${entryFor(key)}`);
}

/** The entry for an address that another part of this program answers beside the app, such as 'USE /socket.io'. */
export function outsideKey(path) {
  const key = Object.keys(table).find((each) => each.startsWith('USE /') && `${path}/`.startsWith(`${each.slice(4)}/`));
  const isOfApp = (app) => listRoutes(app).includes(key ?? '');
  return key !== undefined && [...apps].some(isOfApp) ? undefined : key;
}

/** A line for the access table. */
function entryFor(key) {
  return `'${key.replaceAll(/[\\']/g, String.raw`\$&`)}': 'user',`;
}
