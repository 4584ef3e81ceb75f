// Keeps the files of the server to itself: this app serves the folder that its own code lies in, and only what pages need goes out.
'use strict';

const { statSync } = require('node:fs');
const { join, posix } = require('node:path');
const { problem } = require('./call.cjs');
const { publicFiles, servedAt } = require('./public-files.cjs');

const folder = join(__dirname ?? '', '..');

/** What lies in the folder of the app and is not listed in public-files is as if it were not there. */
const privateFiles = {
  name: 'privateFiles',
  before({ req }) {
    const path = pathOf(req.url);
    return path !== undefined && isFile(path) && !isPublic(path) ? problem(404, 'There is nothing here') : undefined;
  },
};

/** The file that an address means, from the folder of the app; undefined for an address elsewhere. */
function pathOf(url = '') {
  const [address = ''] = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/);
  if (!address.startsWith(servedAt)) return undefined;
  try {
    return posix.normalize(`/${decodeURIComponent(address.slice(servedAt.length)).replaceAll('\\', '/')}`);
  } catch {
    return undefined;
  }
}

function isFile(path) {
  return !path.includes('\0') && (statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() ?? false);
}

function isPublic(path) {
  return publicFiles.some((entry) => (entry.endsWith('/') ? path.startsWith(entry) : path === entry));
}

module.exports = { privateFiles };
