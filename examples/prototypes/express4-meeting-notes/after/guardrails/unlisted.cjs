// Finds the routes that nobody has put into the access table: the program does not start with one.
'use strict';

const { access } = require('./access.cjs');
const { checkedTable } = require('./access-rules.cjs');
const { listRoutes } = require('./framework.cjs');
const { log } = require('./log.cjs');
const { ownKeys } = require('./own-routes.cjs');
const { isWatchingOnly } = require('./refusal.cjs');
const { beforeListening } = require('./server-lock.cjs');

/** Who may call what, as guardrails/access says it. */
const table = checkedTable(access);

const apps = new Set();
const warned = new Set();

/** Stops the program before it listens when a route has no entry in the access table; in report mode it says so. */
function requireAccess(app) {
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
function warnUnlisted(key) {
  if (warned.has(key)) return;
  warned.add(key);
  log.warn({ key }, `this route has no entry in guardrails/access, so nobody can call it. Add: ${entryFor(key)}`);
}

/** The entry for an address that another part of this program answers beside the app, such as 'USE /socket.io'. */
function outsideKey(path) {
  const key = Object.keys(table).find((each) => each.startsWith('USE /') && `${path}/`.startsWith(`${each.slice(4)}/`));
  const isOfApp = (app) => listRoutes(app).includes(key ?? '');
  return key !== undefined && [...apps].some(isOfApp) ? undefined : key;
}

/** A line for the access table. */
function entryFor(key) {
  return `'${key.replaceAll(/[\\']/g, String.raw`\$&`)}': 'user',`;
}

module.exports = { table, requireAccess, warnUnlisted, outsideKey };
