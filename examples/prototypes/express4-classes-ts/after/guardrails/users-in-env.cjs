// The line AUTH_USERS of .env: one entry for everybody who may sign in.
'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');

const start = 'AUTH_USERS=';

/** The entries, without the one for an address. */
function entriesWithout(email) {
  const line = readLines().find((each) => each.startsWith(start)) ?? start;
  const entries = line.replace(start, '').trim().split(',').filter(Boolean);
  return entries.filter((entry) => !entry.toLowerCase().startsWith(`${email.toLowerCase()}:`));
}

/** Whether there is an entry for an address. */
function isListed(email) {
  return readLines().some(
    (line) =>
      line.startsWith(start) && `,${line.slice(start.length)}`.toLowerCase().includes(`,${email.toLowerCase()}:`),
  );
}

/** Writes the line, and leaves every other one as it is. */
function writeEntries(entries) {
  const lines = readLines();
  const line = start + entries.join(',');
  const place = lines.findIndex((each) => each.startsWith(start));
  if (place === -1) lines.splice(lines.at(-1) === '' ? -1 : lines.length, 0, line, ...(lines.length === 0 ? [''] : []));
  else lines[place] = lines[place]?.endsWith('\r') ? `${line}\r` : line;
  writeFileSync('.env', lines.join('\n'), { mode: 0o600 });
}

function readLines() {
  return existsSync('.env') ? readFileSync('.env', 'utf8').split('\n') : [];
}

module.exports = { entriesWithout, isListed, writeEntries };
