// Finds the entries of the access table for a connection that stays open (WebSocket), such as 'UPGRADE /rooms/:id'.
'use strict';

/** The entries that a path fits, written plainly or not; where it fits none, the entry that is missing. */
function upgradeKeys(known, path) {
  const paths = [path, decoded(path)].map(segmentsOf);
  const keys = known.filter((key) => key.startsWith('UPGRADE ') && paths.some((each) => fits(patternOf(key), each)));
  return keys.length > 0 ? keys : [`UPGRADE ${path}`];
}

function patternOf(key) {
  return segmentsOf(key.slice('UPGRADE '.length));
}

/** A segment that begins with a colon stands for any one, a star at the end for all that may follow. */
function fits([head, ...pattern], [segment, ...path]) {
  if (head === '*' && pattern.length === 0) return true;
  if (head === undefined || segment === undefined) return head === segment;
  return (head === segment || head.startsWith(':')) && fits(pattern, path);
}

/** A slash at the end makes no difference: socket.io writes one. */
function segmentsOf(path) {
  return path.split('/').filter(Boolean);
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

module.exports = { upgradeKeys };
