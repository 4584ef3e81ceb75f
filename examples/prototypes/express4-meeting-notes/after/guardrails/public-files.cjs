// What of the folder of this app anybody may fetch, if the access table lets them in: everything else in it stays inside.
'use strict';

/** Where the folder is served. */
const servedAt = '/';

/** Files, and folders with everything below them. Add what a page needs, and no code of the server. */
// prettier-ignore
const publicFiles = [
  '/app.js',
  '/index.html',
  '/styles.css',
  '/vendor/react-dom/react-dom.production.min.js',
  '/vendor/react/react.production.min.js',
];

module.exports = { servedAt, publicFiles };
