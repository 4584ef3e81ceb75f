// Keeps what only its owner may know out of traces: queries, mail addresses, and whatever is long enough to be a key.
'use strict';

const longest = 40; // characters; an id fits, a token does not

/** The path of an address without its query. */
function shownPath(url = '/') {
  const [path = '/'] = url.split(/[?#]/);
  return path
    .split('/')
    .map((part) => (part.length > longest || /@|%40/.test(part) ? '…' : part))
    .join('/');
}

module.exports = { shownPath };
