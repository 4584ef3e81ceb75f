// The rules that a route can have. A route without a rule lets nobody in.
'use strict';

/** Everybody may call it, signed in or not. The reason is for those who review it. */
function open(reason) {
  if (reason.trim() === '') throw new Error('open() needs a reason');
  return { open: reason };
}

/** Only people who have at least one of these roles. */
function anyOf(...roles) {
  return { anyOf: roles };
}

/** Applies a rule to whoever calls; undefined is a stranger. A route without a rule refuses everybody. */
function decide(rule, user) {
  if (isOpen(rule)) return 'pass';
  if (!user) return 'sign in';
  if (rule === 'user') return 'pass';
  return rule?.anyOf?.some((role) => user.roles.includes(role)) ? 'pass' : 'forbidden';
}

/** Whether everybody may come in, so that it does not matter who calls. */
function isOpen(rule) {
  return typeof rule === 'object' && 'open' in rule;
}

/** The table, if it opens no door by a wildcard. Throws with the entries that do. */
function checkedTable(table) {
  const wide = Object.keys(table).filter((key) => isOpen(table[key]) && /\*|^USE \/?$/.test(key));
  if (wide.length > 0)
    throw new Error(`access.ts opens more than it names: ${wide.join(', ')}. Open each address by name`);
  return table;
}

module.exports = { open, anyOf, decide, isOpen, checkedTable };
